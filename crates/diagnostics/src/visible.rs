//! JSON in which every character shows. Texts come from strangers, and JSON is read in terminals, in logs of CI
//! and in reviews: what turns the direction of text or has no width stands there as `\uXXXX`, which means the same.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::text::is_unsafe;

/// Writes a value as JSON on one line.
pub fn to_writer(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Visible)).map_err(io::Error::from)
}

struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if !fragment.bytes().any(may_begin_hidden) {
            return CompactFormatter.write_string_fragment(writer, fragment);
        }
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_unsafe(*c) || is_unseen(*c)) {
            CompactFormatter.write_string_fragment(writer, &rest[..at])?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// Whether a character that does not show may begin with a byte in UTF-8: most texts have none of these.
fn may_begin_hidden(byte: u8) -> bool {
    matches!(byte, ..0x20 | 0x7F | 0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xEF | 0xF0 | 0xF3..)
}

/// Whether a character has neither width nor ink.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        to_writer(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_not_seen_is_escaped_and_nothing_is_lost() {
        let hidden = "a\u{202e}b\u{200b}c\u{7f}\u{9b}\u{feff}\u{2028}\u{e0041}\u{1b}é📷\"\\\n";
        assert_eq!(
            written(hidden),
            "\"a\\u202eb\\u200bc\\u007f\\u009b\\ufeff\\u2028\\udb40\\udc41\\u001bé📷\\\"\\\\\\n\""
        );
        assert_eq!(serde_json::from_str::<String>(&written(hidden)).unwrap(), hidden);
        assert_eq!(written("plain – text"), "\"plain – text\"");
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let first = c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(may_begin_hidden(first) || !is_unsafe(c) && !is_unseen(c), "{c:?}");
        }
    }
}
