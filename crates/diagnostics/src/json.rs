//! Findings as JSON: every key always there, `null` or `[]` for what does not apply.

use std::io::{self, Write};

use model::Subject;
use serde::Serialize;

use crate::{Diagnostic, Location, Patch, Position, Report, RuleId, Severity, Summary, TableCell, visible};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<JsonFinding<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: RuleId,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    file: Option<&'a str>,
    start: Option<Position>,
    end: Option<Position>,
    subject: JsonSubject<'a>,
    table: Option<&'a TableCell>,
    related: Vec<JsonRelated<'a>>,
    fix: Option<JsonFix<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct JsonSubject<'a> {
    entity: Option<String>,
    dimension: Option<&'a str>,
    field: Option<String>,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    message: &'a str,
    file: Option<&'a str>,
    start: Option<Position>,
    end: Option<Position>,
    table: Option<&'a TableCell>,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    file: &'a str,
    start: usize,
    end: usize,
    insert: &'a str,
}

/// Writes the report as one JSON document.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let findings = report.findings.iter().map(shown).collect();
    visible::to_writer(out, &Document { version: 1, findings, summary: &report.summary })?;
    out.write_all(b"\n")
}

/// One finding.
pub fn finding(finding: &Diagnostic) -> impl Serialize {
    shown(finding)
}

fn shown(finding: &Diagnostic) -> JsonFinding<'_> {
    let (file, start, end, table) = place(finding.location.as_ref());
    let related = finding.related.iter().map(|related| {
        let (file, start, end, table) = place(related.location.as_ref());
        JsonRelated { message: &related.message, file, start, end, table }
    });
    JsonFinding {
        rule: finding.rule,
        severity: finding.severity,
        message: &finding.message,
        help: finding.help.as_deref(),
        file,
        start,
        end,
        subject: subject(&finding.subject),
        table,
        related: related.collect(),
        fix: finding.patch().map(fix),
        fingerprint: &finding.fingerprint,
    }
}

type JsonPlace<'a> = (Option<&'a str>, Option<Position>, Option<Position>, Option<&'a TableCell>);

fn place(location: Option<&Location>) -> JsonPlace<'_> {
    match location {
        None => (None, None, None, None),
        Some(Location::File(range)) => (Some(&range.file), Some(range.start), Some(range.end), None),
        Some(Location::Table(cell)) => (Some(&cell.file), None, None, Some(cell)),
    }
}

fn subject(subject: &Subject) -> JsonSubject<'_> {
    JsonSubject {
        entity: subject.entity.reference(),
        dimension: subject.dimension.as_deref(),
        field: subject.field.as_ref().map(ToString::to_string),
    }
}

fn fix(fix: &Patch) -> JsonFix<'_> {
    let edits = fix.splices.iter().map(|(file, splice)| JsonEdit {
        file,
        start: splice.start,
        end: splice.end,
        insert: &splice.insert,
    });
    JsonFix { title: &fix.title, safe: fix.applicability.is_safe(), edits: edits.collect() }
}
