//! Workflow commands: GitHub Actions shows each as an annotation of its file.
//!
//! The runner shows ten errors and ten warnings of a step; the log holds all of them.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::{Finding, Location, Report, Severity, concise, printable};

/// Writes one command a finding: `::error file=…,line=…::message`.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    report.findings.iter().try_for_each(|finding| out.write_all(command(finding).as_bytes()))
}

/// The command of a finding, with its line end.
fn command(finding: &Finding) -> String {
    let mut command = format!("::{} ", level(finding.severity));
    match &finding.location {
        Some(Location::File(range)) => {
            let (start, end) = (range.start, range.end);
            let _ =
                write!(command, "file={},line={},endLine={},", property(&range.file), start.line, end.line);
            // The runner drops columns that are not of one line.
            if start.line == end.line {
                let _ = write!(command, "col={},endColumn={},", start.column, end.column);
            }
        }
        Some(Location::Table(cell)) => {
            let _ = write!(command, "file={},", property(&cell.file));
            if let Some(row) = cell.row {
                let _ = write!(command, "line={row},");
            }
        }
        None => {}
    }
    let title = property(finding.rule.as_str());
    let text = format!("{}{}", concise::message(finding), concise::details(finding));
    let _ = writeln!(command, "title={title}::{}", data(&text));
    command
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// The text of a command. Line ends are the only characters that could begin another command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or at `::`.
fn property(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    if text.contains(['%', ':', ',']) {
        data(&text).replace(':', "%3A").replace(',', "%2C").into()
    } else {
        text
    }
}
