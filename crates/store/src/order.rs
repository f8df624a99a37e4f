//! The canonical order of keys.

use model::{Dimensions, Document, Step};

use crate::Structure;

/// The canonical order of keys in one kind of file.
#[derive(Clone, Copy)]
pub(crate) struct Order<'d> {
    document: Document,
    dimensions: &'d Dimensions,
}

impl<'d> Order<'d> {
    pub(crate) fn new(document: Document, dimensions: &'d Dimensions) -> Self {
        Self { document, dimensions }
    }

    /// The place of a key in its table: that of the schema; that of the dimensions for cells; the
    /// alphabet for facts, parts and keys that nobody knows, which come last.
    pub(crate) fn rank(&self, table: &[Step], name: &str) -> (usize, String) {
        let at = match table {
            [Step::Key(cells)] if cells == "cells" => {
                self.dimensions.iter().position(|dimension| dimension.id.text() == name)
            }
            table => Structure::of(self.document).keys(table).iter().position(|key| *key == name),
        };
        (at.unwrap_or(usize::MAX), name.to_owned())
    }

    /// Whether a field is a date, which needs no quotes.
    pub(crate) fn is_date(&self, path: &[Step]) -> bool {
        Structure::of(self.document).is_date(path)
    }
}
