//! Texts from data files, made safe to show.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character must not reach a terminal: control characters (a tab or line feed too, in a
/// message), those that turn the direction of text (Unicode Bidi_Control), and the two noncharacters
/// that XML 1.0 has no way to write.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// What begins a command of a CI runner wherever it stands in a line of its log (GitHub's older form; the
/// newer one, `::`, counts at the start of a line only).
pub(crate) const RUNNER_COMMAND: &str = "##[";

/// The text with unsafe characters in a visible form such as `U+202E`, and without commands to a CI runner.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(RUNNER_COMMAND) {
        return Cow::Owned(printable(&text.replace(RUNNER_COMMAND, "#U+0023[")).into_owned());
    }
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if is_unsafe(c) => {
                let _ = write!(shown, "U+{:04X}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The text cut to at most `limit` characters, with an ellipsis where something is gone.
pub fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let end = text.char_indices().nth(limit.saturating_sub(1)).map_or(0, |(at, _)| at);
            Cow::Owned(format!("{}…", &text[..end]))
        }
    }
}

/// A text from the data for use in a message: visible, cut at 80 characters, between backquotes.
pub fn quoted(text: &str) -> String {
    format!("`{}`", printable(&cut(text, 80)))
}

/// "1 error", "2 errors".
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_characters_become_visible() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b\n"), "aU+001B[31mU+202Eb\\n");
        assert_eq!(printable("a ##[group]b ###[c"), "a #U+0023[group]b ##U+0023[c");
        assert_eq!(quoted(&"x".repeat(81)), format!("`{}…`", "x".repeat(79)));
        assert_eq!(cut("abc", 3), "abc");
    }
}
