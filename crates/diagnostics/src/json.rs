//! Findings as JSON: every key always there, `null` or `[]` for what does not apply.

use std::io::{self, Write};

use model::Subject;
use serde::Serialize;

use crate::{Diagnostic, Location, Patch, Position, Report, RuleId, Severity, Summary, TableCell, visible};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Shown<'a>>,
    summary: &'a Summary,
}

#[derive(Serialize)]
struct Shown<'a> {
    rule: RuleId,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    file: Option<&'a str>,
    start: Option<Position>,
    end: Option<Position>,
    subject: ShownSubject<'a>,
    table: Option<&'a TableCell>,
    related: Vec<ShownRelated<'a>>,
    fix: Option<ShownFix<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct ShownSubject<'a> {
    entity: Option<String>,
    dimension: Option<&'a str>,
    field: Option<String>,
}

#[derive(Serialize)]
struct ShownRelated<'a> {
    message: &'a str,
    file: Option<&'a str>,
    start: Option<Position>,
    end: Option<Position>,
    table: Option<&'a TableCell>,
}

#[derive(Serialize)]
struct ShownFix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<ShownEdit<'a>>,
}

#[derive(Serialize)]
struct ShownEdit<'a> {
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

fn shown(finding: &Diagnostic) -> Shown<'_> {
    let (file, start, end, table) = place(finding.location.as_ref());
    let related = finding.related.iter().map(|related| {
        let (file, start, end, table) = place(related.location.as_ref());
        ShownRelated { message: &related.message, file, start, end, table }
    });
    Shown {
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

type ShownPlace<'a> = (Option<&'a str>, Option<Position>, Option<Position>, Option<&'a TableCell>);

fn place(location: Option<&Location>) -> ShownPlace<'_> {
    match location {
        None => (None, None, None, None),
        Some(Location::File(range)) => (Some(&range.file), Some(range.start), Some(range.end), None),
        Some(Location::Table(cell)) => (Some(&cell.file), None, None, Some(cell)),
    }
}

fn subject(subject: &Subject) -> ShownSubject<'_> {
    ShownSubject {
        entity: subject.entity.reference(),
        dimension: subject.dimension.as_deref(),
        field: subject.field.as_ref().map(ToString::to_string),
    }
}

fn fix(fix: &Patch) -> ShownFix<'_> {
    let edits = fix.splices.iter().map(|(file, splice)| ShownEdit {
        file,
        start: splice.start,
        end: splice.end,
        insert: &splice.insert,
    });
    ShownFix { title: &fix.title, safe: fix.applicability.is_safe(), edits: edits.collect() }
}
