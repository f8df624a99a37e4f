//! Findings as JSON: every key always there, `null` or `[]` for what does not apply.

use std::borrow::Cow;
use std::io::{self, Write};

use model::Subject;
use rayon::prelude::*;
use serde::Serialize;

use crate::{Diagnostic, Location, Patch, Position, Report, RuleId, Severity, TableCell, visible};

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

/// The findings that are written on one core at a time.
const SHARE: usize = 256;
/// The shares that are written at once: enough to keep all cores busy, so that the document is nowhere as a whole.
const AT_ONCE: usize = 32;

/// Writes the report as one JSON document.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let Report { findings, summary } = report;
    out.write_all(b"{\"version\":1,\"findings\":[")?;
    for (nth, shares) in findings.chunks(SHARE * AT_ONCE).enumerate() {
        let written = shares.par_chunks(SHARE).map(written).collect::<Result<Vec<_>, _>>()?;
        for (at, share) in written.iter().enumerate() {
            // Each finding begins with a comma.
            out.write_all(if nth + at == 0 { &share[1..] } else { share })?;
        }
    }
    out.write_all(b"],\"summary\":")?;
    visible::to_writer(out, summary)?;
    out.write_all(b"}\n")
}

/// Findings in their order, each after a comma.
fn written(findings: &[Diagnostic]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for finding in findings {
        out.push(b',');
        serde_json::to_writer(&mut out, &shown(finding))?;
    }
    let json = String::from_utf8(out).map_err(io::Error::other)?;
    Ok(match visible::escaped(&json) {
        Cow::Borrowed(_) => json,
        Cow::Owned(escaped) => escaped,
    }
    .into_bytes())
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

#[cfg(test)]
mod tests {
    use model::Entity;

    use super::*;
    use crate::report::tests::Nowhere;
    use crate::{Counts, Finding};

    #[test]
    fn findings_written_on_several_cores_are_one_list_in_order() {
        let finding = |nth: usize| {
            let subject = Subject::entity(Entity::Registry);
            Finding::new(RuleId("a/b"), Severity::Error, subject, format!("{nth:05} \u{200b}##[error]"))
        };
        for count in [0, 1, SHARE, SHARE + 1, SHARE * AT_ONCE, SHARE * AT_ONCE + 1] {
            let report = Report::new((0..count).map(finding).collect(), Counts::default(), &Nowhere);
            let mut out = Vec::new();
            write(&mut out, &report).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.ends_with("}\n") && !text.contains('\u{200b}') && !text.contains("##["));
            let read: serde_json::Value = serde_json::from_str(&text).unwrap();
            let messages = read["findings"].as_array().unwrap().iter().map(|one| one["message"].as_str());
            assert!(messages.eq(report.findings.iter().map(|one| Some(one.message.as_str()))), "{count}");
            assert_eq!(read["summary"]["errors"], count);
        }
    }
}
