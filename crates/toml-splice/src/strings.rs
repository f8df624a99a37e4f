//! From a position in a text as read to the position in the TOML literal that holds it.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeValue;

/// Returns a text as it is read from its literal: a line end within a multi-line string is a line feed, whatever the file's
/// line ends are (TOML 1.0 leaves that to the reader). An escaped carriage return stays.
#[inline]
pub(crate) fn as_read<'t>(text: &'t str, literal: &str) -> Cow<'t, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    if !literal.starts_with('"') || !literal.contains('\\') {
        return Cow::Owned(text.replace("\r\n", "\n"));
    }
    let literal = literal.replace("\r\n", "\n");
    match DeValue::parse(&literal).map(toml::Spanned::into_inner) {
        Ok(DeValue::String(text)) => Cow::Owned(text.into_owned()),
        _ => Cow::Borrowed(text),
    }
}

/// Returns the bytes of the file that hold a range of a text as read. `literal` is the string in the file
/// with its quotes, beginning at `base`. The whole literal, where the two do not fit together.
pub(crate) fn raw_range(literal: &str, base: usize, text: &str, wanted: Range<usize>) -> Range<usize> {
    raw_range_from(&mut None, literal, base, text, wanted)
}

/// A part of a literal that was looked for, from which the next one is.
pub(crate) struct Reached {
    base: usize,
    decoded: usize,
    at: usize,
    last_end: usize,
}

/// The same for one of many ranges in their order: a text may have one at every character.
pub(crate) fn raw_range_from(
    reached: &mut Option<Reached>,
    literal: &str,
    base: usize,
    text: &str,
    wanted: Range<usize>,
) -> Range<usize> {
    let whole = base..base + literal.len();
    let Some(mut raw) = Walker::new(literal) else { return whole };
    let (mut start, mut end) = (None, None);
    let mut decoded = 0;
    if let Some(last) = reached.take().filter(|last| last.base == base && last.decoded <= wanted.start) {
        (raw.at, raw.last_end, decoded) = (last.at, last.last_end, last.decoded);
    }
    for c in text.get(decoded..).unwrap_or_default().chars() {
        if decoded >= wanted.start && start.is_none() {
            raw.skip_nothing();
            start = Some(raw.at);
            *reached = Some(Reached { base, decoded, at: raw.at, last_end: raw.last_end });
        }
        if decoded >= wanted.end {
            end = Some(raw.last_end);
            break;
        }
        if !raw.next(c) {
            return whole;
        }
        decoded += c.len_utf8();
    }
    let start = start.unwrap_or(raw.at);
    let end = end.unwrap_or(raw.last_end).max(start);
    base + start..base + end
}

/// Walks a literal one character of the text at a time.
struct Walker<'l> {
    literal: &'l str,
    escapes: bool,
    at: usize,
    /// The end of the last character that was taken.
    last_end: usize,
}

impl<'l> Walker<'l> {
    fn new(literal: &'l str) -> Option<Self> {
        let multi = literal.len() >= 6 && (literal.starts_with("\"\"\"") || literal.starts_with("'''"));
        let mut at = if multi { 3 } else { 1 };
        let escapes = literal.starts_with('"');
        if !escapes && !literal.starts_with('\'') {
            return None;
        }
        if multi {
            let rest = &literal[at..];
            at += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        }
        Some(Self { literal, escapes, at, last_end: at })
    }

    /// Steps over what is read as no character: a backslash at the end of a line, with the blanks and
    /// line ends that follow.
    fn skip_nothing(&mut self) {
        while self.escapes {
            let Some(after) = self.literal[self.at..].strip_prefix('\\') else { return };
            let blank = after.trim_start_matches([' ', '\t']);
            if !blank.starts_with('\n') && !blank.starts_with("\r\n") {
                return;
            }
            self.at = self.literal.len() - after.trim_start_matches([' ', '\t', '\r', '\n']).len();
        }
    }

