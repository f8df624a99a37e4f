//! Findings for people, and the line that sums them up.

use std::time::Instant;

use diagnostics::human::{Renderer, Style};
use diagnostics::{Location, Report, Severity, Summary, count, printable};
use store::FileLocator;

use super::statistics;
use crate::arguments::LintArguments;
use crate::findings::{LEFT_OUT, Limits, findings};
use crate::global::Global;
use crate::terminal::{color_out, paint, width, wrapped};

/// How findings are shown.
pub(super) struct Wishes<'a> {
    /// What was asked for.
    pub(super) arguments: &'a LintArguments,
    /// Whether warnings are shown beyond the first of each rule.
    pub(super) all: bool,
    /// What is said of fixes; nothing where there are none.
    pub(super) fixes: &'a str,
    /// The least severity that fails the run.
    pub(super) fails: Severity,
    /// The address of the folder of the pages, where links can be shown.
    pub(super) pages: Option<&'a str>,
}

/// The findings, what was counted, and what counts.
pub(super) fn render(
    global: &Global,
    report: &Report,
    locator: &FileLocator<'_>,
    wishes: &Wishes<'_>,
    started: Instant,
) -> String {
    let color = color_out(global);
    let mut out = if wishes.arguments.statistics {
        statistics::table(color, report)
    } else {
        let style = Style { color, width: width(), rule_pages: wishes.pages };
        let limits = Limits {
            all: wishes.all,
            errors_first: true,
            max: wishes.arguments.max_findings.map(|max| (max, LEFT_OUT)),
        };
        findings(global, report, Renderer::new(locator, style), limits)
    };
    if !global.quiet {
        out.push_str(&wrapped(&summary_line(color, &report.summary, started), width(), "", "  "));
        out.push('\n');
        let last = last_line(report, wishes);
        if !last.is_empty() {
            out.push_str(&wrapped(&last, width(), "", "  "));
            out.push('\n');
        }
    }
    out
}

/// What counts: "1 error in data/offerings/acme.toml:15. This would not pass CI. `--fix` fixes 1."
fn last_line(report: &Report, wishes: &Wishes<'_>) -> String {
    let failing: Vec<_> = report.findings.iter().filter(|one| one.severity <= wishes.fails).collect();
    let mut sentences = Vec::new();
    if let Some(first) = failing.first() {
        let Summary { errors, warnings, .. } = report.summary;
        let warnings = if wishes.fails == Severity::Warning { warnings } else { 0 };
        let counts = [(errors, "error"), (warnings, "warning")];
        let counts: Vec<_> = counts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| count(*number, noun))
            .collect();
        let place = first.location.as_ref().map_or(String::new(), |location| {
            let first = if failing.len() > 1 { ", the first" } else { "" };
            format!("{first} in {}", printable(&place(location)))
        });
        sentences.push(format!("{}{place}.", counts.join(" and ")));
        sentences.push("This would not pass CI.".to_owned());
    }
    let Summary { warnings, partial, .. } = report.summary;
    if failing.is_empty() && warnings > 0 {
        let arguments = wishes.arguments;
        let is_whole =
            arguments.paths.is_empty() && arguments.select.is_empty() && arguments.ignore.is_empty();
        let what = if is_whole { "this" } else { "what was checked" };
        sentences.push(format!("No errors: {what} would pass CI."));
    }
    if partial > 0 {
        sentences.push(format!("The rest of {} was not fully checked.", count(partial, "file")));
    }
    let is_counted = report.summary.errors > 0 && !wishes.all && wishes.arguments.max_findings.is_none();
    if is_counted && warnings > 0 && !wishes.arguments.statistics {
        sentences.push(format!("`--all` shows the {}.", count(warnings, "warning")));
    }
    if !wishes.fixes.is_empty() {
        let mut words = wishes.fixes.chars();
        let first = words.next().map(|first| first.to_ascii_uppercase());
        sentences.push(first.into_iter().chain(words).chain(['.']).collect());
    }
    sentences.join(" ")
}

/// The file and line, or the table, of a finding.
pub(super) fn place(location: &Location) -> String {
    match location {
        Location::File(range) => format!("{}:{}", range.file, range.start.line),
        Location::Table(cell) => cell.file.clone(),
    }
}

/// "88 files, 86 entities, 296 cells in 9 ms: 1 error, 3 warnings".
fn summary_line(color: bool, summary: &Summary, started: Instant) -> String {
    let looked_at = format!(
        "{}, {} and {} in {} ms",
        count(summary.files, "file"),
        if summary.entities == 1 { "1 entity".to_owned() } else { format!("{} entities", summary.entities) },
        count(summary.cells, "cell"),
        started.elapsed().as_millis(),
    );
    let mut counts = Vec::new();
    for (number, noun, sgr) in [
        (summary.errors, "error", "1;31"),
        (summary.warnings, "warning", "33"),
        (summary.infos, "info", "36"),
    ] {
        if number > 0 {
            counts.push(paint(color, sgr, &count(number, noun)));
        }
    }
    if counts.is_empty() {
        counts.push(paint(color, "32", "no findings"));
    }
    if summary.suppressed > 0 {
        counts.push(format!("{} suppressed", count(summary.suppressed, "finding")));
    }
    format!("{looked_at}: {}", counts.join(", "))
}
