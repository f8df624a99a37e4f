//! Texts that no spreadsheet program takes for a formula.
//!
//! A guarded table holds each text that a program could take for a formula behind an apostrophe, and
//! each text that begins with an apostrophe behind another, so that the guard can be taken off again.
//! Such a table says so itself: one of its columns is headed [`GUARD_MARK`]. A reader of a table
//! with that column removes the guard from every header and every text ([`unguard`]); a reader of one
//! without it leaves all texts as they are.

use std::borrow::Cow;

/// The header of the empty column that marks a table as guarded. A header that begins
/// with `#` is a remark to those who do not know it.
pub const GUARD_MARK: &str = "#guarded";

/// The guard.
const APOSTROPHE: char = '\'';

/// Characters with which a formula begins, in some program.
const OPENERS: [char; 9] = ['=', '+', '-', '@', '\0', '＝', '＋', '－', '＠'];

/// Returns whether a text is guarded in a table for spreadsheets: its first character, or the first after
/// blanks, could begin a formula, or it begins with the guard itself.
fn needs_guard(text: &str) -> bool {
    text.starts_with([APOSTROPHE, '\t', '\r', '\n'])
        || text.trim_start().starts_with(OPENERS)
        || text.starts_with(OPENERS)
}

/// The text with a guard where it needs one.
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) { Cow::Owned(format!("{APOSTROPHE}{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`guard`] was given. An apostrophe that is no guard stays.
pub fn unguard(text: &str) -> &str {
    text.strip_prefix(APOSTROPHE).filter(|rest| needs_guard(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn guards_what_could_be_a_formula() {
        for needs in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r", "\n", "\0", "＝1", "  =1", "\u{a0}+1", "'a", "'"]
        {
            assert_eq!(guard(needs), format!("'{needs}"));
        }
        for plain in ["", "a", "1-1", "a=b", "#", " a", "\"=1\"", "’a"] {
            assert_eq!(guard(plain), plain);
        }
        assert_eq!(unguard("'tis"), "'tis");
        assert_eq!(unguard("''tis"), "'tis");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_guard_comes_off(text in prop_oneof![any::<String>(), "['=+@ \t\r\n\0＝a-]{0,5}"]) {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), &text);
        }

        #[test]
        fn nothing_guarded_is_a_formula(text in prop_oneof![any::<String>(), "['=+@ \t\r\n\0＝a-]{0,5}"]) {
            let guarded = guard(&text);
            prop_assert!(!guarded.trim_start().starts_with(OPENERS), "{guarded:?}");
            prop_assert!(!guarded.starts_with(['\t', '\r', '\n']), "{guarded:?}");
        }
    }
}
