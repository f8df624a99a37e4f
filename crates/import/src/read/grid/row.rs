//! A row of a grid, and its cells.

use std::ops::Range;
use std::sync::Arc;

use super::{Cell, CellKind, Grid, Stored};

/// A row of a grid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'g> {
    pub(super) grid: &'g Grid,
    pub(super) index: usize,
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
        self.range().map(move |at| self.grid.at(at)).filter(|cell| !cell.text.is_empty())
    }

    /// The cell of a column, unless it is blank.
    pub(crate) fn cell(self, column: usize) -> Option<Cell<'g>> {
        self.index_of(column).map(|index| self.grid.at(index))
    }

    /// The index of the cell of a column among all, unless it is blank.
    pub(crate) fn index_of(self, column: usize) -> Option<usize> {
        let range = self.range();
        let stored = &self.grid.cells[range.clone()];
        let at = stored.binary_search_by_key(&column, |cell| cell.column.into()).ok()?;
        Some(range.start + at)
    }

    /// The detail of the cell of a column.
    pub(crate) fn detail_of(self, column: usize) -> Option<Arc<str>> {
        self.index_of(column).and_then(|index| self.grid.detail_of(index))
    }

    /// The text of a column, empty where the cell is blank.
    pub(crate) fn text(self, column: usize) -> &'g str {
        self.cell(column).map_or("", |cell| cell.text)
    }

    /// The text that a column shows in the file.
    pub(crate) fn shown(self, column: usize) -> &'g str {
        self.index_of(column).map_or("", |cell| self.grid.shown(cell))
    }

    /// The columns of its cells, from left to right.
    pub(crate) fn columns(self) -> impl DoubleEndedIterator<Item = usize> {
        self.grid.cells[self.range()].iter().map(|cell| cell.column.into())
    }

    /// How many cells hold something.
    pub(crate) fn width(self) -> usize {
        self.range().len()
    }

    /// Returns whether no cell holds anything.
    pub(crate) fn is_blank(self) -> bool {
        self.range().is_empty()
    }

    pub(super) fn range(self) -> Range<usize> {
        let rows = &self.grid.rows;
        let end = rows.get(self.index + 1).map_or(self.grid.cells.len(), |next| next.first as usize);
        rows[self.index].first as usize..end
    }
}

impl Grid {
    /// The cell at an index among all.
    #[inline]
    pub(crate) fn at(&self, index: usize) -> Cell<'_> {
        let Stored { text, column, kind, is_formula, .. } = self.cells[index];
        let details = &self.details;
        let detail =
            if details.is_empty() { None } else { details.get(&(index as u32)).map(|detail| &**detail) };
        let invalid = match kind {
            CellKind::Refused => self.invalid.get(&(index as u32)).map(|invalid| &**invalid),
            _ => None,
        };
        Cell { column: column.into(), kind, text: self.text(text), is_formula, detail, invalid }
    }
}
