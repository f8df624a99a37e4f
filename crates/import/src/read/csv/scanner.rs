//! Records and fields of a CSV text, one pass, with the place of whatever breaks it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

use crate::limits::{MAX_COLUMNS, MAX_FIELDS, MAX_TEXT_BYTES};
use crate::read::grid::{Grid, is_blank};

/// The shape of a record whose cells a grid has got.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The line on which it begins.
    pub(crate) line: u64,
    /// How many fields it has.
    pub(crate) fields: usize,
    /// How many without the blank ones at its end.
    pub(crate) filled: usize,
}

/// A place at which a text is no CSV.
#[derive(Debug)]
pub(crate) struct Broken {
    /// The line, from 1.
    pub(crate) line: u32,
    /// The character of the line, from 1.
    pub(crate) column: usize,
    /// The field, from 0.
    pub(crate) field: usize,
    /// What is wrong.
    pub(crate) what: Cow<'static, str>,
    /// What to write.
    pub(crate) help: &'static str,
}

/// The line and column, both from 1, of a byte; CR, LF and CR LF end a line.
pub(crate) fn position(text: &str, at: usize) -> (u32, usize) {
    let before = &text[..at];
    let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    (line_ends(before) + 1, before[start..].chars().count() + 1)
}

fn line_ends(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).filter(ends).count() as u32
}

/// Reads one record after the other.
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    delimiter: u8,
}

/// The text of a field, which is a piece of the whole.
struct Field {
    piece: Range<usize>,
    /// Whether it holds doubled quotes, or returns.
    is_escaped: bool,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, delimiter: u8) -> Self {
        Self { text, at: 0, line: 1, delimiter }
    }

    /// A scanner of a piece of the text that begins and ends with a record, and counts lines from there.
    pub(crate) fn piece(&self, piece: Range<usize>) -> Self {
        Self { at: piece.start, ..Self::new(&self.text[..piece.end], self.delimiter) }
    }

    /// The byte at which the next record begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The line on which the next record begins.
    pub(crate) fn line(&self) -> u32 {
        self.line
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over lines that hold nothing but delimiters and blanks; the first of them, and how many there are.
    pub(crate) fn blank_lines(&mut self) -> Option<(u64, u64)> {
        let first = self.line;
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| byte == self.delimiter || byte == b' ') {
                self.at += 1;
            }
            match self.peek() {
                Some(end @ (b'\n' | b'\r')) => self.end_line(end),
                _ => {
                    self.at = start;
                    break;
                }
            }
        }
        let count = self.line - first;
        (count > 0).then_some((first.into(), count.into()))
    }

    fn end_line(&mut self, end: u8) {
        let is_pair = end == b'\r' && self.text.as_bytes().get(self.at + 1) == Some(&b'\n');
        self.at += if is_pair { 2 } else { 1 };
        self.line += 1;
    }

    /// Puts the next record into a grid as a row; nothing at the end of the text. Its escaped texts are as they are
    /// written, until [`Grid::unescape`].
    pub(crate) fn record(&mut self, grid: &mut Grid) -> Result<Option<Shape>, Broken> {
        if self.peek().is_none() {
            return Ok(None);
        }
        let line = self.line;
        grid.begin_row(line);
        let (mut fields, mut filled) = (0, 0);
        loop {
            let start = self.at;
            let field = if self.peek() == Some(b'"') {
                self.quoted_field(fields)?
            } else {
                Field { piece: self.bare_field(fields)?, is_escaped: false }
            };
            let Field { piece, is_escaped } = field;
            let text = &self.text[piece.clone()];
            if text.len() > MAX_TEXT_BYTES {
                return Err(self.too_long(start, fields));
            }
            if !is_blank(text) {
                filled = fields + 1;
                if fields < MAX_COLUMNS {
                    match is_escaped {
                        false => grid.push_piece(fields as u16, piece),
                        true => grid.push_escaped(fields as u16, piece),
                    }
                }
            }
            fields += 1;
            if fields > MAX_FIELDS {
                let (what, help) = (format!("a record has more than {MAX_FIELDS} fields"), "split the table");
                return Err(self.broken(start, MAX_FIELDS, what, help));
            }
            match self.peek() {
                Some(byte) if byte == self.delimiter => self.at += 1,
                end => {
                    if let Some(end) = end {
                        self.end_line(end);
                    }
                    return Ok(Some(Shape { line: line.into(), fields, filled }));
                }
            }
        }
    }

    fn bare_field(&mut self, field: usize) -> Result<Range<usize>, Broken> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        // No byte is looked at for more than one field, whatever ends it.
        let end = memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
        self.at += memchr(b'"', &rest[..end]).unwrap_or(end);
        if self.at < start + end {
            return Err(self.broken(
                self.at,
                field,
                "a double quote is in a field that does not begin with one",
                "put the whole field between double quotes and double those within",
            ));
        }
        Ok(start..self.at)
    }

    /// Reads a quoted field.
    fn quoted_field(&mut self, field: usize) -> Result<Field, Broken> {
        let open = self.at;
        self.at += 1;
        let mut is_escaped = false;
        loop {
            let Some(next) = memchr(b'"', &self.text.as_bytes()[self.at..]) else {
                return Err(self.broken(
                    open,
                    field,
                    "a double quote opens here and is never closed",
                    "close it, and double every double quote within the field",
                ));
            };
            self.at += next + 1;
            match self.peek() {
                // Every character may be a quote, which is written twice.
                Some(b'"') if self.at - open > 2 * MAX_TEXT_BYTES + 2 => {
                    return Err(self.too_long(open, field));
                }
                Some(b'"') => {
                    is_escaped = true;
                    self.at += 1;
                }
                None | Some(b'\n' | b'\r') => break,
                Some(byte) if byte == self.delimiter => break,
                Some(_) => {
                    return Err(self.broken(
                        self.at,
                        field,
                        "there is text after a closing double quote",
                        "double every double quote within the field",
                    ));
                }
            }
        }
        let piece = open + 1..self.at - 1;
        let text = &self.text[piece.clone()];
        let has_returns = memchr(b'\r', text.as_bytes()).is_some();
        self.line +=
            if has_returns { line_ends(text) } else { memchr_iter(b'\n', text.as_bytes()).count() as u32 };
        Ok(Field { piece, is_escaped: is_escaped || has_returns })
    }

    fn too_long(&self, at: usize, field: usize) -> Broken {
        self.broken(at, field, "a text of more than 128 KiB begins", "shorten it")
    }

    fn broken(
        &self,
        at: usize,
        field: usize,
        what: impl Into<Cow<'static, str>>,
        help: &'static str,
    ) -> Broken {
        let (line, column) = position(self.text, at);
        Broken { line, column, field, what: what.into(), help }
    }
}
