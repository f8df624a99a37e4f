//! Records and fields of a CSV text, one pass, with the place of whatever breaks it.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

use crate::limits::{MAX_COLUMNS, MAX_TEXT_BYTES};
use crate::read::grid::{CellKind, Grid, is_blank};

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
    pub(crate) what: &'static str,
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
    unquoted: String,
}

/// The text of a field: a piece of the whole, or what its quotes stand for.
enum Field {
    Piece(Range<usize>),
    Unquoted,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, delimiter: u8) -> Self {
        Self { text, at: 0, line: 1, delimiter, unquoted: String::new() }
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

    /// Puts the next record into a grid as a row; nothing at the end of the text.
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
                Field::Piece(self.bare_field(fields)?)
            };
            let text = match &field {
                Field::Piece(piece) => &self.text[piece.clone()],
                Field::Unquoted => self.unquoted.as_str(),
            };
            if text.len() > MAX_TEXT_BYTES {
                let (what, help) = ("a text of more than 1 MiB begins", "shorten it");
                return Err(self.broken(start, fields, what, help));
            }
            if !is_blank(text) {
                filled = fields + 1;
                if fields < MAX_COLUMNS {
                    match field {
                        Field::Piece(piece) => grid.push_piece(fields as u16, piece),
                        Field::Unquoted => grid.push(fields as u16, CellKind::Text, text),
                    }
                }
            }
            fields += 1;
            match self.peek() {
                Some(byte) if byte == self.delimiter => self.at += 1,
                end => {
                    self.line += u32::from(end.is_some());
                    self.at += match end {
                        Some(b'\r') if self.text[self.at..].starts_with("\r\n") => 2,
                        Some(_) => 1,
                        None => 0,
                    };
                    return Ok(Some(Shape { line: line.into(), fields, filled }));
                }
            }
        }
    }

    fn bare_field(&mut self, field: usize) -> Result<Range<usize>, Broken> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let delimiter = self.delimiter;
        let end = memchr3(delimiter, b'"', b'\n', rest).unwrap_or(rest.len());
        self.at += memchr(b'\r', &rest[..end]).unwrap_or(end);
        if self.peek() == Some(b'"') {
            return Err(self.broken(
                self.at,
                field,
                "a double quote stands within a field that does not begin with one",
                "put the whole field between double quotes and double those within",
            ));
        }
        Ok(start..self.at)
    }

    /// Reads a quoted field, its line ends as LF.
    fn quoted_field(&mut self, field: usize) -> Result<Field, Broken> {
        let open = self.at;
        self.at += 1;
        let mut start = self.at;
        self.unquoted.clear();
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
                Some(b'"') => {
                    self.unquoted.push_str(&self.text[start..self.at]);
                    self.at += 1;
                    start = self.at;
                }
                None | Some(b'\n' | b'\r') => break,
                Some(byte) if byte == self.delimiter => break,
                Some(_) => {
                    return Err(self.broken(
                        self.at,
                        field,
                        "text stands after a closing double quote",
                        "double every double quote within the field",
                    ));
                }
            }
        }
        let last = start..self.at - 1;
        let within = &self.text[open + 1..last.end];
        let has_returns = memchr(b'\r', within.as_bytes()).is_some();
        if start == open + 1 && !has_returns {
            self.line += memchr_iter(b'\n', within.as_bytes()).count() as u32;
            return Ok(Field::Piece(last));
        }
        self.unquoted.push_str(&self.text[last]);
        if has_returns {
            self.unquoted = self.unquoted.replace("\r\n", "\n").replace('\r', "\n");
        }
        self.line += memchr_iter(b'\n', self.unquoted.as_bytes()).count() as u32;
        Ok(Field::Unquoted)
    }

    fn broken(&self, at: usize, field: usize, what: &'static str, help: &'static str) -> Broken {
        let (line, column) = position(self.text, at);
        Broken { line, column, field, what, help }
    }
}
