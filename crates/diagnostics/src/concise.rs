//! One line a finding: `file:line:column: severity[rule] message`.

use std::fmt::Write;

use crate::{Diagnostic, Location, cut, printable};

/// The most characters of a header or of the name of a sheet that are shown: every finding repeats them.
const SHOWN: usize = 200;

/// The line of a finding, with its line end.
pub fn line(finding: &Diagnostic) -> String {
    let mut line = place(finding.location.as_ref());
    if !line.is_empty() {
        line.push_str(": ");
    }
    let _ = writeln!(line, "{}[{}] {}", finding.severity.name(), finding.rule, printable(&finding.message));
    line
}

/// `file:line:column`, the cell of a table, or nothing.
fn place(location: Option<&Location>) -> String {
    match location {
        Some(Location::File(range)) => {
            format!("{}:{}:{}", printable(&range.file), range.start.line, range.start.column)
        }
        Some(Location::Table(cell)) => table(cell),
        None => String::new(),
    }
}

/// `file.xlsx [cells] F7 (note)`.
pub fn table(cell: &crate::TableCell) -> String {
    let mut shown = printable(&cell.file).into_owned();
    if let Some(sheet) = &cell.sheet {
        let _ = write!(shown, " [{}]", printable(&cut(sheet, SHOWN)));
    }
    if cell.row.is_some() || cell.column.is_some() {
        shown.push(' ');
        shown.push_str(cell.column.as_deref().unwrap_or(if cell.row.is_some() { "row " } else { "" }));
        if let Some(row) = cell.row {
            let _ = write!(shown, "{row}");
        }
    }
    if let Some(header) = &cell.header {
        let _ = write!(shown, " ({})", printable(&cut(header, SHOWN)));
    }
    shown
}

/// Place, rule and what is wrong, for logs that show nothing else.
pub(crate) fn placed(finding: &Diagnostic) -> String {
    let place = place(finding.location.as_ref());
    let colon = if place.is_empty() { "" } else { ": " };
    format!("{place}{colon}[{}] {}", finding.rule, printable(&finding.message))
}

/// What is wrong, for formats that say where in lines and columns: a cell of a table has none, so it
/// comes first.
pub(crate) fn message(finding: &Diagnostic) -> String {
    let message = printable(&finding.message);
    match &finding.location {
        Some(Location::Table(cell)) => format!("{}: {message}", table(cell)),
        _ => message.into_owned(),
    }
}

/// What to write, and the places that belong to the finding: each on its own line, with a line feed
/// before it.
pub(crate) fn details(finding: &Diagnostic) -> String {
    let mut lines = String::new();
    if let Some(help) = &finding.help {
        let _ = write!(lines, "\n{}", printable(help));
    }
    for related in &finding.related {
        let place = place(related.location.as_ref());
        let colon = if place.is_empty() { "" } else { ": " };
        let _ = write!(lines, "\n{place}{colon}{}", printable(&related.message));
    }
    lines
}
