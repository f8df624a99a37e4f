//! A fault of a table, with its place.

use diagnostics::{Finding, Place, RuleId, Severity, TableCell, cut};
use model::{Entity, Subject};

use crate::limits::SHOWN_OF_CELL;
use crate::read::grid::Row;

/// A fault of a row.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) finding: Finding,
    /// The row that has it, where its place is the header: all rows that have it are one finding.
    pub(crate) row: Option<u64>,
}

impl From<Finding> for Fault {
    fn from(finding: Finding) -> Self {
        Self { finding, row: None }
    }
}

impl Fault {
    /// A fault at a cell.
    pub(crate) fn at(rule: RuleId, place: TableCell, message: String, help: &str) -> Self {
        Self { row: None, finding: fault(rule, place, message, help) }
    }

    /// A fault of a row that is reported once for all rows, at the header.
    pub(crate) fn of_table(
        rule: RuleId,
        place: TableCell,
        row: Row<'_>,
        message: String,
        help: &str,
    ) -> Self {
        Self { row: Some(row.number()), ..Self::at(rule, place, message, help) }
    }

    /// A finding about a record, at a cell.
    pub(crate) fn of(finding: Finding, place: TableCell) -> Self {
        Self { finding: told(finding, place), row: None }
    }

    /// The same, of another severity.
    pub(crate) fn of_severity(mut self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// The same, with another place that belongs to it.
    pub(crate) fn related(mut self, place: TableCell, message: &str) -> Self {
        let subject = self.finding.place.subject.clone();
        self.finding.related(Place::cell(subject, place), message);
        self
    }
}

/// The most ranges of rows that are named.
const RANGES: usize = 12;

/// "192 rows: 2-150, 160 and others", from row numbers in order.
pub(crate) fn in_rows(rows: &[u64]) -> String {
    let ranges: Vec<_> = rows.chunk_by(|one, next| next - one == 1).collect();
    let range = |run: &&[u64]| match run {
        [first, .., last] => format!("{first}-{last}"),
        rows => rows.iter().map(u64::to_string).collect(),
    };
    let shown: Vec<_> = ranges.iter().take(RANGES).map(range).collect();
    let more = if ranges.len() > RANGES { " and others" } else { "" };
    match rows {
        [row] => format!("row {row}"),
        rows => format!("{} rows: {}{more}", rows.len(), shown.join(", ")),
    }
}

/// What a finding repeats of a text of a table. Each finding of a cell has its own, so a long text is cut.
pub(crate) fn excerpt(text: &str) -> String {
    cut(text, SHOWN_OF_CELL).into_owned()
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
    Finding::new(rule, Severity::Error, Place::cell(subject, cell), message).with_help(help)
}

/// A fault that refuses nothing.
pub(crate) fn warning(finding: Finding) -> Finding {
    Finding { severity: Severity::Warning, ..finding }
}

/// Something to know.
pub(crate) fn notice(finding: Finding) -> Finding {
    Finding { severity: Severity::Info, ..finding }
}

/// A finding of a table, with its place.
fn told(finding: Finding, cell: TableCell) -> Finding {
    Finding { place: Place::cell(finding.place.subject, cell), ..finding }
}
