//! `lint`: check the registry and say where, what and how to mend.

mod human;
mod statistics;

use std::time::Instant;

use diagnostics::{Finding, Report, concise, count, json};
use lint::{Linter, Selection};
use model::Date;
use store::FileLocator;

use crate::cli::{Deny, Global, LintArguments, LintFormat};
use crate::folder::Folder;
use crate::judge::{Judgement, judge};
use crate::terminal::{links_out, note, print};
use crate::{Failure, Outcome, pages};

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    if arguments.statistics && arguments.format != LintFormat::Human {
        return Err(Failure::Usage("--statistics counts for people: leave --format away".to_owned()));
    }
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let folder = Folder::open(global)?;
    let only = folder.shown(&arguments.paths)?;
    let today = global.today.unwrap_or_else(Date::today);
    let Judgement { findings, counts, info, .. } = judge(&folder.tree, &Linter::new(selection), today)?;
    let locator = FileLocator::new(&folder.tree, folder.prefix.clone());
    let mut report = Report::new(findings, counts, &locator);
    if !only.is_empty() {
        report.keep(|finding| {
            let file = finding.location.as_ref().map_or("", |location| location.file());
            only.iter().any(|path| {
                if path.is_empty() || path.ends_with('/') { file.starts_with(path) } else { file == path }
            })
        });
    }
    let mut out = Vec::new();
    match arguments.format {
        LintFormat::Human => {
            let all = arguments.all || !only.is_empty();
            let pages = links_out(global).then(|| pages::address(&info)).flatten();
            let wishes = human::Wishes { arguments, all, pages: pages.as_deref() };
            out = human::render(global, &report, &locator, &wishes, started).into_bytes();
        }
        LintFormat::Concise => {
            let (shown, left_out) = capped(report.findings.iter(), arguments.max_findings);
            out.extend(shown.into_iter().flat_map(|finding| concise::line(finding).into_bytes()));
            if left_out > 0 {
                note(global, &format!("--max-findings leaves out {}", count(left_out, "finding")));
            }
        }
        LintFormat::Json => json::write(&mut out, &report)?,
    }
    print(&out)?;
    let denied =
        report.summary.errors > 0 || arguments.deny == Some(Deny::Warnings) && report.summary.warnings > 0;
    Ok(if denied { Outcome::Findings } else { Outcome::Success })
}

/// The findings that are shown where at most `max` are, in their order, and how many are left out.
/// Errors stay longest, infos go first.
fn capped<'a>(findings: impl Iterator<Item = &'a Finding>, max: Option<usize>) -> (Vec<&'a Finding>, usize) {
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
