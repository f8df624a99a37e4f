//! Splices from the parts of a text that stay.

use std::ops::Range;

use crate::splice::Splice;

/// Notes what stays of a text, in its order, and what is written between; the rest goes.
pub(super) struct Weave {
    at: usize,
    insert: String,
    splices: Vec<Splice>,
}

impl Weave {
    /// Begins at a byte: what comes before it is not touched.
    pub(super) fn new(at: usize) -> Self {
        Self { at, insert: String::new(), splices: Vec::new() }
    }

    /// These bytes stay.
    pub(super) fn keep(&mut self, range: Range<usize>) {
        debug_assert!(self.at <= range.start);
        if self.at < range.start || !self.insert.is_empty() {
            let insert = std::mem::take(&mut self.insert);
            self.splices.push(Splice { start: self.at, end: range.start, insert });
        }
        self.at = range.end;
    }

    /// A text that was not there.
    pub(super) fn write(&mut self, text: &str) {
        self.insert.push_str(text);
    }

    /// The splices, up to the last byte that stays.
    pub(super) fn finish(self) -> Vec<Splice> {
        self.splices
    }
}
