//! A table as it was read: typed cells with their places, whatever the file was.

use diagnostics::{Anchor, Finding, Place, RuleId, Severity, TableCell};
use model::{Entity, Subject};

use crate::{Input, csv, told};

/// The largest file that is read: 256 MiB.
pub const MAX_FILE_BYTES: usize = 256 * 1024 * 1024;
/// The most rows of a table.
pub const MAX_ROWS: usize = 2_000_000;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 500;
/// The longest text of a cell: 1 MiB.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;

/// A broken table.
pub(crate) const SYNTAX: RuleId = RuleId("schema/syntax");

/// A table: a row of headers and rows of texts.
#[derive(Debug)]
pub(crate) struct Table {
    /// The path of its file to show.
    pub(crate) file: String,
    /// Its headers.
    pub(crate) headers: Vec<String>,
    /// The row at which the headers stand.
    pub(crate) header_row: u64,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
}

/// A row, with one text for every header.
#[derive(Debug)]
pub(crate) struct Row {
    /// The row as people count; in a CSV file, the line on which it begins.
    pub(crate) number: u64,
    /// Its texts.
    pub(crate) texts: Vec<String>,
}

impl Table {
    /// The place of a cell.
    pub(crate) fn cell(&self, row: &Row, column: usize) -> TableCell {
        TableCell {
            file: self.file.clone(),
            sheet: None,
            row: Some(row.number),
            column: Some(letter(column)),
            header: self.headers.get(column).cloned(),
            text: row.texts.get(column).cloned(),
        }
    }

    /// The place of a header.
    pub(crate) fn header_cell(&self, column: usize) -> TableCell {
        TableCell {
            file: self.file.clone(),
            sheet: None,
            row: Some(self.header_row),
            column: Some(letter(column)),
            header: None,
            text: self.headers.get(column).cloned(),
        }
    }

    /// The place of the table as a whole.
    pub(crate) fn whole(&self) -> TableCell {
        at_row(&self.file, Some(self.header_row))
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

/// A fault of a file as a whole.
pub(crate) fn fault(rule: RuleId, cell: TableCell, message: String, help: &str) -> Finding {
    let subject = Subject::entity(Entity::File(cell.file.clone()));
    let place = Place { subject, anchor: Anchor::Value };
    told(Finding::new(rule, Severity::Error, place, message).help(help), cell)
}

/// Reads the table of a file.
pub(crate) fn read(input: &Input, findings: &mut Vec<Finding>) -> Option<Table> {
    let mut refuse = |row, message: &str, help: &str| {
        findings.push(fault(SYNTAX, at_row(&input.name, row), message.to_owned(), help));
        None
    };
    let bytes = input.bytes.as_slice();
    if bytes.len() > MAX_FILE_BYTES {
        return refuse(None, "the file has more than 256 MiB", "split the table");
    }
    match bytes {
        [] => return refuse(None, "the file is empty", "a table begins with a row of headers"),
        [b'P', b'K', 3, 4, ..] => {
            return refuse(
                None,
                "this is a workbook or another zip file, not CSV",
                "save the sheet as CSV (UTF-8)",
            );
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return refuse(
                None,
                "this is an old or encrypted Office file, not CSV",
                "save the sheet as CSV (UTF-8)",
            );
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            return refuse(None, "the file is UTF-16", "save it as CSV UTF-8");
        }
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let before = String::from_utf8_lossy(&bytes[..at]);
            let (line, column) = csv::position(&before, before.len());
            let message = format!("byte {:#04X} at column {column} is not UTF-8", bytes[at]);
            return refuse(Some(line), &message, "save the file as CSV UTF-8");
        }
    };
    if let Some(at) = text.find('\0') {
        let (line, column) = csv::position(text, at);
        let pairs = text.bytes().skip(1).step_by(2).take(32).filter(|byte| *byte == 0).count() > 8;
        let hint = if pairs {
            "every second byte is NUL, so this looks like UTF-16: save it as CSV UTF-8"
        } else {
            "take it out"
        };
        return refuse(Some(line), &format!("a NUL character (U+0000) stands at column {column}"), hint);
    }
    csv::read(&input.name, text, findings)
}
