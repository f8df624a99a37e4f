//! A table: a row of headers, and the rows below it.

use diagnostics::{Anchor, Finding, Place, RuleId, Severity, TableCell};
use model::{Entity, Subject};

use crate::grid::{Grid, Row};
use crate::told;

/// A broken table.
pub(crate) const SYNTAX: RuleId = RuleId("schema/syntax");

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
    /// The cells, with what stands above the headers.
    pub(crate) grid: Grid,
    /// The index of the row of headers.
    pub(crate) header: usize,
}

impl Table {
    /// The rows below the headers, blank ones too.
    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> {
        self.grid.rows(self.header + 1..self.grid.len())
    }

    /// How many rows hold something.
    pub(crate) fn count(&self) -> usize {
        self.rows().filter(|row| !row.is_blank()).count()
    }

    /// Tells of blank rows that have others below them.
    pub(crate) fn blank_rows(&self, numbers: &[u64]) -> Option<Finding> {
        let header = self.grid.row(self.header).number();
        let last = self.rows().next_back()?.number();
        let blank: Vec<u64> =
            numbers.iter().copied().filter(|number| (header..last).contains(number)).collect();
        let first = *blank.first()?;
        let others = match blank.len() - 1 {
            0 => String::new(),
            more => {
                format!(", and so {} more", if more == 1 { "is one".into() } else { format!("are {more}") })
            }
        };
        let message = format!("the row is blank, with rows below it{others}");
        let place = TableCell { row: Some(first), ..self.whole() };
        let finding = fault(SYNTAX, place, message, "blank rows are passed over: take them out");
        Some(Finding { severity: Severity::Warning, ..finding })
    }

    /// The place of a cell.
    pub(crate) fn cell(&self, row: Row<'_>, column: usize) -> TableCell {
        let header = self.headers.get(column).filter(|header| !header.is_empty());
        TableCell {
            column: Some(letter(column)),
            header: header.cloned(),
            text: Some(row.text(column).to_owned()),
            ..self.row(row)
        }
    }

    /// The place of a row.
    pub(crate) fn row(&self, row: Row<'_>) -> TableCell {
        TableCell { sheet: self.sheet.clone(), ..at_row(&self.file, Some(row.number())) }
    }

    /// The place of a header.
    pub(crate) fn header_cell(&self, column: usize) -> TableCell {
        TableCell { header: None, ..self.cell(self.grid.row(self.header), column) }
    }

    /// The place of the table as a whole.
    pub(crate) fn whole(&self) -> TableCell {
        self.row(self.grid.row(self.header))
    }
}

/// The place of a row, or of a whole file.
pub(crate) fn at_row(file: &str, row: Option<u64>) -> TableCell {
    TableCell { file: file.to_owned(), sheet: None, row, column: None, header: None, text: None }
}

/// A, B, … Z, AA: the name of a column, from 0.
pub(crate) fn letter(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        before => letter(before - 1) + &last.to_string(),
    }
}

/// A fault of a table.
pub(crate) fn fault(rule: RuleId, cell: TableCell, message: String, help: &str) -> Finding {
    let subject = Subject::entity(Entity::File(cell.file.clone()));
    let place = Place { subject, anchor: Anchor::Value };
    told(Finding::new(rule, Severity::Error, place, message).help(help), cell)
}
