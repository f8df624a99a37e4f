//! A table: a row of headers, and the rows below it.

use diagnostics::{Finding, TableCell};
use model::tabular::{GUARD_MARK, unguard};

use crate::fault::{at_row, excerpt, fault, letter, warning};
use crate::read::grid::{Grid, Row};
use crate::read::sheet::Region;
use crate::rules::{MISSING_VALUE, PASSED_OVER};

/// A table: a row of headers, and the rows below it.
#[derive(Debug)]
pub(crate) struct Table {
    /// The path of its file to show.
    pub(crate) file: String,
    /// Its sheet, where the file has sheets.
    pub(crate) sheet: Option<String>,
    /// The header of each column from the first of the sheet to the last that has one; empty where
    /// there is none.
    pub(crate) headers: Vec<String>,
    /// The cells, with the rows above the headers.
    pub(crate) grid: Grid,
    /// The index of the row of headers.
    pub(crate) header: usize,
}

impl Table {
    /// The table with its guard against formulas taken off, if it says that it is guarded.
    pub(crate) fn unguarded(mut self) -> Self {
        if self.headers.iter().any(|header| header.trim() == GUARD_MARK) {
            self.grid.unguard();
            self.headers.iter_mut().for_each(|header| *header = unguard(header).to_owned());
        }
        self
    }

    /// The rows below the headers, blank ones too.
    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> {
        self.grid.rows(self.header + 1..self.grid.len())
    }

    /// How many rows hold something.
    pub(crate) fn count(&self) -> usize {
        self.rows().filter(|row| !row.is_blank()).count()
    }

    /// Reports blank rows with others below them: the first, and how many there are.
    pub(crate) fn blank_rows(&self, first: u64, count: u64) -> Finding {
        let others = match count {
            ..=1 => String::new(),
            2 => ", and so is one more".to_owned(),
            more => format!(", and so are {} more", more - 1),
        };
        let place = TableCell { row: Some(first), ..self.whole() };
        let message = format!("the row is blank, but has rows below it{others}");
        warning(fault(PASSED_OVER, place, message, "blank rows are skipped: remove them"))
    }

    /// Reports blank rows between those of a sheet.
    pub(crate) fn gap(&self) -> Option<Finding> {
        let (mut last, mut first, mut count) = (self.whole().row.unwrap_or_default(), None, 0);
        for row in self.rows().filter(|row| !row.is_blank()) {
            let blank = row.number() - last - 1;
            if blank > 0 {
                first.get_or_insert(last + 1);
                count += blank;
            }
            last = row.number();
        }
        first.map(|first| self.blank_rows(first, count))
    }

    /// What is wrong with merged cells, if they are part of the table.
    pub(crate) fn merged(&self, region: &Region) -> Option<Finding> {
        let header = self.whole().row.unwrap_or_default();
        let last = self.rows().next_back().map_or(header, |row| row.number());
        let (rows, columns) = (&region.rows, &region.columns);
        let is_remark = |column: u16| match self.headers.get(usize::from(column)) {
            Some(header) => header.trim_start().starts_with('#'),
            None => true,
        };
        if region.is_single()
            || u64::from(*rows.end()) < header
            || u64::from(*rows.start()) > last
            || columns.clone().all(is_remark)
        {
            return None;
        }
        let place = self.place(*rows.start(), usize::from(*columns.start()));
        let message = format!("the cells {region} are merged: all but the first are empty");
        Some(fault(MISSING_VALUE, place, message, "unmerge them and fill each, or give `--fill-merged`"))
    }

    /// The place of a cell by the number of its row, which may be blank.
    pub(crate) fn place(&self, row: u32, column: usize) -> TableCell {
        let at = self.grid.between(row, row).next();
        TableCell {
            row: Some(row.into()),
            column: Some(letter(column)),
            header: self.headers.get(column).filter(|header| !header.is_empty()).map(|one| excerpt(one)),
            text: at.map(|at| excerpt(self.grid.row(at).text(column))),
            ..self.whole()
        }
    }

    /// The place of a cell.
    pub(crate) fn cell(&self, row: Row<'_>, column: usize) -> TableCell {
        let header = self.headers.get(column).filter(|header| !header.is_empty());
        TableCell {
            column: Some(letter(column)),
            header: header.map(|header| excerpt(header)),
            text: Some(excerpt(row.shown(column))),
            ..self.row(row)
        }
    }

    /// The place of a row.
    pub(crate) fn row(&self, row: Row<'_>) -> TableCell {
        TableCell { sheet: self.sheet.clone(), ..at_row(&self.file, Some(row.number())) }
    }

    /// The place of a header.
    pub(crate) fn header_cell(&self, column: usize) -> TableCell {
        let cell = self.cell(self.grid.row(self.header), column);
        TableCell { header: None, text: cell.text.filter(|text| !text.is_empty()), ..cell }
    }

    /// The place of the table as a whole.
    pub(crate) fn whole(&self) -> TableCell {
        self.row(self.grid.row(self.header))
    }
}
