//! A table: a row of headers, and the rows below it.

use std::collections::BTreeSet;

use diagnostics::{Anchor, Finding, Place, RuleId, Severity, TableCell};
use memchr::memchr3_iter;
use model::tabular::{GUARD_MARK, unguard};
use model::{Entity, Subject};
use rayon::prelude::*;

use crate::read::grid::{Grid, Row};
use crate::read::sheet::Region;
use crate::rules::{DOUBTFUL_VALUE, MISSING_VALUE, PASSED_OVER};
use crate::told;

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

    /// Tells of blank rows with others below them: the first, and how many there are.
    pub(crate) fn blank_rows(&self, first: u64, count: u64) -> Finding {
        let others = match count {
            ..=1 => String::new(),
            2 => ", and so is one more".to_owned(),
            more => format!(", and so are {} more", more - 1),
        };
        let place = TableCell { row: Some(first), ..self.whole() };
        let message = format!("the row is blank, with rows below it{others}");
        warning(fault(PASSED_OVER, place, message, "blank rows are passed over: take them out"))
    }

    /// Tells of blank rows between those of a sheet.
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

    /// Tells of texts with characters that nobody sees. Those that turn the direction of text are a
    /// rule's, and joiners are letters in some scripts.
    pub(crate) fn unseen(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.grid.texts().any(holds_unseen) {
            return findings;
        }
        for row in self.rows() {
            for cell in row.cells().filter(|cell| !self.is_remark(cell.column)) {
                let Some(unseen) = cell.text.chars().find(|c| UNSEEN.contains(c)) else { continue };
                let message = format!("the text holds U+{:04X}, which nobody sees", u32::from(unseen));
                let finding = fault(
                    DOUBTFUL_VALUE,
                    self.cell(row, cell.column),
                    message,
                    "take it out if it is an accident",
                );
                findings.push(warning(finding));
            }
        }
        findings
    }

    /// Whether nobody reads a column: it has no header, or one that begins with `#`.
    fn is_remark(&self, column: usize) -> bool {
        self.headers
            .get(column)
            .is_none_or(|header| header.is_empty() || header.trim_start().starts_with('#'))
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
            header: self.headers.get(column).cloned().filter(|header| !header.is_empty()),
            text: at.map(|at| self.grid.row(at).text(column).to_owned()),
            ..self.whole()
        }
    }

    /// The place of a cell.
    pub(crate) fn cell(&self, row: Row<'_>, column: usize) -> TableCell {
        let header = self.headers.get(column).filter(|header| !header.is_empty());
        TableCell {
            column: Some(letter(column)),
            header: header.cloned(),
            text: Some(row.shown(column).to_owned()),
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

/// Characters that nobody sees.
const UNSEEN: [char; 4] = ['\u{ad}', '\u{180e}', '\u{200b}', '\u{2060}'];

/// Whether a long text holds a character that nobody sees: a look at their bytes in UTF-8.
fn holds_unseen(text: &str) -> bool {
    const CHUNK: usize = 4 * 1024 * 1024;
    let chunks = text.as_bytes().par_chunks(CHUNK).enumerate();
    let unseen = |at: usize| {
        let rest = &text.as_bytes()[at..];
        matches!(
            rest,
            [0xC2, 0xAD, ..] | [0xE1, 0xA0, 0x8E, ..] | [0xE2, 0x80, 0x8B, ..] | [0xE2, 0x81, 0xA0, ..]
        )
    };
    chunks.any(|(nth, chunk)| memchr3_iter(0xC2, 0xE1, 0xE2, chunk).any(|at| unseen(nth * CHUNK + at)))
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

/// Names the characters beyond ASCII of a word that should have none, since they may look like some
/// that are: ` (with U+043E)`. Empty where there are none.
pub(crate) fn odd_characters(word: &str) -> String {
    const NAMED: usize = 4;
    let odd: BTreeSet<char> = word.chars().filter(|c| !c.is_ascii()).collect();
    if odd.is_empty() || odd.len() > NAMED {
        return String::new();
    }
    let names: Vec<_> = odd.into_iter().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    format!(" (with {})", names.join(", "))
}

/// A fault of a table.
pub(crate) fn fault(rule: RuleId, cell: TableCell, message: String, help: &str) -> Finding {
    let subject = Subject::entity(Entity::File(cell.file.clone()));
    let place = Place { subject, anchor: Anchor::Value };
    told(Finding::new(rule, Severity::Error, place, message).help(help), cell)
}

/// A fault that refuses nothing.
pub(crate) fn warning(finding: Finding) -> Finding {
    Finding { severity: Severity::Warning, ..finding }
}

/// Something to know.
pub(crate) fn notice(finding: Finding) -> Finding {
    Finding { severity: Severity::Info, ..finding }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_nobody_sees_are_known_by_their_bytes() {
        for unseen in UNSEEN {
            assert!(holds_unseen(&format!("é – {unseen}x")), "{unseen:?}");
        }
        assert!(!holds_unseen("§ é – ’ ⁂ \u{200c}\u{200d} ᠀"));
    }
}
