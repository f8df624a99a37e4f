//! Texts that fill a field and say nothing.

use std::ops::Range;

use model::Fact;

/// Texts that stand in the place of one that is still to come, or that nobody has: in lower case, with
/// single blanks. A word that may be an answer (`none`, `varies`, `planned`) is none of them.
const FILLERS: &[&str] = &[
    "missing",
    "n.a",
    "n/a",
    "nil",
    "not available",
    "not confirmed",
    "not disclosed",
    "not documented",
    "not given",
    "not known",
    "not mentioned",
    "not sure",
    "not specified",
    "not stated",
    "not verified",
    "null",
    "pending",
    "placeholder",
    "tba",
    "tbc",
    "tbd",
    "to be announced",
    "to be confirmed",
    "to be determined",
    "to be done",
    "todo",
    "unclear",
    "unconfirmed",
    "undefined",
    "undisclosed",
    "unknown",
    "unspecified",
    "unstated",
    "unverified",
    "xxx",
];

/// The longest of them, with room for brackets and blanks.
const LONGEST: usize = 40;

/// Words that mark, in the middle of a text, what is still to be written.
const MARKS: &[&str] = &["FIXME", "TBD", "TODO"];

/// Whether a text only fills its field: nothing but signs, or words such as "unknown".
pub(crate) fn is_filler(text: &str) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric();
    let core = text.trim_matches(is_sign);
    if core.is_empty() {
        return true;
    }
    if core.len() > LONGEST {
        return false;
    }
    let words: Vec<_> = core.split_whitespace().collect();
    let folded = words.join(" ").to_lowercase();
    FILLERS.binary_search(&folded.as_str()).is_ok()
}

/// Where a text says that something is still to be written.
pub(crate) fn mark(text: &str) -> Option<Range<usize>> {
    let is_whole = |range: &Range<usize>| {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        !text[..range.start].ends_with(part) && !text[range.end..].starts_with(part)
    };
    let found = MARKS.iter().flat_map(|mark| text.match_indices(mark)).map(|(at, mark)| at..at + mark.len());
    let lorem = text.match_indices("orem ipsum").map(|(at, words)| at.saturating_sub(1)..at + words.len());
    found
        .filter(is_whole)
        .chain(lorem.filter(|range| text.is_char_boundary(range.start)))
        .min_by_key(|range| range.start)
}

/// Whether a fact only fills its key.
pub(crate) fn is_filler_fact(fact: &Fact) -> bool {
    matches!(fact, Fact::Text(text) if is_filler(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fillers_are_known() {
        assert!(FILLERS.is_sorted() && FILLERS.iter().all(|filler| filler.len() <= LONGEST));
        for filler in
            ["", " ", "-", "???", "N/A", "n.a.", "Unknown", "<TBD>", "not  stated.", "[to be\ndone]"]
        {
            assert!(is_filler(filler), "{filler:?}");
        }
        for text in ["none", "C", "2.3", "type_1", "unknown to the auditor", "NA region", "日本"] {
            assert!(!is_filler(text), "{text:?}");
        }
    }

    #[test]
    fn marks_are_found_as_words() {
        assert_eq!(mark("Ask sales. TODO: price"), Some(11..15));
        assert_eq!(mark("Lorem ipsum dolor"), Some(0..11));
        assert_eq!(mark("The TODOS app, a todo list, MASTODON"), None);
    }
}
