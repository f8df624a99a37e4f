//! JSON in which every character shows. Texts come from strangers, and JSON is read in terminals, in logs of CI
//! and in reviews: what changes the direction of text or has no width is written as `\uXXXX`, which means the same.
//! So does the `#` of what a CI runner would take for a command.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::text::{is_unsafe, replace_commands};

/// Writes a value as JSON on one line.
pub fn to_writer<W: Write + ?Sized>(out: &mut W, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Visible)).map_err(io::Error::from)
}

struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        writer.write_all(escaped(fragment).as_bytes())
    }
}

/// Returns a JSON text, in one line or many, with every character visible. The texts in it stay the same.
pub fn escaped(json: &str) -> Cow<'_, str> {
    // Outside of its texts JSON has no such character but line feeds, and within them it has none of these.
    let is_hidden = |c: char| c != '\n' && (is_unsafe(c) || is_unseen(c));
    let (mut out, mut copied) = (String::new(), 0);
    for (at, byte) in json.bytes().enumerate() {
        if !MAY_BEGIN_HIDDEN[usize::from(byte)] {
            continue;
        }
        let Some(c) = json[at..].chars().next().filter(|c| is_hidden(*c)) else { continue };
        out.push_str(&json[copied..at]);
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
        copied = at + c.len_utf8();
    }
    if copied == 0 {
        return replace_commands(json, COMMAND);
    }
    out.push_str(&json[copied..]);
    Cow::Owned(replace_commands(&out, COMMAND).into_owned())
}

/// What a `#` of a command is written as.
const COMMAND: &str = "\\u0023";

/// Whether a character that does not show may begin with a byte in UTF-8: most texts have none of these.
const MAY_BEGIN_HIDDEN: [bool; 256] = {
    let mut may = [false; 256];
    let mut byte = 0;
    while byte < may.len() {
        may[byte] = matches!(byte, ..0x20 | 0x7F | 0xC2 | 0xD8 | 0xE1 | 0xE2 | 0xEF | 0xF0 | 0xF3..);
        byte += 1;
    }
    may
};

/// Returns whether a character has neither width nor ink.
pub fn is_unseen(c: char) -> bool {
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
        assert_eq!(written("plain – text #1"), "\"plain – text #1\"");
        assert_eq!(escaped("{\n  \"a\": \"\u{9b}b\"\n}\n"), "{\n  \"a\": \"\\u009bb\"\n}\n");
        let command = "##[error]a ##vso[b]c #\u{fe0f}#teamcity[d]";
        assert_eq!(written(command), "\"#\\u0023[error]a #\\u0023vso[b]c #\u{fe0f}\\u0023teamcity[d]\"");
        assert_eq!(serde_json::from_str::<String>(&written(command)).unwrap(), command);
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let first = c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(MAY_BEGIN_HIDDEN[usize::from(first)] || !is_unsafe(c) && !is_unseen(c), "{c:?}");
        }
    }
}
