//! Texts in double quotes, and separators outside them.

use std::ops::Range;

use super::TabularError;

/// Adds `text` in double quotes to `out`.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Every control character lies below U+00A0, so four digits hold it.
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

/// Returns whether a text needs quotes in any list or map.
pub(super) fn needs_quotes(text: &str) -> bool {
    text.is_empty() || text.trim() != text || text.contains(|c: char| c == '"' || c.is_control())
}

/// Reads the quoted text whose opening quote is at `start`: where it ends, and what it says.
pub(super) fn read_quoted(text: &str, start: usize) -> Result<(usize, String), TabularError> {
    let mut out = String::new();
    let mut rest = text[start..].char_indices().skip(1);
    while let Some((at, c)) = rest.next() {
        match c {
            '"' => return Ok((start + at + 1, out)),
            '\\' => {
                let escape = start + at;
                let Some((_, name)) = rest.next() else { break };
                let digits = match name {
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                let code: String = rest.by_ref().take(digits).map(|(_, digit)| digit).collect();
                let end = escape + 1 + name.len_utf8() + code.len();
                out.push(unescape(name, &code).ok_or_else(|| {
                    let what = format!("`{}` is no escape: write `\\\\` for a backslash", &text[escape..end]);
                    TabularError::new(escape..end, what)
                })?);
            }
            c => out.push(c),
        }
    }
    Err(unclosed(start))
}

fn unescape(name: char, code: &str) -> Option<char> {
    Some(match name {
        '"' | '\\' => name,
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'f' => '\u{c}',
        'r' => '\r',
        'u' | 'U' => {
            let digits = if name == 'u' { 4 } else { 8 };
            let valid = code.len() == digits && code.bytes().all(|byte| byte.is_ascii_hexdigit());
            valid.then(|| u32::from_str_radix(code, 16).ok().and_then(char::from_u32)).flatten()?
        }
        _ => return None,
    })
}

fn unclosed(start: usize) -> TabularError {
    TabularError::new(start..start + 1, "this double quote is never closed: close it, or write it as `\\\"`")
}

/// The parts of `text` between the separators, of ASCII, that are outside double quotes, without the spaces
/// around them. A separator at the very end begins no further part, and a blank text has none.
pub(super) fn split(text: &str, separator: u8) -> Result<Vec<Range<usize>>, TabularError> {
    let mut parts = Vec::with_capacity(8);
    let mut begin = 0;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.find(|(_, byte)| *byte == separator || *byte == b'"') {
        if byte == separator {
            parts.push(trimmed(text, begin..at));
            begin = at + 1;
        } else {
            let mut escaped = false;
            let closed = bytes.by_ref().any(|(_, byte)| {
                let closes = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                closes
            });
            if !closed {
                return Err(unclosed(at));
            }
        }
    }
    let last = trimmed(text, begin..text.len());
    if !last.is_empty() {
        parts.push(last);
    }
    Ok(parts)
}

/// The range without the blanks at both ends of its text.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text[range.clone()].trim_start();
    let start = range.end - part.len();
    start..start + part.trim_end().len()
}
