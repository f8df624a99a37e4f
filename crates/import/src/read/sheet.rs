//! A sheet of a workbook, whatever the workbook is.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use diagnostics::cut;

use crate::fault::letter;
use crate::limits::{MAX_CELLS, MAX_FAULTS, MAX_SHEET_NAME_BYTES, MAX_SHEETS};
use crate::read::grid::{CellKind, Grid};
use crate::read::refused::Refused;
use crate::read::refused::few_marks;
use crate::read::room::Room;

/// The most characters of a note that are kept, to name it by.
const SHOWN_OF_NOTE: usize = 80;

/// A sheet of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: String,
    /// Whether it is hidden.
    pub(crate) is_hidden: bool,
    /// Its cells; `None` if they were not requested.
    pub(crate) grid: Grid,
    /// Notes on cells, by row and column.
    pub(crate) notes: BTreeMap<(u32, u16), String>,
    /// Cells that show as one.
    pub(crate) merged: Vec<Region>,
    /// What is wrong with single cells: the first of them.
    pub(crate) faults: Vec<Refused>,
    /// How many more are faulty.
    pub(crate) more_faults: usize,
    /// The cells that its links reached.
    pub(crate) linked: usize,
}

impl Sheet {
    /// A sheet of this name, with this room for its cells.
    pub(crate) fn new(name: String, is_hidden: bool, room: Room) -> Result<Self, Refused> {
        if name.len() > MAX_SHEET_NAME_BYTES {
            let message = format!("the name of a sheet has more than {MAX_SHEET_NAME_BYTES} bytes");
            return Err(Refused::new(message, "give it a shorter one").within(&cut(&name, SHOWN_OF_NOTE)));
        }
        Ok(Self { name, is_hidden, grid: Grid::default().within(room), ..Self::default() })
    }

    /// Remembers what is wrong with a cell.
    pub(crate) fn fault(&mut self, fault: Refused) {
        if self.faults.len() < MAX_FAULTS { self.faults.push(fault) } else { self.more_faults += 1 }
    }

    /// Remembers cells that show as one.
    pub(crate) fn merge(&mut self, region: Region) -> Result<(), Refused> {
        few_marks(
            self.merged.len() + 1,
            "the sheet has more than {} merged ranges of cells",
            "unmerge them",
        )?;
        self.merged.push(region);
        Ok(())
    }

    /// Remembers a note on a cell; of several, the first.
    pub(crate) fn note(&mut self, row: u32, column: u16, text: &str) -> Result<(), Refused> {
        few_marks(self.notes.len() + 1, "the sheet has more than {} notes on cells", "remove them")?;
        self.notes.entry((row, column)).or_insert_with(|| cut(text.trim(), SHOWN_OF_NOTE).into_owned());
        Ok(())
    }

    /// Gives merged cells the value of the first.
    pub(crate) fn fill_merged(&mut self) -> Result<(), Refused> {
        let (mut fill, mut texts) = (Vec::new(), 0);
        for region in &self.merged {
            let rows = self.grid.between(*region.rows.start(), *region.rows.end());
            let first = rows.clone().next().map(|row| self.grid.row(row));
            let first = first.filter(|row| row.number() == u64::from(*region.rows.start()));
            let Some(index) = first.and_then(|row| row.index_of(usize::from(*region.columns.start()))) else {
                continue;
            };
            let bytes = self.grid.at(index).text.len() as u64;
            texts += bytes * (rows.len() * region.columns.len()) as u64;
            let cells = (fill.len() + rows.len() * region.columns.len()) as u64;
            if let Some(what) = self.grid.excess_of(0, cells, texts) {
                return Err(Refused::new(
                    format!("with merged cells filled, the import has {what}"),
                    "unmerge them",
                ));
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
        let detail: Arc<str> = target.into();
        for row in self.grid.between(*region.rows.start(), *region.rows.end()) {
            for index in self.grid.indexes(row) {
                let cell = self.grid.at(index);
                let is_within = region.columns.contains(&(cell.column as u16));
                let same =
                    |text: &str| text.trim().trim_end_matches('/') == target.trim().trim_end_matches('/');
                if is_within && cell.kind == CellKind::Text && !same(cell.text) {
                    self.grid.detail(index, Arc::clone(&detail));
                }
            }
            self.linked += self.grid.indexes(row).len() + 1;
            if self.linked > MAX_CELLS {
                let message = format!("the links of the sheet reach more than {MAX_CELLS} cells");
                return Err(Refused::new(message, "remove those that are not sources"));
            }
        }
        Ok(())
    }
}

/// Refuses a workbook with so many sheets, if these are too many.
pub(crate) fn too_many_sheets(number: usize) -> Result<(), Refused> {
    if number > MAX_SHEETS {
        let message = format!("the workbook has more than {MAX_SHEETS} sheets");
        return Err(Refused::new(message, "split it, or save its tables as CSV"));
    }
    Ok(())
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
    /// Returns whether it is a single cell.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::MAX_MARKS;

    #[test]
    fn a_sheet_has_so_many_merged_ranges_and_notes() {
        let mut sheet = Sheet::new("cells".to_owned(), false, Room::default()).unwrap();
        let region = || Region { rows: 1..=2, columns: 0..=0 };
        assert!((0..MAX_MARKS as u32).all(|row| sheet.note(row, 0, "x").is_ok()));
        assert!((0..MAX_MARKS).all(|_| sheet.merge(region()).is_ok()));
        let told = |refused: Refused| format!("{}: {}", refused.message, refused.help);
        assert_eq!(
            sheet.note(0, 1, "x").map_err(told),
            Err("the sheet has more than 100000 notes on cells: remove them".to_owned())
        );
        assert_eq!(
            sheet.merge(region()).map_err(told),
            Err("the sheet has more than 100000 merged ranges of cells: unmerge them".to_owned())
        );
    }
}
