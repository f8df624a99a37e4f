//! The positions of subjects in the data files.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use diagnostics::{Anchor, Edit, FileRange, Location, Locator, Place, SourceText, Splice};
use rayon::prelude::*;
use toml_splice::{Step, Toml};

use crate::Source;
use crate::bind;
use crate::fixes::place_fixes;

/// Finds the places of subjects: re-parses only the files of the requested subjects.
pub struct FileLocator<'s> {
    source: &'s dyn Source,
    prefix: String,
}

impl<'s> FileLocator<'s> {
    /// A locator over the files of a source. `prefix` goes before their paths to make the paths to
    /// show: empty, or ending in `/`.
    pub fn new(source: &'s dyn Source, prefix: impl Into<String>) -> Self {
        Self { source, prefix: prefix.into() }
    }

    fn text(&self, path: &str) -> Option<SourceText> {
        let bytes = self.source.read(path).ok()?.ok()?;
        Some(SourceText::new(String::from_utf8(bytes).unwrap_or_else(|error| readable(error.as_bytes()))))
    }
}

impl Locator for FileLocator<'_> {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            by_file.entry(place.subject.entity.file()).or_default().push(at);
        }
        let located: Vec<_> = by_file
            .par_iter()
            .flat_map_iter(|(path, wanted)| {
                let file = format!("{}{path}", self.prefix);
                let text = self.text(path).unwrap_or_else(|| SourceText::new(String::new()));
                let toml = Toml::parse(text.text());
                let ranges: Vec<_> = wanted.iter().map(|at| (*at, range(places[*at], &toml))).collect();
                ranges.into_iter().map(move |(at, range)| {
                    let location = FileRange {
                        file: file.clone(),
                        start: text.position(range.start),
                        end: text.position(range.end),
                    };
                    (at, Location::File(location))
                })
            })
            .collect();
        let mut answers = vec![None; places.len()];
        for (at, location) in located {
            answers[at] = Some(location);
        }
        answers
    }

    fn splices(&self, fixes: &[&[Edit]]) -> Vec<Vec<(String, Splice)>> {
        // A file that cannot be read has no place for a fix.
        let placed = place_fixes(self.source, fixes).unwrap_or_default();
        let mut splices = vec![Vec::new(); fixes.len()];
        for (at, path, placed) in placed {
            let file = format!("{}{path}", self.prefix);
            splices[at] = placed.into_iter().map(|splice| (file.clone(), splice)).collect();
        }
        splices
    }

    fn source(&self, file: &str) -> Option<Arc<SourceText>> {
        self.text(file.strip_prefix(&self.prefix)?).map(Arc::new)
    }
}

/// Bytes as text, with `?` for each that is none, so that every other keeps its place.
fn readable(bytes: &[u8]) -> String {
    let chunks = bytes.utf8_chunks();
    chunks.map(|chunk| chunk.valid().to_owned() + &"?".repeat(chunk.invalid().len())).collect()
}

/// The bytes of a place.
fn range(place: &Place, toml: &Toml<'_>) -> Range<usize> {
    if let Anchor::Bytes(range) = &place.anchor {
        return range.clone();
    }
    let path = bind::path(&place.subject, toml).unwrap_or_default();
    // An entity as a whole, and a field or cell that it lacks, are at its id.
    let whole = || {
        let id = ["id", "name"].into_iter().find_map(|key| toml.root().child(&Step::Key(key.to_owned())));
        id.map_or(0..0, |id| id.span())
    };
    let lacks_cell = matches!(place.anchor, Anchor::Missing)
        && place.subject.dimension.is_some()
        && place.subject.field.is_none();
    let (node, depth) = toml.find(&path);
    let found = depth == path.steps().len();
    if depth == 0 || lacks_cell && !found {
        return whole();
    }
    match &place.anchor {
        Anchor::Key if found => node.key().unwrap_or(node.span()),
        Anchor::Within(wanted) if found => node.text_range(wanted.clone()).unwrap_or(node.span()),
        _ => node.span(),
    }
}
