//! The list of what an export made: `NAME.sha256`, as `sha256sum --check` reads it.
//!
//! Its first line, a comment to `sha256sum`, says which program made it and holds the hash of all other
//! lines. A list that people wrote themselves, or that was changed since, is not ours and gives no right to any file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use export::{Format, sha256};

use super::place::Place;
use crate::Failure;

/// A list of files, as it was found.
pub(super) struct List {
    format: Format,
    path: String,
    found: Found,
    /// The hashes that each file may have. After a killed run a file has its old or its new bytes.
    entries: BTreeMap<String, BTreeSet<String>>,
}

/// What is in the place of the list.
enum Found {
    Nothing,
    /// A list of this program, by its text.
    Ours(String),
    /// Something else.
    Foreign,
}

/// The longest list that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

impl List {
    /// Reads the list of a format.
    pub(super) fn read(place: &Place, format: Format) -> Result<Self, Failure> {
        let path = format!("{}.sha256", format.name());
        let mut list = Self { format, path, found: Found::Nothing, entries: BTreeMap::new() };
        if place.standing(&list.path)?.is_none() {
            return Ok(list);
        }
        let text = place.read(&list.path, MAX_BYTES)?.and_then(|bytes| String::from_utf8(bytes).ok());
        list.found = match text.filter(|text| list.is_ours(text)) {
            Some(text) => Found::Ours(text),
            None => Found::Foreign,
        };
        if let Found::Ours(text) = &list.found {
            let lines = text.lines().filter_map(|line| line.split_once("  "));
            // What this format cannot have made is no file of it, whatever a list says.
            for (hash, path) in lines.filter(|(_, path)| format.makes(path)) {
                list.entries.entry(path.to_owned()).or_default().insert(hash.to_owned());
            }
        }
        Ok(list)
    }

    /// Its path in the folder.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Returns whether something else is in its place.
    pub(super) fn is_foreign(&self) -> bool {
        matches!(self.found, Found::Foreign)
    }

    /// Returns whether an export made a file of this hash at a path.
    pub(super) fn holds(&self, path: &str, hash: &str) -> bool {
        self.entries.get(path).is_some_and(|hashes| hashes.contains(hash))
    }

    /// The paths of all files in it.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Returns whether the list on the disk is that of these files.
    pub(super) fn says(&self, made: &BTreeMap<String, String>) -> bool {
        matches!(&self.found, Found::Ours(text) if *text == self.text(made))
    }

    /// The text of the list of these files.
    pub(super) fn text(&self, made: &BTreeMap<String, String>) -> String {
        self.marked(made.iter())
    }

    /// The text of the list while these files are being published: it also has what was there before.
    pub(super) fn text_with_old(&self, made: &BTreeMap<String, String>) -> String {
        let mut all = self.entries.clone();
        for (path, hash) in made {
            all.entry(path.clone()).or_default().insert(hash.clone());
        }
        self.marked(all.iter().flat_map(|(path, hashes)| hashes.iter().map(move |hash| (path, hash))))
    }

    fn marked<'a>(&self, entries: impl Iterator<Item = (&'a String, &'a String)>) -> String {
        let mut lines = String::new();
        for (path, hash) in entries {
            let _ = writeln!(lines, "{hash}  {path}");
        }
        format!("{}{}\n{lines}", self.mark(), sha256(lines.as_bytes()))
    }

    fn is_ours(&self, text: &str) -> bool {
        let marked = text.strip_prefix(&self.mark()).and_then(|rest| rest.split_once('\n'));
        marked.is_some_and(|(hash, lines)| hash == sha256(lines.as_bytes()))
    }

    /// What the first line of the list begins with.
    fn mark(&self) -> String {
        format!("# made by cargo xtask export: {}, lines below ", self.format.name())
    }
}