    /// Steps over what is read as `c`; false where something else is there.
    fn next(&mut self, c: char) -> bool {
        self.skip_nothing();
        let rest = &self.literal[self.at..];
        let width = if rest.starts_with(c) {
            if self.escapes && c == '\\' { 2 } else { c.len_utf8() }
        } else if c == '\n' && rest.starts_with("\r\n") {
            2
        } else if self.escapes && rest.starts_with('\\') {
            match rest.as_bytes().get(1) {
                Some(b'x') => 4,
                Some(b'u') => 6,
                Some(b'U') => 10,
                Some(_) => 2,
                None => return false,
            }
        } else {
            return false;
        };
        if width > rest.len() {
            return false;
        }
        self.at += width;
        self.last_end = self.at;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The raw text that is read as `part`.
    fn raw<'l>(literal: &'l str, part: &str) -> &'l str {
        let value = toml::de::DeValue::parse(literal).unwrap().into_inner();
        let text = as_read(value.as_str().unwrap(), literal);
        let start = text.find(part).unwrap();
        &literal[raw_range(literal, 0, &text, start..start + part.len())]
    }

    #[test]
    fn finds_parts_through_escapes_and_line_ends() {
        assert_eq!(raw("\"a bc d\"", "bc"), "bc");
        assert_eq!(raw("'a\\b'", "\\b"), "\\b");
        assert_eq!(raw(r#""tab\tx é\u00e9!""#, "éé!"), r"é\u00e9!");
        assert_eq!(raw(r#""a\\b""#, "\\b"), r"\\b");
        assert_eq!(raw("\"\"\"\none\ntwo three\"\"\"", "two"), "two");
        assert_eq!(raw("\"\"\"\r\none\r\ntwo\"\"\"", "two"), "two");
        assert_eq!(raw("\"\"\"one \\\n   two \\\n  three\"\"\"", "two "), "two ");
        assert_eq!(raw("'''\nit's'''", "'s"), "'s");
        assert_eq!(raw("\"😀x\"", "x"), "x");
        assert_eq!(raw("\"\"", ""), "");
    }

    #[test]
    fn line_ends_are_line_feeds_and_escaped_returns_stay() {
        let read = |literal: &str| {
            let value = DeValue::parse(literal).unwrap().into_inner();
            as_read(value.as_str().unwrap(), literal).into_owned()
        };
        assert_eq!(read("\"\"\"C:\\\\root\r\nb\"\"\""), "C:\\root\nb");
        assert_eq!(read("\"\"\"a\\r\r\nb\\u000D\\n\"\"\""), "a\r\nb\r\n");
        assert_eq!(read("'''a\r\n\\r\r\n'''"), "a\n\\r\n");
        assert_eq!(raw("\"\"\"a\\r\r\nb c\"\"\"", "c"), "c");
    }

    #[test]
    fn many_ranges_are_found_as_each_alone() {
        let literal = "\"\"\"a\\tb é\\u00e9 \\\n   c\r\n\\\\ 😀 d\"\"\"";
        let value = DeValue::parse(literal).unwrap().into_inner();
        let text = as_read(value.as_str().unwrap(), literal);
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut reached = None;
        for (nth, start) in starts.iter().enumerate() {
            for end in &starts[nth..] {
                let alone = raw_range(literal, 7, &text, *start..*end);
                assert_eq!(
                    raw_range_from(&mut reached, literal, 7, &text, *start..*end),
                    alone,
                    "{start}..{end}"
                );
            }
        }
        // Another one, and one before the last, are looked for from the start.
        assert_eq!(raw_range_from(&mut reached, literal, 7, &text, 0..1), 10..11);
        assert_eq!(raw_range_from(&mut reached, "'abc'", 99, "abc", 1..2), 101..102);
    }

    #[test]
    fn a_text_that_does_not_fit_is_the_whole_literal() {
        assert_eq!(raw_range("\"abc\"", 10, "xyz", 0..1), 10..15);
        assert_eq!(raw_range("12", 0, "12", 0..1), 0..2);
    }
}
