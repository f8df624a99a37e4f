//! The differences of two texts, word by word.

use diagnostics::visible::is_unseen;
use diagnostics::{cut, printable};
use similar::{ChangeTag, TextDiff};
use unicode_security::confusable_detection::skeleton;

use crate::terminal::paint;

/// The most characters of what two texts share that are shown beside a difference.
const AROUND: usize = 40;

/// How two texts are shown.
pub(super) struct Look {
    /// The most characters of a stretch that differs; without, texts are shown whole.
    pub(super) limit: Option<usize>,
    /// Whether colours may be used.
    pub(super) color: bool,
    /// Whether what differs is shown by code points.
    pub(super) by_code_points: bool,
}

/// Returns whether two texts look the same, or nearly so: they differ in white space, in characters without width, in
/// how accents are spelled, or in letters of other scripts.
pub(super) fn alike(old: &str, new: &str) -> bool {
    let look = |text: &str| {
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        skeleton(&words).filter(|c| !is_unseen(*c)).collect::<String>()
    };
    old != new && look(old) == look(new)
}

/// The text with each character by its code point that may pass for another.
pub(super) fn by_code_points(text: &str) -> String {
    let is_blank = text.trim().is_empty();
    let shown = |c: char| match c {
        c if c.is_ascii() && !is_blank => c.to_string(),
        c => format!("U+{:04X}", u32::from(c)),
    };
    text.chars().map(shown).collect()
}

/// Both texts, cut around what differs between them.
pub(super) fn compared(old: &str, new: &str, look: &Look) -> (String, String) {
    let diff = TextDiff::from_words(old, new);
    let look = &Look { by_code_points: look.by_code_points || alike(old, new), ..*look };
    let mut stretches: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match stretches.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => stretches.push((change.tag(), change.value().to_owned())),
        }
    }
    let last = stretches.len().saturating_sub(1);
    let (mut before, mut after) = (String::new(), String::new());
    for (at, (tag, text)) in stretches.iter().enumerate() {
        match tag {
            ChangeTag::Equal => {
                let shared = match look.limit {
                    Some(_) => shortened(text, at > 0, at < last),
                    None => text.clone(),
                };
                let shared = printable(&shared).into_owned();
                before.push_str(&shared);
                after.push_str(&shared);
            }
            ChangeTag::Delete => before.push_str(&differing(text, "31", look)),
            ChangeTag::Insert => after.push_str(&differing(text, "32", look)),
        }
    }
    (before, after)
}

/// A stretch that differs. Whitespace at its ends has no colour.
fn differing(text: &str, sgr: &str, look: &Look) -> String {
    let limit = look.limit.unwrap_or(usize::MAX);
    if look.by_code_points {
        return paint(look.color, sgr, &printable(&cut(&by_code_points(text), limit)));
    }
    let word = text.trim();
    let Some(start) = text.find(word).filter(|_| !word.is_empty()) else { return text.to_owned() };
    let (first, rest) = text.split_at(start);
    let end = &rest[word.len()..];
    format!("{first}{}{end}", paint(look.color, sgr, &printable(&cut(word, limit))))
}

/// What two texts share, cut in the middle where that is long: the text next to differences is kept.
fn shortened(text: &str, has_before: bool, has_after: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let kept = AROUND * (usize::from(has_before) + usize::from(has_after));
    if characters.len() <= kept + AROUND / 2 {
        return text.to_owned();
    }
    let start: String = if has_before { characters[..AROUND].iter().collect() } else { String::new() };
    let end: String =
        if has_after { characters[characters.len() - AROUND..].iter().collect() } else { String::new() };
    // Words stay whole.
    let start = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    let end = end.split_once(' ').map_or(end.as_str(), |(_, words)| words);
    let gap = |side: &str| if side.is_empty() { "" } else { " " };
    format!("{start}{}…{}{end}", gap(start), gap(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look { limit: Some(160), color: false, by_code_points: false };
    const LONG: &str = "Grades the platform and not the developers of the models. The service is on the public list of \
        services in scope, and any account holder fetches the report after accepting the terms.";

    #[test]
    fn a_sentence_at_the_end_is_seen() {
        let (old, new) = compared(LONG, &format!("{LONG} Read again."), &LOOK);
        assert_eq!(old, "… the report after accepting the terms.");
        assert_eq!(new, "… the report after accepting the terms. Read again.");
    }

    #[test]
    fn a_word_in_the_middle_is_seen_with_its_surroundings() {
        let (old, new) = compared(LONG, &LONG.replace("public list", "private list"), &LOOK);
        assert_eq!(old, "… of the models. The service is on the public list of services in scope, and any …");
        assert_eq!(
            new,
            "… of the models. The service is on the private list of services in scope, and any …"
        );
        let whole = Look { limit: None, ..LOOK };
        assert_eq!(compared(LONG, "", &whole), (LONG.to_owned(), String::new()));
    }

    #[test]
    fn what_looks_the_same_is_shown_by_code_points() {
        for (old, new, shown) in [
            ("hands\u{a0}out its", "hands out its", ["handsU+00A0out its", "handsU+0020out its"]),
            ("the caf\u{e9} here", "the cafe\u{301} here", ["the cafU+00E9 here", "the cafeU+0301 here"]),
            ("a b", "a b ", ["a b", "a bU+0020"]),
            ("a p\u{430}ge", "a page", ["a pU+0430ge", "a page"]),
            ("a\u{200b}b", "ab", ["aU+200Bb", "ab"]),
        ] {
            let (old, new) = compared(old, new, &LOOK);
            assert_eq!([old, new], shown.map(str::to_owned));
        }
    }

    #[test]
    fn colours_mark_what_differs_and_controls_are_shown() {
        let look = Look { color: true, ..LOOK };
        let (old, new) = compared("a b c", "a \u{1b}[2J c", &look);
        assert_eq!(old, "a \u{1b}[31mb\u{1b}[0m c");
        assert_eq!(new, "a \u{1b}[32mU+001B[2J\u{1b}[0m c");
    }
}
