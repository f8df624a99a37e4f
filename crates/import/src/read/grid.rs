//! Typed cells with absolute positions, whatever the file was.
//!
//! A cell's text is a piece of the file's own text, or is in a buffer with others that are not, and a
//! cell that is blank is not kept: a table of millions of cells costs their bytes and little more.

mod row;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use memchr::memchr2;
use model::tabular::unguard;

use crate::limits::{MAX_CELLS, MAX_ROWS, MAX_TEXTS_BYTES};
use crate::read::invalid_cell::InvalidCell;
use crate::read::room::Room;

pub(crate) use self::row::Row;

/// What kind of value a cell holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// A text, without the blanks around it.
    #[default]
    Text,
    /// A whole number that a spreadsheet shows as it is.
    Integer,
    /// Any other number: one with a fraction, a unit or a format that changes its look.
    Number,
    /// A calendar day, as `YYYY-MM-DD`.
    Date,
    /// A calendar day that shows without its day, as `YYYY-MM`.
    Month,
    /// A time of day, a duration, or a day with a time other than midnight.
    Time,
    /// `TRUE` or `FALSE`.
    Boolean,
    /// An error such as `#N/A`.
    Error,
    /// A formula whose value the file does not hold.
    Uncalculated,
    /// Any of these, where it does not fit its column.
    Refused,
}

impl CellKind {
    /// The kind and text of a number that no format changes.
    pub(crate) fn of_number(value: f64) -> (Self, String) {
        // Up to here, every whole number has its own float.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() < EXACT {
            return (Self::Integer, (value as i64).to_string());
        }
        (Self::Number, value.to_string())
    }
}

/// A cell that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell<'g> {
    /// Its column, from 0.
    pub(crate) column: usize,
    /// The kind of its value.
    pub(crate) kind: CellKind,
    /// Its text, line ends as LF.
    pub(crate) text: &'g str,
    /// Whether its value came from a formula.
    pub(crate) is_formula: bool,
    /// Of a text, the target of its link, where that is another text; of a number, its format or how
    /// it looks.
    pub(crate) detail: Option<&'g str>,
    /// Why it does not fit its column, if it was refused.
    pub(crate) invalid: Option<&'g InvalidCell>,
}

/// Rows of typed cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// The text of the file, where it is one.
    source: Arc<String>,
    /// Buffers of what is no piece of it, each with the place of its first byte. Places go on from the end
    /// of the source.
    texts: Vec<(usize, String)>,
    cells: Vec<Stored>,
    rows: Vec<Line>,
    details: BTreeMap<u32, Arc<str>>,
    invalid: BTreeMap<u32, Box<InvalidCell>>,
    /// What cells show in the file whose text was replaced.
    shown: BTreeMap<u32, Kept>,
    /// The bytes of all cells' texts, those that share one included.
    bytes: usize,
    /// What it may hold.
    room: Room,
}

/// A text that cells may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kept {
    start: u32,
    length: u32,
}

#[derive(Debug, Clone, Copy)]
struct Stored {
    text: Kept,
    column: u16,
    kind: CellKind,
    is_formula: bool,
    /// Whether its text is written as in a quoted field: see [`Grid::unescape`].
    is_escaped: bool,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    number: u32,
    first: u32,
}

/// The rows of a table that are not counted: its headers.
const HEADS: usize = 1;

/// Takes doubled quotes, and the returns of line ends, out of a quoted field; the bytes that are left,
/// at its beginning.
fn unescaped(text: &mut [u8]) -> usize {
    let (mut from, mut to) = (0, 0);
    while let Some(next) = memchr2(b'"', b'\r', &text[from..]) {
        let sign = text[from + next];
        text.copy_within(from..from + next, to);
        to += next;
        text[to] = if sign == b'\r' { b'\n' } else { sign };
        to += 1;
        from += next + 1;
        let is_pair = |next| matches!((sign, next), (b'"', b'"') | (b'\r', b'\n'));
        from += usize::from(text.get(from).is_some_and(|next| is_pair(*next)));
    }
    text.copy_within(from.., to);
    to + text.len() - from
}

/// Returns whether a text holds nothing but blanks.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

impl Grid {
    /// A grid of pieces of a text, with room for so many bytes that are none.
    pub(crate) fn of(source: &Arc<String>, room: usize) -> Self {
        let texts = vec![(source.len(), String::with_capacity(room))];
        Self { source: Arc::clone(source), texts, ..Self::default() }
    }

