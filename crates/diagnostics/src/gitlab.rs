//! A Code Quality report of GitLab: a list of issues, a subset of the Code Climate format.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{Diagnostic, Location, Report, Severity, concise, visible};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Value,
    content: Content,
}

/// What GitLab does not show, for other readers of the format.
#[derive(Serialize)]
struct Content {
    body: String,
}

/// Writes the report as one JSON list.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let issues: Vec<Issue<'_>> = report.findings.iter().map(issue).collect();
    visible::to_writer(out, &issues)?;
    out.write_all(b"\n")
}

fn issue(finding: &Diagnostic) -> Issue<'_> {
    Issue {
        description: concise::message(finding),
        check_name: finding.rule.as_str(),
        fingerprint: &finding.fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: location(finding),
        content: Content { body: concise::details(finding).trim_start().to_owned() },
    }
}

/// Every issue has a path and a line: the first, where no line is known.
fn location(finding: &Diagnostic) -> Value {
    match &finding.location {
        Some(Location::File(range)) => {
            let position =
                |position: crate::Position| json!({ "line": position.line, "column": position.column });
            json!({
                "path": range.file,
                "positions": { "begin": position(range.start), "end": position(range.end) },
            })
        }
        Some(Location::Table(cell)) => {
            json!({ "path": cell.file, "lines": { "begin": cell.row.unwrap_or(1) } })
        }
        None => json!({ "path": finding.subject.entity.file(), "lines": { "begin": 1 } }),
    }
}
