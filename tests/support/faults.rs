//! Faults to be put into the example registry, each with the places at which it must be reported.
//!
//! A fault reads like a patch. `== rule` names what must be reported, `-- file` the file that changes; ` `,
//! `-` and `+` begin a line that stays, goes or comes, and `@@` leaves lines out. `«…»` holds the text at
//! which a finding is, the first that of the first rule; `«»` is the place where one begins.
//!
//! Each fault gets a family of entities of its own, so that many fit into one registry.

use std::collections::BTreeMap;
use std::fs;

use super::repository;

/// A fault.
pub(crate) struct Fault {
    /// Where it is written, to show.
    pub(crate) name: String,
    rules: Vec<String>,
    changes: Vec<Change>,
}

struct Change {
    file: String,
    kind: Kind,
    lines: Vec<String>,
}

#[derive(PartialEq)]
enum Kind {
    Patched,
    New,
    Removed,
}

/// A finding: rule, file, and the line and column of its start and, where that is said, of its end.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) file: String,
    pub(crate) start: (usize, usize),
    pub(crate) rule: String,
    pub(crate) end: Option<(usize, usize)>,
}

/// The text of data files by their path.
pub(crate) type Files = BTreeMap<String, String>;

/// The faults of a group.
pub(crate) fn faults(group: &str) -> Vec<Fault> {
    let path = repository().join(format!("tests/fixtures/faults/{group}.faults"));
    let text = fs::read_to_string(&path).unwrap();
    let mut faults: Vec<Fault> = Vec::new();
    for (nth, line) in text.lines().enumerate() {
        if let Some(rules) = line.strip_prefix("== ") {
            let rules = rules.split(", ").map(str::to_owned).collect();
            faults.push(Fault { name: format!("{group}.faults:{}", nth + 1), rules, changes: Vec::new() });
        } else if let Some(file) = line.strip_prefix("-- ") {
            let (file, kind) = match file.split_once(' ') {
                Some((file, "new")) => (file, Kind::New),
                Some((file, "removed")) => (file, Kind::Removed),
                _ => (file, Kind::Patched),
            };
            let change = Change { file: file.to_owned(), kind, lines: Vec::new() };
            faults.last_mut().unwrap().changes.push(change);
        } else if !line.is_empty() {
            faults.last_mut().unwrap().changes.last_mut().unwrap().lines.push(line.to_owned());
        }
    }
    faults
}

/// The example registry without its entities: the files that all families share.
pub(crate) fn shared() -> Files {
    base().into_iter().filter(|(path, _)| !path.contains('/')).collect()
}

/// The entities of the example registry, under names with a number.
pub(crate) fn family(number: usize) -> Files {
    let own = base().into_iter().filter(|(path, _)| path.contains('/'));
    own.map(|(path, text)| (renamed(&path, number), renamed(&text, number))).collect()
}

fn base() -> Files {
    let folder = repository().join("tests/fixtures/base");
    let mut files = Files::new();
    for part in ["", "offerings", "organizations", "platforms"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

fn renamed(text: &str, number: usize) -> String {
    let names = ["acme", "Acme", "globex", "Globex", "GLOBEX", "initech", "Initech"];
    names.iter().fold(text.to_owned(), |text, name| text.replace(name, &format!("{name}{number:03}")))
}

impl Fault {
    /// Puts the fault into the files of the family with this number, and reports what must be found.
    pub(crate) fn put_into(&self, files: &mut Files, number: usize) -> Vec<Told> {
        let mut places = Vec::new();
        for change in &self.changes {
            let file = renamed(&change.file, number);
            let lines: Vec<_> = change.lines.iter().map(|line| renamed(line, number)).collect();
            let text = match change.kind {
                Kind::Removed => {
                    assert!(files.remove(&file).is_some(), "{}: no {file}", self.name);
                    continue;
                }
                Kind::New => lines.iter().map(|line| format!("{}\n", &line[1..])).collect(),
                Kind::Patched => self.patched(&files[&file], &lines),
            };
            let (text, found) = without_marks(&text);
            places.extend(found.into_iter().map(|(start, end)| (file.clone(), start, end)));
            files.insert(file, text);
        }
        assert_eq!(places.len(), self.rules.len(), "{}: one place for every rule", self.name);
        let told = self.rules.iter().zip(places);
        told.map(|(rule, (file, start, end))| Told { file, start, rule: rule.clone(), end }).collect()
    }

    /// The text with each hunk in the place of the first lines, after the last hunk, that it names.
    fn patched(&self, text: &str, lines: &[String]) -> String {
        let (mut done, mut rest) = (String::new(), text);
        for hunk in lines.split(|line| line == "@@") {
            let side = |skip: char| -> String {
                let kept = hunk.iter().filter(|line| !line.starts_with(skip));
                kept.map(|line| format!("{}\n", &line[1..])).collect()
            };
            let (old, new) = (side('+').replace(['«', '»'], ""), side('-'));
            let start = format!("\n{rest}").find(&format!("\n{old}"));
            let start = start.unwrap_or_else(|| panic!("{}: the file does not hold\n{old}", self.name));
            done += &rest[..start];
            done += &new;
            rest = &rest[start + old.len()..];
        }
        done + rest
    }
}

type Position = (usize, usize);

/// The text without its marks, and the places that they were around; lines and columns from 1.
fn without_marks(marked: &str) -> (String, Vec<(Position, Option<Position>)>) {
    let (mut text, mut places, mut open, mut at) = (String::new(), Vec::new(), Vec::new(), (1, 1));
    for character in marked.chars() {
        match character {
            '«' => {
                open.push(places.len());
                places.push((at, None));
            }
            '»' => {
                let (start, end): &mut (Position, Option<Position>) = &mut places[open.pop().unwrap()];
                *end = (*start != at).then_some(at);
            }
            character => {
                text.push(character);
                at = if character == '\n' { (at.0 + 1, 1) } else { (at.0, at.1 + 1) };
            }
        }
    }
    (text, places)
}
