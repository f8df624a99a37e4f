//! `docs/limits.md` lists every limit with its value, as the constants and their comments state them.
//! `BLESS=1 cargo test -p xtask --test integration limits` writes it again.

use std::collections::HashMap;
use std::fmt::Write;
use std::{env, fs};

use crate::support::{Scratch, repository};
use model::limits::{MAX_FINDINGS, MAX_SUGGESTIONS};

const INTRODUCTION: &str = "# Limits

Data files come from pull requests of strangers, tables from their mail, and requests from their browsers. Each of these
has limits, so that nothing that anyone sends costs more than a few seconds and 512 MiB. Real use
never meets them: the largest registry that was tried has 10,000 offerings with 110,000 cells.

Input beyond a limit is refused when it is read, from the data folder, from git, from standard
input or from a table. The message states the limit, the actual size, and the place. A limit is a constant, and this
page is generated from the constants and their comments; the JSON Schemas also state those of texts, lists and tables.
";

/// The files that state limits, with a heading and a text about them.
const FILES: [(&[&str], &str, &str); 9] = [
    (
        &["crates/model/src/limits.rs"],
        "Data files",
        "Input beyond these is a finding of `schema/beyond-limit`, or of `schema/syntax` if a file is not read at all. A \
list, table or text beyond its limit is not read.",
    ),
    (
        &["crates/import/src/limits.rs"],
        "Tables to import",
        "Input beyond these is a finding about the table, mostly of `table/unreadable`, and nothing is imported.",
    ),
    (
        &["crates/cli/src/filter/bounds.rs"],
        "Filters of `find`",
        "An expression beyond these is refused before it is run.",
    ),
    (
        &["crates/cli/src/commands/serve/http.rs", "crates/cli/src/commands/serve/clients.rs"],
        "Requests to `serve`",
        "A client beyond these is refused or dropped.",
    ),
    (
        &["crates/cli/src/output_folder/list.rs", "crates/cli/src/output_folder/place.rs"],
        "Exports",
        "A longer list does not count as one of an export; for larger files `--check` reports only that they differ.",
    ),
    (
        &[
            "crates/diagnostics/src/sarif.rs",
            "crates/diagnostics/src/sarif/result.rs",
            "crates/diagnostics/src/human.rs",
            "crates/diagnostics/src/github.rs",
        ],
        "Reports",
        "What exceeds these is found, but left out of the format that has the limit.",
    ),
    (
        &["crates/store/src/write/plain.rs", "crates/store/src/git/ancestry.rs"],
        "Writes and merges",
        "What exceeds these is refused, and nothing is written or checked.",
    ),
    (
        &["crates/evidence/src/limits.rs"],
        "Pages that are cited",
        "A page beyond these is unreadable; an archive beyond these is refused.",
    ),
    (
        &["crates/network/src/limits.rs"],
        "Pages on the network",
        "An answer beyond these is a failed visit; a host that asks for more time is left alone.",
    ),
];

/// Constants that refuse nothing.
const CONCLUSION: &str = "
## Other constants

Some constants limit the work but refuse nothing, so they are not listed here: how much of a long line an excerpt
shows around a fault, how many open brackets are closed to look for further syntax errors, and how many names are
compared to suggest one. The total size of all files of a registry has no limit: each offering is read, checked and dropped, so
memory holds only a few at a time, and of the others only their findings and what rules about the registry compare.
";

/// A limit as its constant states it.
struct Limit {
    name: String,
    value: String,
    comment: String,
}

/// The limits of a file, in its order.
fn limits(source: &str) -> Vec<Limit> {
    let mut limits = Vec::new();
    let mut known: HashMap<String, u64> = HashMap::new();
    let mut comment = String::new();
    for line in source.lines() {
        let line = line.trim();
        if let Some(more) = line.strip_prefix("///") {
            comment = format!("{comment} {}", more.trim()).trim().to_owned();
            continue;
        }
        let told = std::mem::take(&mut comment);
        let Some((_, constant)) = line.split_once("const ").filter(|(before, _)| !before.contains("//"))
        else {
            continue;
        };
        let (name, rest) = constant.split_once(':').unwrap();
        let Some((_, value)) = rest.trim_end_matches(';').split_once(" = ") else { continue };
        let value = match value.strip_prefix("Duration::from_secs(") {
            Some(seconds) => format!("{} seconds", seconds.trim_end_matches(')')),
            None => {
                let term =
                    |term: &str| known.get(term).copied().or_else(|| term.replace('_', "").parse().ok());
                let Some(number) = value.split(" * ").map(term).product::<Option<u64>>() else { continue };
                known.insert(name.to_owned(), number);
                grouped(number)
            }
        };
        assert!(!told.is_empty(), "{name} says what it limits");
        limits.push(Limit { name: name.to_owned(), value, comment: told.trim_end_matches('.').to_owned() });
    }
    limits
}

