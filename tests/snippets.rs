//! Every rule's page is true: its bad snippets raise the rule, and nothing but what they list; its
//! good ones raise nothing at or above warning.

use std::collections::BTreeSet;

use crate::support::Scratch;
use diagnostics::{Applicability, Scope};
use lint::{Page, Rule, Snippet, SnippetKind, catalogue};
use serde_json::Value;

#[test]
fn the_example_registry_is_clean() {
    let findings = Scratch::new().findings();
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn pages_show_what_their_rules_do() {
    let mut wrong = Vec::new();
    for rule in catalogue() {
        let id = rule.id.as_str();
        let snippets = Page::new(rule.page).snippets();
        for (nth, change) in snippets.chunk_by(|_, next| next.and).enumerate() {
            let kind = change[0].kind;
            let raised = raised_by(change, rule);
            let expected: BTreeSet<String> = match kind {
                SnippetKind::Good => BTreeSet::new(),
                SnippetKind::Bad => {
                    change[0].also.iter().chain([&id]).map(|rule| (*rule).to_owned()).collect()
                }
            };
            // A bad snippet of an info rule must raise it; other infos are not a fault.
            let found: BTreeSet<String> = raised
                .iter()
                .filter(|(rule, severity)| severity != "info" || kind == SnippetKind::Bad && rule == id)
                .map(|(rule, _)| rule.clone())
                .collect();
            if found != expected {
                wrong.push(format!(
                    "{id}, change {} ({kind:?}): raised {found:?}, expected {expected:?}",
                    nth + 1
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules, with severities, that a change of the example registry raises, or the import of a table into
/// it. A rule about changes compares it with what it was.
fn raised_by(change: &[Snippet<'_>], rule: &Rule) -> Vec<(String, String)> {
    let scratch = Scratch::new();
    let mut arguments = vec!["lint", "--format", "json"];
    if rule.scope() == Scope::Change {
        scratch.commit_all();
        arguments.extend(["--since", "HEAD"]);
    }
    for snippet in change {
        apply(snippet, &scratch);
        if snippet.is_table() {
            arguments[0] = "import";
            arguments.push(snippet.file);
        } else if snippet.is_profile() {
            arguments.extend(["--profile", snippet.file]);
        }
    }
    let json = scratch.run(&arguments).json();
    let name = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = json["findings"].as_array().unwrap().iter();
    findings.map(|finding| (name(finding, "rule"), name(finding, "severity"))).collect()
}

#[test]
fn rules_mend_what_their_pages_say_they_can() {
    for rule in catalogue() {
        let id = rule.id.as_str();
        let mut seen = BTreeSet::new();
        let snippets = Page::new(rule.page).snippets();
        for change in
            snippets.chunk_by(|_, next| next.and).filter(|change| change[0].kind == SnippetKind::Bad)
        {
            let scratch = Scratch::new();
            change.iter().for_each(|snippet| apply(snippet, &scratch));
            let run = |more: &[&str]| {
                let json = scratch.run(&[&["lint", "--format", "json"], more].concat()).json();
                let findings = json["findings"].as_array().unwrap().iter();
                findings.filter(|finding| finding["rule"] == id).cloned().collect::<Vec<_>>()
            };
            let found = run(&[]);
            let safe: Vec<bool> =
                found.iter().filter_map(|finding| finding["fix"]["safe"].as_bool()).collect();
            seen.extend(&safe);
            if !safe.is_empty() {
                let flag = if safe.contains(&false) { "--unsafe-fixes" } else { "--fix" };
                assert_eq!(run(&[flag]).len(), found.len() - safe.len(), "{id}:\n{}", change[0].text);
            }
        }
        match rule.fix {
            None => assert!(seen.is_empty(), "{id} carries a fix"),
            Some(Applicability::Safe) => {
                assert!(seen.contains(&true), "no bad snippet of {id} has a safe fix")
            }
            Some(Applicability::Unsafe) => assert_eq!(seen, BTreeSet::from([false]), "{id}"),
        }
    }
}

fn apply(snippet: &Snippet<'_>, scratch: &Scratch) {
    if snippet.is_table() || snippet.is_profile() {
        return std::fs::write(scratch.path().join(snippet.file), snippet.text).unwrap();
    }
    let base = std::fs::read_to_string(scratch.file(snippet.file)).unwrap_or_default();
    match snippet {
        Snippet { removed: true, text: "", .. } => std::fs::remove_file(scratch.file(snippet.file)).unwrap(),
        Snippet { removed: true, .. } => scratch.write(snippet.file, without(&base, snippet.text)),
        Snippet { whole: true, .. } => scratch.write(snippet.file, snippet.text),
        _ => scratch.write(snippet.file, merged(&base, snippet.text)),
    }
}

/// The base file with the snippet's top-level keys and cells in place of the original ones.
fn merged(base: &str, snippet: &str) -> String {
    let (lines, blocks) = sections(snippet);
    let added: Vec<_> = lines.into_iter().map(|line| line + "\n").collect();
    let (kept, kept_blocks) = sections(&without(base, snippet));
    let kept = kept.into_iter().map(|line| line + "\n");
    let blocks = kept_blocks.into_iter().chain(blocks).map(|(_, text)| text);
    kept.chain(added).chain(blocks).collect()
}

/// The base file without the snippet's top-level keys and cells.
fn without(base: &str, snippet: &str) -> String {
    let (mut lines, mut blocks) = sections(base);
    let (new_lines, new_blocks) = sections(snippet);
    let key = |line: &str| line.split('=').next().unwrap_or("").trim().to_owned();
    let keys: Vec<_> = new_lines.iter().map(|line| key(line)).collect();
    lines.retain(|line| !keys.contains(&key(line)));
    // An entry of a list joins those that are there.
    let joins = |name: &str, text: &str| text.starts_with("[[") && !name.contains('.');
    let replaced = |name: &str| new_blocks.iter().any(|(new, text)| new == name && !joins(new, text));
    blocks.retain(|(name, _)| !replaced(name));
    let lines = lines.into_iter().map(|line| line + "\n");
    lines.chain(blocks.into_iter().map(|(_, text)| text)).collect()
}

/// The top-level lines, and the blocks under headers, each with the cell or table that it belongs to.
fn sections(text: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (mut lines, mut blocks) = (Vec::new(), Vec::<(String, String)>::new());
    for line in text.lines() {
        if line.starts_with('[') {
            let path: Vec<_> = line.trim_matches(['[', ']']).split('.').collect();
            let name = path[..path.len().min(2)].join(".");
            blocks.push((name, String::new()));
        }
        match blocks.last_mut() {
            Some((_, block)) => block.push_str(&format!("{line}\n")),
            None => lines.push(line.to_owned()),
        }
    }
    (lines, blocks)
}
