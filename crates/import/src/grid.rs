//! Typed cells with absolute positions, whatever the file was.
//!
//! The texts of all cells stand in one buffer, and a cell that is blank is not kept: a table of
//! millions of cells costs their bytes and little more.

use std::collections::BTreeMap;
use std::ops::Range;

/// What kind of value a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(dead_code, reason = "workbooks hold more than texts")]
pub(crate) enum CellKind {
    /// A text, exact.
    Text,
    /// A whole number that a spreadsheet shows as it is.
    Integer,
    /// Any other number: one with a fraction, a unit or a format that changes its look.
    Number,
    /// A calendar day, as `YYYY-MM-DD`.
    Date,
    /// A time of day, a duration, or a day with a time other than midnight.
    Time,
    /// `TRUE` or `FALSE`.
    Boolean,
    /// An error such as `#N/A`.
    Error,
    /// A formula whose value the file does not hold.
    Uncalculated,
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
    /// Of a text, the target of its link, where that is another text; of a number, its format; of an
    /// uncalculated cell, its formula.
    pub(crate) detail: Option<&'g str>,
}

/// Rows of typed cells.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    texts: String,
    cells: Vec<Stored>,
    rows: Vec<Line>,
    details: BTreeMap<u32, Box<str>>,
}

#[derive(Debug, Clone, Copy)]
struct Stored {
    start: u32,
    length: u32,
    column: u16,
    kind: CellKind,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    number: u32,
    first: u32,
}

impl Grid {
    /// Begins a row, below those before.
    pub(crate) fn begin_row(&mut self, number: u32) {
        self.rows.push(Line { number, first: self.cells.len() as u32 });
    }

    /// Adds a cell to the last row, to the right of those before. A blank one is not kept.
    pub(crate) fn push(&mut self, column: u16, kind: CellKind, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let (start, length) = (self.texts.len() as u32, text.len() as u32);
        self.texts.push_str(text);
        self.cells.push(Stored { start, length, column, kind });
    }

    /// Takes out the cells of the last row.
    pub(crate) fn blank_row(&mut self) {
        let Some(row) = self.rows.last() else { return };
        self.cells.truncate(row.first as usize);
        self.texts.truncate(self.cells.last().map_or(0, |cell| (cell.start + cell.length) as usize));
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

    /// The row at an index.
    pub(crate) fn row(&self, index: usize) -> Row<'_> {
        Row { grid: self, index }
    }

    /// The rows at some indexes.
    pub(crate) fn rows(&self, indexes: Range<usize>) -> impl DoubleEndedIterator<Item = Row<'_>> {
        indexes.map(|index| self.row(index))
    }
}

/// A row of a grid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'g> {
    grid: &'g Grid,
    index: usize,
}

impl<'g> Row<'g> {
    /// Its index among the rows of the grid.
    pub(crate) fn index(self) -> usize {
        self.index
    }

    /// The row as people count; in a CSV file, the line on which it begins.
    pub(crate) fn number(self) -> u64 {
        self.grid.rows[self.index].number.into()
    }

    /// Its cells that are not blank, from left to right.
    pub(crate) fn cells(self) -> impl DoubleEndedIterator<Item = Cell<'g>> {
        self.range().map(move |at| self.grid.cell(at))
    }

    /// The cell of a column, unless it is blank.
    pub(crate) fn cell(self, column: usize) -> Option<Cell<'g>> {
        let range = self.range();
        let stored = &self.grid.cells[range.clone()];
        let at = stored.binary_search_by_key(&column, |cell| cell.column.into()).ok()?;
        Some(self.grid.cell(range.start + at))
    }

    /// The text of a column, empty where the cell is blank.
    pub(crate) fn text(self, column: usize) -> &'g str {
        self.cell(column).map_or("", |cell| cell.text)
    }

    /// Whether no cell holds anything.
    pub(crate) fn is_blank(self) -> bool {
        self.range().is_empty()
    }

    fn range(self) -> Range<usize> {
        let rows = &self.grid.rows;
        let end = rows.get(self.index + 1).map_or(self.grid.cells.len(), |next| next.first as usize);
        rows[self.index].first as usize..end
    }
}

impl Grid {
    fn cell(&self, at: usize) -> Cell<'_> {
        let Stored { start, length, column, kind } = self.cells[at];
        let text = &self.texts[start as usize..][..length as usize];
        let detail = self.details.get(&(at as u32)).map(|detail| &**detail);
        Cell { column: column.into(), kind, text, detail }
    }
}
