//! Findings for people, and the line that sums them up.

use std::time::Instant;

use diagnostics::human::{Renderer, Style};
use diagnostics::{Report, Summary, count};
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
    /// What is told of fixes; nothing where there are none.
    pub(super) fixes: &'a str,
    /// The address of the folder of the pages, where links can be shown.
    pub(super) pages: Option<&'a str>,
}

/// Errors in full, then at most three findings of each warning rule with the count of the rest; infos
/// only when asked for.
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
        let limits =
            Limits { all: wishes.all, max: wishes.arguments.max_findings.map(|max| (max, LEFT_OUT)) };
        findings(global, report, Renderer::new(locator, style), limits)
    };
    if !global.quiet {
        out.push_str(&wrapped(&summary_line(color, &report.summary, started), width(), "", "  "));
        out.push('\n');
        if !wishes.fixes.is_empty() {
            out.push_str(&wrapped(wishes.fixes, width(), "", "  "));
            out.push('\n');
        }
    }
    out
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
    let mut told = Vec::new();
    for (number, noun, sgr) in [
        (summary.errors, "error", "1;31"),
        (summary.warnings, "warning", "33"),
        (summary.infos, "info", "36"),
    ] {
        if number > 0 {
            told.push(paint(color, sgr, &count(number, noun)));
        }
    }
    if told.is_empty() {
        told.push(paint(color, "32", "no findings"));
    }
    if summary.suppressed > 0 {
        told.push(format!("{} held back", count(summary.suppressed, "finding")));
    }
    if summary.partial > 0 {
        told.push(format!(
            "{} could be read only in part, and rules are silent about the rest",
            count(summary.partial, "file")
        ));
    }
    format!("{looked_at}: {}", told.join(", "))
}
