//! Every rule's page is true: its bad snippets raise the rule, and nothing but what they list; its
//! good ones raise nothing at or above warning.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::BTreeSet;

use diagnostics::FixKind;
use lint::{Page, Snippet, SnippetKind, catalogue};
use serde_json::Value;
use support::Scratch;

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
        for (nth, snippet) in Page::new(rule.page).snippets().iter().enumerate() {
            let raised = raised_by(snippet);
            let expected: BTreeSet<String> = match snippet.kind {
                SnippetKind::Good => BTreeSet::new(),
                SnippetKind::Bad => snippet.also.iter().chain([&id]).map(|rule| (*rule).to_owned()).collect(),
            };
            // A bad snippet of an info rule must raise it; other infos are nobody's fault.
            let found: BTreeSet<String> = raised
                .iter()
                .filter(|(rule, severity)| {
                    severity != "info" || snippet.kind == SnippetKind::Bad && rule == id
                })
                .map(|(rule, _)| rule.clone())
                .collect();
            if found != expected {
                wrong.push(format!(
                    "{id}, snippet {} ({:?}): raised {found:?}, expected {expected:?}",
                    nth + 1,
                    snippet.kind
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The rules, with severities, that a snippet raises in the example registry.
fn raised_by(snippet: &Snippet<'_>) -> Vec<(String, String)> {
    let name = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = with(snippet).findings();
    findings.iter().map(|finding| (name(finding, "rule"), name(finding, "severity"))).collect()
}

/// The example registry with a snippet.
fn with(snippet: &Snippet<'_>) -> Scratch {
    let scratch = Scratch::new();
    let base = std::fs::read_to_string(scratch.file(snippet.file)).unwrap_or_default();
    let text = if snippet.whole { snippet.text.to_owned() } else { merged(&base, snippet.text) };
    scratch.write(snippet.file, text);
    scratch
}

#[test]
fn rules_mend_what_their_pages_say_they_can() {
    for rule in catalogue() {
        let id = rule.id.as_str();
        let mut seen = BTreeSet::new();
        let pages = Page::new(rule.page).snippets();
        for snippet in pages.iter().filter(|snippet| snippet.kind == SnippetKind::Bad) {
            let scratch = with(snippet);
            let run = |more: &[&str]| {
                let run = scratch.run(&[&["lint", "--format", "json", "--select", id], more].concat());
                run.json()["findings"].as_array().unwrap().clone()
            };
            let found = run(&[]);
            let safe: Vec<bool> =
                found.iter().filter_map(|finding| finding["fix"]["safe"].as_bool()).collect();
            seen.extend(&safe);
            if !safe.is_empty() {
                let flag = if safe.contains(&false) { "--unsafe-fixes" } else { "--fix" };
                assert_eq!(run(&[flag]).len(), found.len() - safe.len(), "{id}:\n{}", snippet.text);
            }
        }
        match rule.fix {
            FixKind::None => assert!(seen.is_empty(), "{id} carries a fix"),
            FixKind::Safe => assert!(seen.contains(&true), "no bad snippet of {id} has a safe fix"),
            FixKind::Unsafe => assert_eq!(seen, BTreeSet::from([false]), "{id}"),
        }
    }
}

/// The base file with the snippet's top-level keys and cells in the place of its own.
fn merged(base: &str, snippet: &str) -> String {
    let (mut lines, mut blocks) = sections(base);
    let (new_lines, new_blocks) = sections(snippet);
    let key = |line: &str| line.split('=').next().unwrap_or("").trim().to_owned();
    let keys: Vec<_> = new_lines.iter().map(|line| key(line)).collect();
    lines.retain(|line| !keys.contains(&key(line)));
    let names: Vec<_> = new_blocks.iter().map(|(name, _)| name.clone()).collect();
    blocks.retain(|(name, _)| !names.contains(name));
    let blocks = blocks.into_iter().chain(new_blocks).map(|(_, text)| text);
    lines.into_iter().chain(new_lines).map(|line| line + "\n").chain(blocks).collect()
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
