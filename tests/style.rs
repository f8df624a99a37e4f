//! What strangers read has none of the words that `docs/style.md` lists.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::repository;

/// The texts that are checked: folders and files of the repository.
const READ: [&str; 9] = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "SECURITY.md",
    "docs",
    "schema",
    "crates",
    "xtask",
];

/// Returns the refused words in lower case, from the table of the page.
fn refused(page: &str) -> Vec<String> {
    let (_, section) = page.split_once("## Words that a test refuses").unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")).skip(1);
    let cells = rows.filter_map(|row| row.split(" | ").next());
    cells.flat_map(|cell| cell.split(", ")).map(str::to_owned).collect()
}

/// Returns the files below a path that hold prose.
fn files(path: &Path, found: &mut Vec<std::path::PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            let entry = entry.unwrap().path();
            if !entry.file_name().is_some_and(|name| name == "snapshots" || name == "target") {
                files(&entry, found);
            }
        }
    } else if path.extension().is_some_and(|kind| kind == "md" || kind == "rs" || kind == "json") {
        found.push(path.to_owned());
    }
}

/// Returns the prose of a line: all of it in Markdown, comments and texts of several words elsewhere; without
/// what is in backticks.
fn prose(line: &str, is_markdown: bool) -> String {
    let line = line.trim();
    let text = if is_markdown || line.starts_with("//") || line.ends_with('\\') {
        line.to_owned()
    } else {
        let texts = line.split('"').skip(1).step_by(2).filter(|text| text.contains(' '));
        let comment = line.split_once(" // ").map_or("", |(_, comment)| comment);
        texts.chain([comment]).collect::<Vec<_>>().join(" \" ")
    };
    let text = text.split('`').step_by(2).collect::<Vec<_>>().join(" ` ");
    // What is between braces is the name of a value.
    text.split('{')
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join(" { ")
}

/// Returns the first refused word or phrase of a prose. A word that is a part of a name, as in `by-nobody`, is none.
fn first<'w>(prose: &str, words: &'w [String]) -> Option<&'w str> {
    let is_part = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
    let parts = prose.split(|c: char| !is_part(c)).map(|part| part.trim_matches(['.', '-', '/']));
    let line = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase();
    let line = format!(" {line} ");
    words.iter().map(String::as_str).find(|word| line.contains(&format!(" {word} ")))
}

#[test]
fn prose_has_none_of_the_refused_words() {
    let page = fs::read_to_string(repository().join("docs/style.md")).unwrap();
    let words = refused(&page);
    assert!(words.len() > 15, "{words:?}");
    let mut paths = Vec::new();
    READ.iter().for_each(|path| files(&repository().join(path), &mut paths));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in paths {
        let name = path.strip_prefix(repository()).unwrap().display().to_string();
        if name == "docs/style.md" {
            continue;
        }
        let is_markdown = name.ends_with(".md");
        for (nth, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if let Some(word) = first(&prose(line, is_markdown), &words) {
                found.entry(name.clone()).or_default().push(format!("{}: {word}: {}", nth + 1, line.trim()));
            }
        }
    }
    let count: usize = found.values().map(Vec::len).sum();
    assert!(found.is_empty(), "{count} lines, see docs/style.md: {found:#?}");
}

#[test]
fn refused_words_are_found_in_prose_alone() {
    let words = ["told".to_owned(), "is gone".to_owned()];
    let found = |line: &str, is_markdown: bool| first(&prose(line, is_markdown), &words).is_some();
    assert!(found("It is Told.", true) && found("the file is gone: restore it", true));
    assert!(!found("`told`, {told}, by-told, told_by and toldest", true) && !found("this is not gone", true));
    assert!(found("/// What is told.", false) && found("note(\"it is gone\"); // why", false));
    assert!(found("let x = 1; // told before", false) && found("\"key\": \"It is told.\"", false));
    assert!(!found("let told = is_gone(told);", false) && !found("\"title\": \"Told\"", false));
}
