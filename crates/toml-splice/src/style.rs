//! The style of documents, which the caller chooses.

use crate::path::Step;

/// The layout of documents of one kind: the order of their keys, and which tables have headers.
///
/// Each method has a default, so a style states only what it wants otherwise.
pub trait Style {
    /// Returns the place of a key among those of the table at a path. Keys of one place are in the order of the
    /// alphabet.
    fn rank(&self, table: &[Step], key: &str) -> usize {
        let _ = (table, key);
        usize::MAX
    }

    /// Returns whether a table under this key has a header, `[a.key]`; if not, it is written in braces.
    fn table_has_header(&self, key: &str) -> bool {
        let _ = key;
        true
    }

    /// Returns whether the tables of a list under this key have headers, `[[a.key]]`; if not, the list is written in
    /// brackets.
    fn list_has_headers(&self, key: &str) -> bool {
        let _ = key;
        true
    }

    /// Returns whether the value at a path is a date, so that formatting takes the quotes off one.
    fn is_date(&self, path: &[Step]) -> bool {
        let _ = path;
        false
    }

    /// Returns the number of columns beyond which a text or a list is broken into lines.
    fn width(&self) -> usize {
        100
    }
}

/// The style of documents about which nothing is known: keys in the order of the alphabet, and a header for every
/// table.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plain;

impl Style for Plain {}

/// Returns what orders the keys of a table.
pub(crate) fn order(style: &dyn Style, table: &[Step], key: &str) -> (usize, String) {
    (style.rank(table, key), key.to_owned())
}