    /// The same, with this room.
    pub(crate) fn within(self, room: Room) -> Self {
        Self { room, ..self }
    }

    /// The same, with room for the cells of a text of so many bytes, unless they are short.
    pub(crate) fn for_bytes(mut self, bytes: usize) -> Self {
        const BYTES_OF_CELL: usize = 16;
        self.cells.reserve_exact(bytes / BYTES_OF_CELL);
        self
    }

    /// Begins a row, below those before.
    pub(crate) fn begin_row(&mut self, number: u32) {
        self.rows.push(Line { number, first: self.cells.len() as u32 });
    }

    /// As [`Self::begin_row`], in the place of the last row if that is blank: only the rows that hold something cost.
    pub(crate) fn next_row(&mut self, number: u32) {
        self.trim();
        self.begin_row(number);
    }

    /// Adds a cell to the last row, to the right of those before. A blank one is not kept.
    pub(crate) fn push(&mut self, column: u16, kind: CellKind, text: &str) {
        let text = self.keep(text);
        self.push_kept(column, kind, text);
    }

    /// As [`Self::push_piece`], with a piece that is escaped as a quoted field is, until [`Self::unescape`].
    pub(crate) fn push_escaped(&mut self, column: u16, piece: Range<usize>) {
        let before = self.cells.len();
        self.push_piece(column, piece);
        if let Some(cell) = self.cells.get_mut(before) {
            cell.is_escaped = true;
        }
    }

    /// As [`Self::unescape`], with copies of what they say: for a few rows of a text that is read again.
    pub(crate) fn copy_escaped(&mut self) {
        for at in 0..self.cells.len() {
            if self.cells[at].is_escaped {
                let mut bytes = self.text(self.cells[at].text).as_bytes().to_vec();
                let said = unescaped(&mut bytes);
                bytes.truncate(said);
                self.cells[at].text = self.keep(&String::from_utf8_lossy(&bytes));
                self.cells[at].is_escaped = false;
            }
        }
    }

    /// Writes escaped texts as what they say, each in its place in the source: a copy of them would cost as much as the
    /// file. What is left of their places is blank.
    pub(crate) fn unescape(&mut self) {
        if !self.cells.iter().any(|cell| cell.is_escaped) {
            return;
        }
        let mut bytes = Arc::unwrap_or_clone(std::mem::take(&mut self.source)).into_bytes();
        for cell in self.cells.iter_mut().filter(|cell| cell.is_escaped) {
            let Kept { start, length } = cell.text;
            let text = &mut bytes[start as usize..][..length as usize];
            let said = unescaped(text);
            text[said..].fill(b' ');
            (cell.text.length, cell.is_escaped) = (said as u32, false);
            self.bytes -= text.len() - said;
        }
        // Quotes and line ends went, and characters stayed whole.
        let text = String::from_utf8(bytes);
        let text = text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        self.source = Arc::new(text);
    }

    /// As [`Self::push`], with a piece of the source.
    pub(crate) fn push_piece(&mut self, column: u16, piece: Range<usize>) {
        let text = &self.source[piece.clone()];
        // Most texts have no spaces around them, as their ends show.
        let is_bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        let (blank, length) = match text.as_bytes() {
            bytes if is_bare(bytes.first()) && is_bare(bytes.last()) => (0, text.len()),
            _ => (text.len() - text.trim_start().len(), text.trim().len()),
        };
        let text = Kept { start: (piece.start + blank) as u32, length: length as u32 };
        self.push_kept(column, CellKind::Text, text);
    }

    /// Keeps a text, without the blanks around it, for cells to share.
    pub(crate) fn keep(&mut self, text: &str) -> Kept {
        let text = text.trim();
        if text.is_empty() {
            return Kept { start: 0, length: 0 };
        }
        let start = self.end();
        if self.texts.is_empty() {
            self.texts.push((start, String::new()));
        }
        if let Some((_, texts)) = self.texts.last_mut() {
            texts.push_str(text);
        }
        Kept { start: start as u32, length: text.len() as u32 }
    }

