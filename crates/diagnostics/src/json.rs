//! Findings as JSON: every key always there, `null` or `[]` for what does not apply.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{Finding, Location, Position, Report, Summary};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<Value>,
    summary: &'a Summary,
}

/// Writes the report as one JSON document.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let findings = report.findings.iter().map(finding).collect();
    serde_json::to_writer(&mut *out, &Document { version: 1, findings, summary: &report.summary })?;
    out.write_all(b"\n")
}

/// One finding.
pub fn finding(finding: &Finding) -> Value {
    let subject = &finding.place.subject;
    let (file, start, end, table) = place(finding.location.as_ref());
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| {
            let (file, start, end, table) = place(related.location.as_ref());
            json!({ "message": related.message, "file": file, "start": start, "end": end, "table": table })
        })
        .collect();
    let fix = finding.mend().map(|fix| {
        let edits: Vec<Value> = fix.splices.iter().map(|(file, splice)| {
            json!({ "file": file, "start": splice.start, "end": splice.end, "insert": splice.insert })
        }).collect();
        json!({ "title": fix.title, "safe": fix.safe, "edits": edits })
    });
    json!({
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        "file": file,
        "start": start,
        "end": end,
        "subject": {
            "entity": subject.entity.reference(),
            "dimension": subject.dimension,
            "field": subject.field.as_ref().map(ToString::to_string),
        },
        "table": table,
        "related": related,
        "fix": fix,
        "fingerprint": finding.fingerprint,
    })
}

fn place(location: Option<&Location>) -> (Value, Value, Value, Value) {
    let position = |position: &Position| json!(position);
    match location {
        None => (Value::Null, Value::Null, Value::Null, Value::Null),
        Some(Location::File(range)) => {
            (json!(range.file), position(&range.start), position(&range.end), Value::Null)
        }
        Some(Location::Table(cell)) => (json!(cell.file), Value::Null, Value::Null, json!(cell)),
    }
}
