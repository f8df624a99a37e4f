//! What changed between two texts, in words.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::limits::MAX_DIFF_PAIRS;

/// A piece of the comparison of two texts. The pieces in their order, without the added ones, are the old text; without
/// the removed ones, the new text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// In both.
    Same(&'a str),
    /// In the old text only.
    Removed(&'a str),
    /// In the new text only.
    Added(&'a str),
}

/// Compares two texts: line by line, and where lines differ, word by word.
pub fn word_diff<'a>(old: &'a str, new: &'a str) -> Vec<Part<'a>> {
    let (old_lines, new_lines) = (Pieces::lines(old), Pieces::lines(new));
    let mut parts = Vec::new();
    for operation in compare(&old_lines, &new_lines) {
        let (old, new) = (old_lines.text(operation.old_range()), new_lines.text(operation.new_range()));
        if matches!(operation, DiffOp::Equal { .. }) {
            push(&mut parts, Part::Same(old));
            continue;
        }
        let (old, new) = (Pieces::words(old), Pieces::words(new));
        for operation in compare(&old, &new) {
            if matches!(operation, DiffOp::Equal { .. }) {
                push(&mut parts, Part::Same(old.text(operation.old_range())));
            } else {
                push(&mut parts, Part::Removed(old.text(operation.old_range())));
                push(&mut parts, Part::Added(new.text(operation.new_range())));
            }
        }
    }
    parts
}

fn push<'a>(parts: &mut Vec<Part<'a>>, part: Part<'a>) {
    let (Part::Same(text) | Part::Removed(text) | Part::Added(text)) = part;
    if !text.is_empty() {
        parts.push(part);
    }
}

/// How one row of pieces becomes another. What both begin and end with is the same; where the rest is too long to
/// compare, it is all removed and added, so that the time is bounded.
fn compare(old: &Pieces<'_>, new: &Pieces<'_>) -> Vec<DiffOp> {
    let (old, new) = (&old.pieces, &new.pieces);
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let end =
        old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let (old_middle, new_middle) = (&old[start..old_end], &new[start..new_end]);
    let mut operations = vec![DiffOp::Equal { old_index: 0, new_index: 0, len: start }];
    if old_middle.len().saturating_mul(new_middle.len()) <= MAX_DIFF_PAIRS {
        for mut operation in capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
            moved(&mut operation, start);
            operations.push(operation);
        }
    } else {
        let (old_len, new_len) = (old_middle.len(), new_middle.len());
        operations.push(DiffOp::Replace { old_index: start, old_len, new_index: start, new_len });
    }
    operations.push(DiffOp::Equal { old_index: old_end, new_index: new_end, len: end });
    operations
}

fn moved(operation: &mut DiffOp, by: usize) {
    match operation {
        DiffOp::Equal { old_index, new_index, .. }
        | DiffOp::Delete { old_index, new_index, .. }
        | DiffOp::Insert { old_index, new_index, .. }
        | DiffOp::Replace { old_index, new_index, .. } => {
            *old_index += by;
            *new_index += by;
        }
    }
}

/// A text in pieces that follow each other.
struct Pieces<'a> {
    text: &'a str,
    pieces: Vec<&'a str>,
    /// Where each piece begins, and where the text ends.
    starts: Vec<usize>,
}

impl<'a> Pieces<'a> {
    fn lines(text: &'a str) -> Self {
        Self::of(text, text.split_inclusive('\n').collect())
    }

    /// Words, each with the white space that follows it.
    fn words(text: &'a str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let blank = rest[word..].find(|c: char| !c.is_whitespace()).map_or(rest.len(), |at| word + at);
            let (piece, after) = rest.split_at(blank);
            pieces.push(piece);
            rest = after;
        }
        Self::of(text, pieces)
    }

    fn of(text: &'a str, pieces: Vec<&'a str>) -> Self {
        let mut starts = vec![0];
        starts.extend(pieces.iter().scan(0, |end, piece| {
            *end += piece.len();
            Some(*end)
        }));
        Self { text, pieces, starts }
    }

    fn text(&self, range: Range<usize>) -> &'a str {
        &self.text[self.starts[range.start]..self.starts[range.end]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_that_changed_are_shown_within_their_line() {
        let old = "Terms\nWe keep data for 30 days.\nEnd\n";
        let new = "Terms\nWe keep data for 60 days.\nEnd\n";
        assert_eq!(
            word_diff(old, new),
            [
                Part::Same("Terms\n"),
                Part::Same("We keep data for "),
                Part::Removed("30 "),
                Part::Added("60 "),
                Part::Same("days.\n"),
                Part::Same("End\n"),
            ]
        );
    }

    /// Ten million bytes on each side that have nothing in common, as many lines and as one.
    #[test]
    fn long_texts_are_compared_in_bounded_time() {
        for end in ["\n", " "] {
            let [old, new] = ["a", "b"].map(|letter| {
                (0..800_000).map(|number| format!("{letter}{number}{end}")).collect::<String>()
            });
            assert_eq!(word_diff(&old, &new), [Part::Removed(&old), Part::Added(&new)]);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn both_texts_are_in_the_parts(old in "[ab \n]{0,60}", new in "[ab \n]{0,60}") {
            let (mut left, mut right) = (String::new(), String::new());
            for part in word_diff(&old, &new) {
                let (Part::Same(text) | Part::Removed(text) | Part::Added(text)) = part;
                if !matches!(part, Part::Added(_)) { left.push_str(text); }
                if !matches!(part, Part::Removed(_)) { right.push_str(text); }
            }
            prop_assert_eq!(left, old);
            prop_assert_eq!(right, new);
        }
    }
}