    /// As [`Self::push`], with a text kept before.
    pub(crate) fn push_kept(&mut self, column: u16, kind: CellKind, text: Kept) {
        if text.length > 0 {
            self.bytes += text.length as usize;
            self.cells.push(Stored { text, column, kind, is_formula: false, is_escaped: false });
        }
    }

    /// Says of the last cell that its value came from a formula.
    pub(crate) fn mark_formula(&mut self) {
        if let Some(cell) = self.cells.last_mut() {
            cell.is_formula = true;
        }
    }

    /// Gives a cell its detail.
    pub(crate) fn detail(&mut self, cell: usize, detail: Arc<str>) {
        self.details.insert(cell as u32, detail);
    }

    /// The detail of a cell.
    fn detail_of(&self, cell: usize) -> Option<Arc<str>> {
        self.details.get(&(cell as u32)).cloned()
    }

    /// Gives a cell another text, which replaces the one that it shows.
    pub(crate) fn replace(&mut self, cell: usize, text: Kept) {
        let stored = &mut self.cells[cell];
        self.shown.entry(cell as u32).or_insert(stored.text);
        self.bytes = self.bytes + text.length as usize - stored.text.length as usize;
        (stored.text, stored.kind) = (text, CellKind::Text);
        self.details.remove(&(cell as u32));
    }

    /// Says why a cell does not fit its column.
    pub(crate) fn refuse(&mut self, cell: usize, invalid: InvalidCell) {
        self.cells[cell].kind = CellKind::Refused;
        self.invalid.insert(cell as u32, Box::new(invalid));
    }

    /// Takes out all rows but the first.
    pub(crate) fn truncate(&mut self, rows: usize) {
        if let Some(row) = self.rows.get(rows) {
            self.cells.truncate(row.first as usize);
            self.rows.truncate(rows);
        }
    }

    /// The text that a cell shows in the file.
    pub(crate) fn shown(&self, cell: usize) -> &str {
        self.text(self.shown.get(&(cell as u32)).copied().unwrap_or(self.cells[cell].text))
    }

    /// The indexes of the rows whose numbers lie between two, these included.
    pub(crate) fn between(&self, first: u32, last: u32) -> Range<usize> {
        let before = |number: u32| self.rows.partition_point(|row| row.number < number);
        before(first)..before(last.saturating_add(1))
    }

    /// How many cells there are.
    pub(crate) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Takes the guard against formulas off every text.
    pub(crate) fn unguard(&mut self) {
        for at in 0..self.cells.len() {
            let Kept { start, length } = self.cells[at].text;
            let bare = unguard(self.text(self.cells[at].text)).trim_start().len() as u32;
            self.cells[at].text = Kept { start: start + length - bare, length: bare };
        }
    }

    /// Copies cells to others that are blank, each given by its row index, its column and the index of
    /// the cell to copy.
    pub(crate) fn fill(&mut self, mut fill: Vec<(usize, u16, usize)>) {
        fill.sort_unstable();
        let mut fill = fill.into_iter().peekable();
        let (cells, details) = (std::mem::take(&mut self.cells), std::mem::take(&mut self.details));
        let copy = |grid: &mut Self, index: usize, column: u16| {
            if let Some(detail) = details.get(&(index as u32)) {
                grid.details.insert(grid.cells.len() as u32, detail.clone());
            }
            grid.bytes += cells[index].text.length as usize;
            grid.cells.push(Stored { column, ..cells[index] });
        };
        self.bytes = 0;
        for row in 0..self.rows.len() {
            let end = self.rows.get(row + 1).map_or(cells.len(), |next| next.first as usize);
            let mut own = self.rows[row].first as usize..end;
            self.rows[row].first = self.cells.len() as u32;
            loop {
                let next_own = own.clone().next().map(|index| cells[index].column);
                let next_fill = fill.peek().filter(|(at, ..)| *at == row).map(|(_, column, _)| *column);
                match (next_own, next_fill) {
                    (Some(column), other) if other.is_none_or(|other| column <= other) => {
                        copy(self, own.start, column);
                        own.start += 1;
                        if other == Some(column) {
                            fill.next();
                        }
                    }
                    (_, Some(column)) => {
                        let index = fill.next().map_or(0, |(_, _, index)| index);
                        if self.cells.last().is_none_or(|last| {
                            self.cells.len() == self.rows[row].first as usize || last.column < column
                        }) {
                            copy(self, index, column);
                        }
                    }
                    _ => break,
                }
            }
        }
    }

