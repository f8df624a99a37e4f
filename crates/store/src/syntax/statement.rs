//! A text taken apart into statements: a header or a key with its value. A statement that is valid by itself is taken as
//! it is; of any other, only its first line is known, and how far it can reach.

use std::ops::Range;

use memchr::{memchr, memchr3, memrchr};
use toml_splice::is_valid;

/// A statement of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// Its bytes, without the last line break; of an invalid one those of its first line.
    pub(super) span: Range<usize>,
    /// The end of the last line that can belong to it: the next begins a statement.
    pub(super) reach: usize,
    pub(super) is_valid: bool,
}

/// How often, on average, a byte may be looked at to find where values end.
const LOOKS: usize = 8;

/// Takes a text apart. What follows an invalid statement is asked for from where the reader of it stopped.
pub(super) struct Statements<'t> {
    text: &'t str,
    at: usize,
    /// Where the next line is that begins a statement, and the end of the last before it that holds something, once
    /// that was looked for.
    next: usize,
    reach: usize,
    looks: usize,
    /// Whether the text is known to be valid from here on, so that each statement is.
    is_valid: bool,
}

impl<'t> Statements<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, next: 0, reach: 0, looks: text.len().saturating_mul(LOOKS), is_valid: false }
    }

    /// The same of a text that is valid as a whole.
    pub(super) fn of_valid(text: &'t str) -> Self {
        Self { is_valid: true, ..Self::new(text) }
    }

    /// Goes on after the line that holds a byte.
    pub(super) fn skip_to(&mut self, end: usize) {
        self.at = self.at.max(after_line(self.text, end));
    }

    /// Whether two quotes, for which a text would be empty, begin one of several lines that ends with quotes.
    fn opens_a_text(&mut self, start: usize, end: usize) -> bool {
        if !self.text[start..end].trim_end_matches('"').ends_with(['=', ' ']) {
            return false;
        }
        let reach = self.reach(end);
        reach > end && self.text[..reach].trim_end().ends_with("\"\"\"")
    }

    fn reach(&mut self, line_end: usize) -> usize {
        if line_end < self.next {
            return self.reach.max(line_end);
        }
        let (mut at, mut last) = (after_line(self.text, line_end), line_end);
        while at < self.text.len() {
            let end = line_end_of(self.text, at);
            let line = &self.text[at..end];
            if begins_statement(line) {
                break;
            }
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                last = end;
            }
            at = after_line(self.text, end);
        }
        (self.next, self.reach) = (at, last);
        last
    }
}

impl Iterator for Statements<'_> {
    type Item = Statement;

    fn next(&mut self) -> Option<Statement> {
        loop {
            if self.at >= self.text.len() {
                return None;
            }
            let line_end = line_end_of(self.text, self.at);
            let line = self.text[self.at..line_end].trim_matches(is_blank);
            if !line.is_empty() && !line.starts_with('#') {
                break;
            }
            self.at = after_line(self.text, line_end);
        }
        let start = self.at;
        if let Some(end) = end_of(&self.text[start..], &mut self.looks).map(|end| start + end)
            && let statement = &self.text[start..end]
            && (self.is_valid || is_valid(statement))
            && !runs_on(statement)
            && !(statement.ends_with("\"\"") && self.opens_a_text(start, end))
        {
            self.at = after_line(self.text, end);
            return Some(Statement { span: start..end, reach: end, is_valid: true });
        }
        // What follows is read otherwise than by the parser.
        self.is_valid = false;
        let end = line_end_of(self.text, start);
        let reach = self.reach(end);
        self.at = after_line(self.text, end);
        Some(Statement { span: start..end, reach, is_valid: false })
    }
}

/// The end of a line, without its line break.
pub(super) fn line_end_of(text: &str, at: usize) -> usize {
    let end = feed_after(text, at).unwrap_or(text.len());
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

fn after_line(text: &str, at: usize) -> usize {
    feed_after(text, at).map_or(text.len(), |feed| feed + 1)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r')
}

fn feed_after(text: &str, at: usize) -> Option<usize> {
    memchr(b'\n', &text.as_bytes()[at..]).map(|feed| at + feed)
}

/// Where the statement ends that a text begins with: at the first line break outside brackets and quotes.
fn end_of(text: &str, looks: &mut usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0usize);
    let end = loop {
        if *looks == 0 {
            return None;
        }
        *looks -= 1;
        let Some(byte) = bytes.get(at) else { break (depth == 0).then_some(at) };
        match byte {
            b'"' | b'\'' => {
                let end = string_end(&text[at..]);
                *looks = looks.saturating_sub(end.unwrap_or(text.len() - at));
                at += end?;
                continue;
            }
            b'#' => {
                at = feed_after(text, at).unwrap_or(text.len());
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth == 0 => break Some(at),
            _ => {}
        }
        at += 1;
    }?;
    Some(if text[..end].ends_with('\r') { end - 1 } else { end })
}

/// The length of the string that a text begins with, with its quotes.
pub(super) fn string_end(text: &str) -> Option<usize> {
    let (quote, triple) = if text.starts_with('"') { (b'"', "\"\"\"") } else { (b'\'', "'''") };
    let is_multiline = text.starts_with(triple);
    let delimiter = if is_multiline { triple } else { &triple[..1] };
    let bytes = text.as_bytes();
    let mut at = delimiter.len();
    while let Some(next) = memchr3(quote, b'\\', b'\n', bytes.get(at..)?) {
        at += next;
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !is_multiline => return None,
            _ if text[at..].starts_with(delimiter) => {
                let end = at + delimiter.len();
                // Up to two quotes may come before the last three.
                let more = text[end..].bytes().take_while(|byte| is_multiline && *byte == quote).take(2);
                return Some(end + more.count());
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether a statement holds a text of several lines that ends only where the next one begins.
fn runs_on(statement: &str) -> bool {
    let Some(feed) = memrchr(b'\n', statement.as_bytes()) else { return false };
    let (before, last) = (&statement[..feed], &statement[feed + 1..]);
    let is_opening = |quotes: &str| {
        let Some((key, value)) = last.split_once('=') else { return false };
        is_name(key.trim()) && value.trim() == quotes && before.contains(quotes)
    };
    is_opening("\"\"\"") || is_opening("'''")
}

/// Whether a line begins a key or a header.
pub(super) fn begins_statement(line: &str) -> bool {
    let line = line.trim_matches(char::is_whitespace);
    let key = |sign: char| line.split_once(sign).map(|(key, rest)| (key.trim(), rest));
    if let Some((name, _)) = key('=')
        && is_name(name.trim_end_matches(':'))
    {
        return true;
    }
    if let Some((name, rest)) = key(':')
        && rest.starts_with([' ', '"'])
        && is_name(name)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.contains(['-', ' '])
    {
        return true;
    }
    let name = line.split(']').next().unwrap_or(line);
    let rest = line[name.len()..].trim_start_matches(']').trim_start();
    let name = name.trim_start_matches('[').trim();
    line.starts_with('[')
        && (rest.is_empty() || rest.starts_with('#'))
        && is_name(name)
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"')
        && name != "true"
        && name != "false"
}

/// Whether a text is a key, dotted and quoted as may be.
pub(super) fn is_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let part = part.trim();
        let inner = ['"', '\''].iter().find_map(|quote| part.strip_prefix(*quote)?.strip_suffix(*quote));
        match inner {
            Some(inner) => !inner.contains(['"', '\'']),
            None => !part.is_empty() && part.bytes().all(is_key_byte),
        }
    };
    text.split('.').all(is_part)
}

pub(super) fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}