/// "2,097,152".
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts = digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap());
    parts.collect::<Vec<_>>().join(",")
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for (paths, heading, about) in FILES {
        let places = paths.join("` and `");
        write!(page, "\n## {heading}\n\n{about} The constants are in `{places}`.\n\n").unwrap();
        page.push_str("| limit | value | constant |\n|---|--:|---|\n");
        let read = |path: &&str| limits(&fs::read_to_string(repository().join(path)).unwrap());
        let limits: Vec<Limit> = paths.iter().flat_map(read).collect();
        assert!(limits.len() > 1, "{heading}");
        for Limit { name, value, comment } in limits {
            writeln!(page, "| {} | {value} | `{name}` |", comment.replace('|', "\\|")).unwrap();
        }
    }
    page + CONCLUSION
}

#[test]
fn the_page_of_limits_is_that_of_the_constants() {
    let path = repository().join("docs/limits.md");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, page()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written, page(), "BLESS=1 cargo test -p xtask --test integration limits writes it again");
}

#[test]
fn limits_are_read_from_constants() {
    let source = "/// The most.\n/// Of all.\npub const A: u64 = 2 * 1_024;\nconst B: usize = A;\n";
    let source = source.replace("const B", "/// Another.\nconst B")
        + "/// Time.\nconst C: Duration = Duration::from_secs(5);\nconst D: &str = \"x\";\n";
    let found: Vec<_> = limits(&source).into_iter().map(|one| (one.name, one.value, one.comment)).collect();
    let told =
        |name: &str, value: &str, comment: &str| (name.to_owned(), value.to_owned(), comment.to_owned());
    assert_eq!(
        found,
        [
            told("A", "2,048", "The most. Of all"),
            told("B", "2,048", "Another"),
            told("C", "5 seconds", "Time")
        ]
    );
}

/// The messages and helps of what a rule finds in a registry.
fn findings(scratch: &Scratch, rule: &str) -> Vec<(String, String)> {
    let json = scratch.run(&["lint", "--format", "json", "--select", rule]).json();
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    json["findings"].as_array().unwrap().iter().map(|one| (text(one, "message"), text(one, "help"))).collect()
}

#[test]
fn of_a_rule_about_an_entity_so_many_findings_are_listed_and_so_many_get_a_suggestion() {
    let flags = |number: usize| {
        let scratch = Scratch::new();
        let mut text =
            "id = \"acme-talk\"\nname = \"Acme Talk\"\ndeveloper = \"acme\"\nplatform = \"acme-cloud\"\n\
             category = \"first_party\"\n"
                .to_owned();
        let questions = ["soc2_type2", "hipaa_baa", "gdpr_dpa"];
        for (nth, id) in questions.into_iter().enumerate() {
            write!(
                text,
                "[cells.{id}]\nstatus = \"no\"\n[[cells.{id}.flags]]\nid = \"a-flag\"\nraised_on = 2026-01-01\nwhat = \"x\"\n"
            )
            .unwrap();
            let review = format!(
                "[[cells.{id}.reviews]]\non = 2026-02-01\nverdict = \"confirmed\"\nby = \"j\"\nflag = \"a-falg\"\n"
            );
            text += &review.repeat(number.saturating_sub(1_000 * nth).min(1_000));
        }
        scratch.write("offerings/acme-talk.toml", text);
        findings(&scratch, "review/unknown-flag")
    };
    let all = flags(MAX_FINDINGS);
    let is_rest = |(message, _): &&(String, String)| message.contains("than are listed");
    assert_eq!((all.len(), all.iter().find(is_rest)), (MAX_FINDINGS, None));
    let suggested = all.iter().filter(|(_, help)| help == "write `a-flag`").count();
    assert_eq!(suggested, MAX_SUGGESTIONS);
    assert_eq!(all[MAX_SUGGESTIONS].1, "name a flag of this cell, or leave out `flag`");
    let few = flags(MAX_SUGGESTIONS);
    assert!(few.iter().all(|(_, help)| help == "write `a-flag`"), "{few:?}");
    let more = flags(MAX_FINDINGS + 1);
    assert_eq!(more.len(), MAX_FINDINGS + 1);
    let (message, help) = more.iter().find(is_rest).unwrap();
    assert_eq!(message, "offering Acme Talk has 1 more finding of this rule than are listed");
    assert_eq!(help, "fix the listed ones, then lint again");
}

#[test]
fn of_a_rule_about_the_registry_so_many_findings_get_a_suggestion() {
    let misspelt = |number: usize| {
        let scratch = Scratch::new();
        let entry = "\n[[retired]]\nentity = \"offering:x\"\ndimension = \"soc2_typ\"\non = 2026-01-01\nreason = \"r\"\n";
        let text = scratch.read("registry.toml") + &entry.repeat(number);
        scratch.write("registry.toml", text);
        findings(&scratch, "registry/faulty-retirement")
    };
    let suggested = |number: usize| {
        misspelt(number).iter().filter(|(_, help)| help == "did you mean `soc2_type2`?").count()
    };
    assert_eq!(suggested(MAX_SUGGESTIONS), MAX_SUGGESTIONS);
    assert_eq!(suggested(MAX_SUGGESTIONS + 1), MAX_SUGGESTIONS);
}
