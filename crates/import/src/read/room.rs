//! The remaining room for the tables of an import.

use crate::limits::{MAX_CELLS, MAX_ENTRIES, MAX_FILE_BYTES, MAX_ROWS, MAX_TEXTS_BYTES, MAX_UNPACKED_BYTES};

/// What the tables of an import may yet hold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// How many bytes of files.
    pub(crate) files: usize,
    /// How many rows.
    pub(crate) rows: usize,
    /// How many cells.
    pub(crate) cells: usize,
    /// How many bytes of texts.
    pub(crate) texts: usize,
    /// How many sources, facts, parts and items of lists.
    pub(crate) entries: usize,
    /// How many bytes of unpacked workbooks.
    pub(crate) unpacked: u64,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            files: MAX_FILE_BYTES,
            rows: MAX_ROWS,
            cells: MAX_CELLS,
            texts: MAX_TEXTS_BYTES,
            entries: MAX_ENTRIES,
            unpacked: MAX_UNPACKED_BYTES as u64,
        }
    }
}
