//! Selects the findings that people see.

use std::collections::HashMap;

use diagnostics::human::Renderer;
use diagnostics::{Diagnostic, Report, Severity, count};

use crate::global::Global;
use crate::terminal::{color_out, paint};

/// The findings of a warning rule that are shown in full unless all are asked for.
const SHOWN_PER_RULE: usize = 3;

/// How many findings are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits<'a> {
    /// Whether warnings are shown beyond the first of each rule.
    pub(crate) all: bool,
    /// Whether warnings are only counted where there are errors.
    pub(crate) errors_first: bool,
    /// The most findings, and what is said of the rest.
    pub(crate) max: Option<(usize, &'a str)>,
}

/// What is said of findings that a wish leaves out.
pub(crate) const LEFT_OUT: &str = "that --max-findings leaves out";

/// Infos, only when asked for; at most three findings of each warning rule with the count of the rest; then the errors
/// in full, so that they are what the last screen shows. Where there are errors, a caller may have warnings only counted.
pub(crate) fn findings(
    global: &Global,
    report: &Report,
    mut renderer: Renderer<'_>,
    limits: Limits<'_>,
) -> String {
    let color = color_out(global);
    let mut out = String::new();
    let wanted =
        report.findings.iter().filter(|finding| finding.severity != Severity::Info || global.verbose);
    let (chosen, left_out) = capped(wanted, limits.max.map(|(max, _)| max));
    let all = limits.all || limits.max.is_some();
    let has_errors = chosen.iter().any(|finding| finding.severity == Severity::Error);
    for severity in [Severity::Info, Severity::Warning, Severity::Error] {
        if has_errors && severity == Severity::Warning && limits.errors_first && !all {
            continue;
        }
        let mut shown: HashMap<&str, usize> = HashMap::new();
        let mut held_back: Vec<(&str, usize)> = Vec::new();
        for finding in chosen.iter().filter(|finding| finding.severity == severity) {
            let rule = finding.rule.as_str();
            let nth = shown.entry(rule).or_default();
            *nth += 1;
            if severity == Severity::Error || all || *nth <= SHOWN_PER_RULE {
                renderer.render(finding, &mut out);
            } else {
                match held_back.iter_mut().find(|(known, _)| *known == rule) {
                    Some((_, count)) => *count += 1,
                    None => held_back.push((rule, 1)),
                }
            }
        }
        for (rule, more) in &held_back {
            out.push_str(&format!("  … and {more} more of {}\n", paint(color, "33", rule)));
        }
        if !held_back.is_empty() {
            out.push_str("  (show them with --all)\n\n");
        }
    }
    if let Some((_, why)) = limits.max.filter(|_| left_out > 0) {
        out.push_str(&format!("  … and {} {why}\n\n", count(left_out, "finding")));
    }
    out
}

/// The findings that are shown where at most `max` are, in their order, and how many are left out.
/// Errors stay longest, infos go first.
pub(crate) fn capped<'a>(
    findings: impl Iterator<Item = &'a Diagnostic>,
    max: Option<usize>,
) -> (Vec<&'a Diagnostic>, usize) {
    let mut findings: Vec<_> = findings.enumerate().collect();
    let all = findings.len();
    if let Some(max) = max {
        findings.sort_by_key(|(_, finding)| finding.severity);
        findings.truncate(max);
        findings.sort_by_key(|(at, _)| *at);
    }
    let left_out = all - findings.len();
    (findings.into_iter().map(|(_, finding)| finding).collect(), left_out)
}