    /// The indexes of a row's cells, for [`Self::detail`] and [`Self::at`].
    pub(crate) fn indexes(&self, row: usize) -> Range<usize> {
        self.row(row).range()
    }

    /// Takes out the cells of the last row.
    pub(crate) fn blank_row(&mut self) {
        if let Some(row) = self.rows.last() {
            self.cells.truncate(row.first as usize);
        }
    }

    /// What there is too much of, if anything.
    pub(crate) fn excess(&self) -> Option<String> {
        self.excess_of(0, 0, 0)
    }

    /// What there would be too much of with the rows of other grids, if anything.
    pub(crate) fn excess_with<'g>(&self, others: impl Iterator<Item = &'g Self>) -> Option<String> {
        let (rows, cells, bytes) = others.fold((0, 0, 0), |(rows, cells, bytes), other| {
            (rows + other.rows.len() as u64, cells + other.cells.len() as u64, bytes + other.bytes as u64)
        });
        self.excess_of(rows, cells, bytes)
    }

    /// What there would be too much of with so many more rows, cells and bytes of texts, if anything.
    pub(crate) fn excess_of(&self, rows: u64, cells: u64, bytes: u64) -> Option<String> {
        let is_over = |own: usize, more: u64, most: usize| (own as u64).saturating_add(more) > most as u64;
        // The row of headers, and one that may be blank.
        if is_over(self.rows.len().saturating_sub(HEADS), rows, self.room.rows) {
            return Some(format!("more than {MAX_ROWS} rows"));
        }
        if is_over(self.cells.len(), cells, self.room.cells) {
            return Some(format!("more than {MAX_CELLS} cells"));
        }
        let mib = MAX_TEXTS_BYTES / 1024 / 1024;
        let is_over = is_over(self.bytes, bytes, self.room.texts);
        is_over.then(|| format!("texts of more than {mib} MiB"))
    }

    /// The room that is left beside this grid.
    pub(crate) fn left(&self) -> Room {
        Room {
            rows: self.room.rows.saturating_sub(self.rows.len().saturating_sub(HEADS)),
            cells: self.room.cells.saturating_sub(self.cells.len()),
            texts: self.room.texts.saturating_sub(self.bytes),
            ..self.room
        }
    }

    /// Adds the rows of another grid of the same source below those here, each that many lines further down.
    pub(crate) fn append(&mut self, other: Self, lines: u32) {
        let (first, source) = (self.cells.len() as u32, self.source.len() as u32);
        let moved = (self.end() - self.source.len()) as u32;
        let text = |Kept { start, length }| Kept {
            start: if start < source { start } else { start + moved },
            length,
        };
        self.cells.extend(other.cells.into_iter().map(|cell| Stored { text: text(cell.text), ..cell }));
        let row = |row: Line| Line { number: row.number + lines, first: row.first + first };
        self.rows.extend(other.rows.into_iter().map(row));
        self.details.extend(other.details.into_iter().map(|(cell, detail)| (cell + first, detail)));
        self.texts.extend(other.texts.into_iter().map(|(at, text)| (at + moved as usize, text)));
        self.bytes += other.bytes;
    }

    /// Takes out the blank rows at the end.
    pub(crate) fn trim(&mut self) {
        while self.rows.last().is_some_and(|row| row.first as usize == self.cells.len()) {
            self.rows.pop();
        }
    }

    /// How many rows there are, blank ones too.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The place after the last of all texts.
    fn end(&self) -> usize {
        self.texts.last().map_or(self.source.len(), |(at, text)| at + text.len())
    }

    fn text(&self, Kept { start, length }: Kept) -> &str {
        let (start, length) = (start as usize, length as usize);
        if start < self.source.len() {
            return &self.source[start..start + length];
        }
        let at = self.texts.partition_point(|(at, _)| *at <= start);
        match self.texts[..at].last() {
            Some((at, texts)) => &texts[start - at..][..length],
            None => "",
        }
    }

    /// The row at an index.
    pub(crate) fn row(&self, index: usize) -> Row<'_> {
        Row { grid: self, index }
    }

    /// The rows at some indexes.
    pub(crate) fn rows(&self, indexes: Range<usize>) -> impl DoubleEndedIterator<Item = Row<'_>> {
        indexes.map(|index| self.row(index))
    }
}
