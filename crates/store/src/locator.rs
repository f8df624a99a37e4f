//! The positions of subjects in the data files.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use diagnostics::{Anchor, Edit, FileRange, Found, Location, Locator, Place, SourceText, Splice};
use model::Dimensions;
use rayon::prelude::*;
use toml_splice::{Step, Toml};

use crate::fixes::{editor, file_of};
use crate::{Source, Store, bind};

/// Finds the places of subjects: reads only the files of the requested subjects again.
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

    /// What is asked about one file.
    fn in_file(&self, path: &str, asked: &Asked<'_>, dimensions: &Dimensions) -> Found {
        let text = self.text(path).unwrap_or_else(|| SourceText::new(String::new()));
        let parsed = OnceCell::new();
        let toml = || parsed.get_or_init(|| Toml::parse(text.text()));
        let file = format!("{}{path}", self.prefix);
        let locations = asked.places.iter().map(|(_, place)| {
            let range = match &place.anchor {
                Anchor::Bytes(range) => range.clone(),
                _ => range(place, toml()),
            };
            let (start, end) = (text.position(range.start), text.position(range.end));
            Some(Location::File(FileRange { file: file.clone(), start, end }))
        });
        let locations = locations.collect();
        let edits: Vec<&[Edit]> = asked.fixes.iter().map(|(_, edits)| *edits).collect();
        let placed = match editor(path, dimensions).filter(|_| !edits.is_empty()) {
            Some(editor) => editor.place(toml, &edits),
            None => vec![Vec::new(); edits.len()],
        };
        let named = |splice: Splice| (file.clone(), splice);
        let splices = placed.into_iter().map(|splices| splices.into_iter().map(named).collect());
        Found { locations, splices: splices.collect() }
    }

    /// The questions, which decide the order of cells; without them, what a fix adds has no place.
    fn dimensions(&self) -> Option<Dimensions> {
        Store::open(self.source).ok()?.dimensions().ok()
    }
}

/// What is asked about one file: places and fixes, each with where its answer goes.
#[derive(Default)]
struct Asked<'a> {
    places: Vec<(usize, &'a Place)>,
    fixes: Vec<(usize, &'a [Edit])>,
}

impl Locator for FileLocator<'_> {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        self.find(places, &[]).locations
    }

    fn find(&self, places: &[&Place], fixes: &[&[Edit]]) -> Found {
        let mut by_file: HashMap<String, Asked<'_>> = HashMap::new();
        for (at, place) in places.iter().enumerate() {
            by_file.entry(place.subject.entity.file()).or_default().places.push((at, place));
        }
        let dimensions = if fixes.is_empty() { None } else { self.dimensions() };
        for (at, edits) in fixes.iter().enumerate().filter(|_| dimensions.is_some()) {
            if let Some(file) = file_of(edits) {
                by_file.entry(file).or_default().fixes.push((at, edits));
            }
        }
        let dimensions = dimensions.unwrap_or_default();
        let in_files =
            by_file.par_iter().map(|(path, asked)| (asked, self.in_file(path, asked, &dimensions)));
        let mut found = Found { locations: vec![None; places.len()], splices: vec![Vec::new(); fixes.len()] };
        for (asked, in_file) in in_files.collect::<Vec<_>>() {
            for ((at, _), location) in asked.places.iter().zip(in_file.locations) {
                found.locations[*at] = location;
            }
            for ((at, _), splices) in asked.fixes.iter().zip(in_file.splices) {
                found.splices[*at] = splices;
            }
        }
        found
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

/// The bytes of what a place names.
fn range(place: &Place, toml: &Toml<'_>) -> Range<usize> {
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
