//! Workflow commands: GitHub Actions shows each as an annotation of its file.
//!
//! The runner shows ten errors, ten warnings and ten notices of a step; the log holds all of them, each with
//! its message alone, so that the message names place and rule too.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::{Diagnostic, Location, Report, RuleId, Severity, Summary, concise, count, cut, printable};

/// The most annotations of a kind in a step: the runner of GitHub shows no more.
const SHOWN: usize = 10;

/// The most findings that a summary lists, and the most characters of each.
const LISTED: (usize, usize) = (50, 500);

/// Writes one command a finding: `::error file=…,line=…::message`, errors first. Where not all of them are shown,
/// a line says how many there are.
pub fn write(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    errors_first(report).into_iter().try_for_each(|finding| out.write_all(command(finding).as_bytes()))?;
    let Summary { errors, warnings, infos, left_out, .. } = report.summary;
    if left_out > 0 || [errors, warnings, infos].into_iter().any(|number| number > SHOWN) {
        let shown = format!("GitHub shows {SHOWN} annotations of a kind and step");
        writeln!(out, "{} in all; {shown}, and this log {}", counted(report), report.findings.len())?;
    }
    Ok(())
}

/// The findings by severity, and else in their order.
fn errors_first(report: &Report) -> Vec<&Diagnostic> {
    let mut findings: Vec<_> = report.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// What a job summary says of the findings, as Markdown: how many each rule has, and the first of them with their
/// places.
pub fn job_summary(report: &Report) -> String {
    let mut rules: BTreeMap<(Severity, RuleId), usize> = BTreeMap::new();
    for finding in &report.findings {
        *rules.entry((finding.severity, finding.rule)).or_default() += 1;
    }
    let mut out = format!("### Lint: {}\n\n", counted(report));
    if !rules.is_empty() {
        out.push_str("| | rule | findings |\n|---|---|---:|\n");
    }
    for ((severity, rule), number) in rules {
        let _ = writeln!(out, "| {} | `{rule}` | {number} |", severity.name());
    }
    let (most, characters) = LISTED;
    let lines = errors_first(report).into_iter().take(most).map(concise::line);
    let lines: String = lines.map(|line| format!("{}\n", cut(line.trim_end(), characters))).collect();
    if !lines.is_empty() {
        let fence = fence(&lines);
        let _ = write!(out, "\n{fence}text\n{lines}{fence}\n");
    }
    if report.findings.len() > most {
        let _ = writeln!(out, "\nThese are the first {most} of {}; the log has all.", report.findings.len());
    }
    out
}

/// What begins and ends a block of lines that are not Markdown: more backticks than any of them has in a row.
fn fence(lines: &str) -> String {
    let longest = lines.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

/// "1 error and 2 warnings".
fn counted(report: &Report) -> String {
    let Summary { errors, warnings, infos, .. } = report.summary;
    let all = [(errors, "error"), (warnings, "warning"), (infos, "notice")];
    let all: Vec<_> =
        all.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
    match all.as_slice() {
        [] => "no findings".to_owned(),
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        all => all.concat(),
    }
}

/// The command of a finding, with its line end.
fn command(finding: &Diagnostic) -> String {
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
    let text = format!("{}{}", concise::placed(finding), concise::details(finding));
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
