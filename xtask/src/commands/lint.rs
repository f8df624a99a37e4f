//! `lint`: check the registry and say where, what and how to mend.

use std::collections::HashMap;
use std::time::Instant;

use diagnostics::human::{Renderer, Style};
use diagnostics::{Report, Severity, Summary, concise, count, json};
use lint::{Linter, Selection};
use model::Date;
use store::FileLocator;

use crate::cli::{Deny, Global, LintArguments, LintFormat};
use crate::folder::Folder;
use crate::judge::judge;
use crate::terminal::{color_out, paint, print, width};
use crate::{Failure, Outcome};

/// The findings of a warning rule that are shown in full unless all are asked for.
const SHOWN_PER_RULE: usize = 3;

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let folder = Folder::open(global)?;
    let only = folder.shown(&arguments.paths)?;
    let today = global.today.unwrap_or_else(Date::today);
    let (findings, counts) = judge(&folder.tree, &Linter::new(selection), today)?;
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
            out = human(global, &report, &locator, all, started).into_bytes();
        }
        LintFormat::Concise => {
            out.extend(report.findings.iter().flat_map(|finding| concise::line(finding).into_bytes()))
        }
        LintFormat::Json => json::write(&mut out, &report)?,
    }
    print(&out)?;
    let denied =
        report.summary.errors > 0 || arguments.deny == Some(Deny::Warnings) && report.summary.warnings > 0;
    Ok(if denied { Outcome::Findings } else { Outcome::Success })
}

/// Errors in full, then at most three findings of each warning rule with the count of the rest; infos
/// only when asked for.
fn human(global: &Global, report: &Report, locator: &FileLocator<'_>, all: bool, started: Instant) -> String {
    let color = color_out(global);
    let mut renderer = Renderer::new(locator, Style { color, width: width(), rule_pages: None });
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        if severity == Severity::Info && !global.verbose {
            continue;
        }
        let mut shown: HashMap<&str, usize> = HashMap::new();
        let mut held_back: Vec<(&str, usize)> = Vec::new();
        for finding in report.findings.iter().filter(|finding| finding.severity == severity) {
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
    if !global.quiet {
        out.push_str(&summary_line(color, &report.summary, started));
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
    if summary.partial > 0 {
        told.push(format!(
            "{} could be read only in part, and rules are silent about the rest",
            count(summary.partial, "file")
        ));
    }
    format!("{looked_at}: {}\n", told.join(", "))
}
