//! A sheet of a workbook, whatever the workbook is.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use diagnostics::cut;

use crate::limits::MAX_CELLS;
use crate::read::grid::{CellKind, Grid};
use crate::read::refused::Refused;
use crate::read::table::letter;

/// The most notes on the cells of a sheet.
const MAX_NOTES: usize = 100_000;
/// The most characters of a note that are kept, to name it by.
const SHOWN_OF_NOTE: usize = 80;

/// A sheet of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: String,
    /// Whether it is hidden.
    pub(crate) is_hidden: bool,
    /// Its cells; none where nobody wanted it.
    pub(crate) grid: Grid,
    /// Notes on cells, by row and column.
    pub(crate) notes: BTreeMap<(u32, u16), String>,
    /// Cells that show as one.
    pub(crate) merged: Vec<Region>,
    /// What is wrong with single cells.
    pub(crate) faults: Vec<Refused>,
    /// The cells that its links reached.
    pub(crate) linked: usize,
}

impl Sheet {
    /// Remembers a note on a cell; of several, the first.
    pub(crate) fn note(&mut self, row: u32, column: u16, text: &str) -> Result<(), Refused> {
        if self.notes.len() >= MAX_NOTES {
            return Err(Refused::new("the sheet has too many notes on cells", "remove them"));
        }
        self.notes.entry((row, column)).or_insert_with(|| cut(text.trim(), SHOWN_OF_NOTE).into_owned());
        Ok(())
    }

    /// Gives merged cells the value of the first.
    pub(crate) fn fill_merged(&mut self) -> Result<(), Refused> {
        let mut fill = Vec::new();
        for region in &self.merged {
            let rows = self.grid.between(*region.rows.start(), *region.rows.end());
            let first = rows.clone().next().map(|row| self.grid.row(row));
            let first = first.filter(|row| row.number() == u64::from(*region.rows.start()));
            let Some(index) = first.and_then(|row| row.index_of(usize::from(*region.columns.start()))) else {
                continue;
            };
            if fill.len() + rows.len() * region.columns.len() > MAX_CELLS {
                return Err(Refused::new("the sheet has too many merged cells", "unmerge them"));
            }
            for row in rows {
                fill.extend(region.columns.clone().map(|column| (row, column, index)));
            }
        }
        self.grid.fill(fill);
        Ok(())
    }

    /// Remembers where the texts of a region link to, unless they say so themselves.
    pub(crate) fn link(&mut self, region: &Region, target: &str) -> Result<(), Refused> {
        for row in self.grid.between(*region.rows.start(), *region.rows.end()) {
            for index in self.grid.indexes(row) {
                let cell = self.grid.at(index);
                let is_within = region.columns.contains(&(cell.column as u16));
                let same =
                    |text: &str| text.trim().trim_end_matches('/') == target.trim().trim_end_matches('/');
                if is_within && cell.kind == CellKind::Text && !same(cell.text) {
                    self.grid.detail(index, target);
                }
            }
            self.linked += self.grid.indexes(row).len() + 1;
            if self.linked > MAX_CELLS {
                return Err(Refused::new("the sheet has too many links", "remove those that are no sources"));
            }
        }
        Ok(())
    }
}

/// A rectangle of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Region {
    /// Its rows, from 1.
    pub(crate) rows: RangeInclusive<u32>,
    /// Its columns, from 0.
    pub(crate) columns: RangeInclusive<u16>,
}

impl Region {
    /// Whether it is a single cell.
    pub(crate) fn is_single(&self) -> bool {
        self.rows.start() == self.rows.end() && self.columns.start() == self.columns.end()
    }
}

impl std::fmt::Display for Region {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cell = |row: u32, column: u16| format!("{}{row}", letter(column.into()));
        let first = cell(*self.rows.start(), *self.columns.start());
        write!(f, "{first}:{}", cell(*self.rows.end(), *self.columns.end()))
    }
}
