//! One line a finding: `file:line:column: severity[rule] message`.

use std::fmt::Write;

use crate::{Finding, Location, printable};

/// The line of a finding, with its line end.
pub fn line(finding: &Finding) -> String {
    let mut line = String::new();
    let _ = match &finding.location {
        Some(Location::File(range)) => {
            write!(line, "{}:{}:{}: ", printable(&range.file), range.start.line, range.start.column)
        }
        Some(Location::Table(cell)) => write!(line, "{}: ", table(cell)),
        None => Ok(()),
    };
    let _ = writeln!(line, "{}[{}] {}", finding.severity.name(), finding.rule, printable(&finding.message));
    line
}

/// `file.xlsx [cells] F7 (note)`.
pub fn table(cell: &crate::TableCell) -> String {
    let mut shown = printable(&cell.file).into_owned();
    if let Some(sheet) = &cell.sheet {
        let _ = write!(shown, " [{}]", printable(sheet));
    }
    if cell.row.is_some() || cell.column.is_some() {
        shown.push(' ');
        shown.push_str(cell.column.as_deref().unwrap_or(if cell.row.is_some() { "row " } else { "" }));
        if let Some(row) = cell.row {
            let _ = write!(shown, "{row}");
        }
    }
    if let Some(header) = &cell.header {
        let _ = write!(shown, " ({})", printable(header));
    }
    shown
}
