//! The lines of a text.

use std::ops::Range;

/// Returns the line of a byte, without its end.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let is_end = |byte: &u8| *byte == b'\n';
    let (before, after) = text.as_bytes().split_at(at.min(text.len()));
    let start = before.iter().rposition(is_end).map_or(0, |end| end + 1);
    let end = after.iter().position(is_end).map_or(text.len(), |end| before.len() + end);
    start..end
}
