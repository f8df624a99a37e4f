//! `docs/limits.md` lists every limit with its value, as the constants and their comments state them.
//! `BLESS=1 cargo test -p xtask --test limits` writes it anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::collections::HashMap;
use std::fmt::Write;
use std::{env, fs};

use support::repository;

const INTRODUCTION: &str = "# Limits

Data files come from pull requests of strangers, tables from their mail, and requests from their browsers. Each of these
has limits, so that nothing that anyone sends costs more than a few seconds and 512 MiB, whatever is done with it. Real
use never meets them: the largest registry that was tried has 10,000 offerings with 110,000 cells.

What is beyond a limit is refused where it is read, whether it is read from the data folder, from git, from standard
input or from a table. The message says what the limit is, how much there is, and where. A limit is a constant, and this
page is made of the constants and their comments; the JSON Schemas state those of texts, lists and tables, too.
";

/// The files that state limits, with a heading and what to say of them.
const FILES: [(&[&str], &str, &str); 5] = [
    (
        &["crates/model/src/limits.rs"],
        "Data files",
        "What is beyond these is a finding of `schema/beyond-limit`, or of `schema/syntax` where a file is not read at all. A \
list or table beyond its limit is not read, and neither is a text.",
    ),
    (
        &["crates/import/src/limits.rs"],
        "Tables to import",
        "What is beyond these is a finding about the table, mostly of `table/unreadable`, and nothing is imported.",
    ),
    (
        &["xtask/src/filter/bounds.rs"],
        "Filters of `find`",
        "An expression beyond these is refused before it is run.",
    ),
    (
        &["xtask/src/commands/serve/http.rs", "xtask/src/commands/serve/clients.rs"],
        "Requests to `serve`",
        "A client beyond these is refused or given up.",
    ),
    (
        &["xtask/src/output/list.rs", "xtask/src/output/place.rs"],
        "Exports",
        "A longer list is not taken for one of an export; of larger files `--check` says only that they differ.",
    ),
];

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
        assert!(limits.len() > 2, "{heading}");
        for Limit { name, value, comment } in limits {
            writeln!(page, "| {} | {value} | `{name}` |", comment.replace('|', "\\|")).unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_limits_is_that_of_the_constants() {
    let path = repository().join("docs/limits.md");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, page()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written, page(), "BLESS=1 cargo test -p xtask --test limits writes it anew");
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
