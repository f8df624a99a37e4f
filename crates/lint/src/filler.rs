//! Texts that fill a field and say nothing.

use std::ops::Range;

use model::Fact;

/// Texts that are placeholders for a text that is missing: in lower case, with
/// single blanks. A word that may be an answer (`none`, `varies`, `planned`) is none of them.
const FILLERS: &[&str] = &[
    "as above",
    "coming soon",
    "ditto",
    "fixme",
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
    "not specified",
    "not stated",
    "not sure",
    "not verified",
    "null",
    "pending",
    "placeholder",
    "same as above",
    "see above",
    "see below",
    "tba",
    "tbc",
    "tbd",
    "to be announced",
    "to be confirmed",
    "to be determined",
    "to be done",
    "to do",
    "todo",
    "unclear",
    "unconfirmed",
    "undefined",
    "undisclosed",
    "unknown",
    "unspecified",
    "unstated",
    "unverified",
    "wip",
    "work in progress",
    "xxx",
];

/// The longest of them, in bytes.
const LONGEST: usize = 16;

/// Words that mark, in the middle of a text, what is still to be written.
pub(crate) const MARKS: &[&str] = &["FIXME", "Lorem ipsum", "TBD", "TODO", "XXX", "lorem ipsum"];

/// Words that do so in small letters before a colon.
const SMALL_MARKS: &[&str] = &["fixme:", "tbd:", "todo:", "xxx:"];

/// Returns whether a text only fills its field: nothing but signs, or words such as "unknown".
pub(crate) fn is_filler(text: &str) -> bool {
    let core = text.trim_matches(|c: char| !c.is_alphanumeric());
    if core.is_empty() {
        return true;
    }
    // Most texts are none, so nothing is allocated to find that out.
    let (mut folded, mut length, mut is_apart) = ([0; LONGEST], 0, false);
    for c in core.chars() {
        if c.is_whitespace() {
            is_apart = true;
            continue;
        }
        let end = length + usize::from(is_apart);
        let Some(place) = folded.get_mut(end).filter(|_| c.is_ascii()) else { return false };
        *place = c.to_ascii_lowercase() as u8;
        if is_apart {
            folded[length] = b' ';
        }
        (length, is_apart) = (end + 1, false);
    }
    FILLERS.binary_search_by(|filler| filler.as_bytes().cmp(&folded[..length])).is_ok()
}

/// Where a text says that something is still to be written.
pub(crate) fn mark(text: &str) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let found = MARKS.iter().flat_map(|mark| text.match_indices(mark).map(|(at, mark)| at..at + mark.len()));
    let found = found.filter(|range| !text[range.end..].starts_with(is_part));
    let lower = text.to_ascii_lowercase();
    let small = SMALL_MARKS.iter().flat_map(|mark| lower.match_indices(mark));
    let small = small.map(|(at, mark)| at..at + mark.len() - 1);
    let is_start = |range: &Range<usize>| !text[..range.start].ends_with(is_part);
    found.chain(small).filter(is_start).min_by_key(|range| range.start)
}

/// Returns whether a fact only fills its key.
pub(crate) fn is_filler_fact(fact: &Fact) -> bool {
    matches!(fact, Fact::Text(text) if is_filler(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fillers_are_known() {
        assert!(FILLERS.is_sorted() && FILLERS.iter().all(|filler| filler.len() <= LONGEST));
        assert!(FILLERS.iter().all(|filler| is_filler(filler)));
        for filler in
            ["", " ", "-", "???", "N/A", "n.a.", "Unknown", "<TBD>", "not  stated.", "[to be\ndone]"]
        {
            assert!(is_filler(filler), "{filler:?}");
        }
        for text in ["none", "C", "2.3", "type_1", "unknown to the auditor", "NA region", "日本"] {
            assert!(!is_filler(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_begins_otherwise_is_no_filler(text in "[ -<]{0,2}([a-zé ./]{0,3}|T[BO]?D?|not? ?known|[Uu]nclear)[. ]{0,2}") {
            let core = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let words: Vec<_> = core.split_whitespace().collect();
            prop_assert_eq!(is_filler(&text), core.is_empty() || FILLERS.contains(&words.join(" ").as_str()));
        }
    }

    #[test]
    fn marks_are_found_as_words() {
        assert_eq!(mark("Ask sales. TODO: price"), Some(11..15));
        assert_eq!(mark("Lorem ipsum dolor"), Some(0..11));
        assert_eq!(mark("Ask sales. Todo: price"), Some(11..15));
        assert_eq!(mark("Ask sales about XXX."), Some(16..19));
        assert_eq!(mark("The TODOS app, a todo list, MASTODON, XXXL, mytodo: x"), None);
    }
}
