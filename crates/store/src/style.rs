//! The canonical form of data files: the order of their keys and their layout.

use model::{Dimensions, Document};
use toml_splice::{Step, Style};

use crate::schema::Schema;

/// The style of one kind of file.
#[derive(Clone, Copy)]
pub(crate) struct Canonical<'d> {
    document: Document,
    dimensions: &'d Dimensions,
}

impl<'d> Canonical<'d> {
    /// The style of a kind of file. Cells are in the order of the dimensions.
    pub(crate) fn new(document: Document, dimensions: &'d Dimensions) -> Self {
        Self { document, dimensions }
    }
}

impl Style for Canonical<'_> {
    /// The place of a key in its table: that of the schema; that of the dimensions for cells. Facts, parts and keys
    /// that the schema does not know come last.
    fn rank(&self, table: &[Step], key: &str) -> usize {
        let at = match table {
            [Step::Key(cells)] if cells == "cells" => {
                self.dimensions.iter().position(|dimension| dimension.id.text() == key)
            }
            table => {
                let keys = Schema::of(self.document).keys(table.iter().map(key_of));
                keys.iter().position(|known| *known == key)
            }
        };
        at.unwrap_or(usize::MAX)
    }

    /// All tables but `fetch` have headers.
    fn table_has_header(&self, key: &str) -> bool {
        key != "fetch"
    }

    /// In `dimensions.toml` only the facts have headers; what describes a fact stays inside it.
    fn list_has_headers(&self, key: &str) -> bool {
        !matches!(key, "synonyms" | "contradicts")
    }

    fn is_date(&self, path: &[Step]) -> bool {
        Schema::of(self.document).is_date(path.iter().map(key_of))
    }
}

/// The key of a step; none for an index.
fn key_of(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}
