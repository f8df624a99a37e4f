//! `lint`: check the registry and say where, what and how to mend.

mod fix;
mod human;

use std::time::Instant;

use diagnostics::{Report, concise, json};
use lint::{Linter, Selection};
use model::Date;
use store::{FileLocator, Source, write_all};

use crate::cli::{Deny, Global, LintArguments, LintFormat};
use crate::folder::Folder;
use crate::judge::{Judgement, judge};
use crate::terminal::{note, print};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let folder = Folder::open(global)?;
    let only = folder.shown(&arguments.paths)?;
    let today = global.today.unwrap_or_else(Date::today);
    let linter = Linter::new(selection);
    let reported = |source: &dyn Source| -> Result<Report, Failure> {
        let Judgement { findings, counts, .. } = judge(source, &linter, today)?;
        let mut report = Report::new(findings, counts, &FileLocator::new(source, folder.prefix.clone()));
        if !only.is_empty() {
            report.keep(|finding| {
                let file = finding.location.as_ref().map_or("", |location| location.file());
                only.iter().any(|path| {
                    if path.is_empty() || path.ends_with('/') { file.starts_with(path) } else { file == path }
                })
            });
        }
        Ok(report)
    };
    let mending = &arguments.fixes;
    if !mending.any() {
        let report = reported(&folder.tree)?;
        let told = fix::hint(&report).unwrap_or_default();
        return tell(
            global,
            arguments,
            &FileLocator::new(&folder.tree, folder.prefix.clone()),
            &report,
            &told,
            started,
        );
    }
    let fixed = fix::fix(&folder.tree, mending.unsafe_fixes, &reported)?;
    fixed.faults.iter().for_each(|fault| note(global, fault));
    if mending.diff {
        print(fixed.diff(&folder).as_bytes())?;
        note(global, &format!("would have {}", fixed.told()));
        return Ok(outcome(arguments, &fixed.report));
    }
    if !fixed.writes.is_empty() {
        write_all(folder.tree.root(), &fixed.writes)?;
    }
    if arguments.format != LintFormat::Human {
        note(global, &fixed.told());
    }
    let locator = FileLocator::new(&fixed.draft, folder.prefix.clone());
    tell(global, arguments, &locator, &fixed.report, &fixed.told(), started)
}

/// Writes the report, with what is told of fixes.
fn tell(
    global: &Global,
    arguments: &LintArguments,
    locator: &FileLocator<'_>,
    report: &Report,
    fixes: &str,
    started: Instant,
) -> Result<Outcome, Failure> {
    let mut out = Vec::new();
    match arguments.format {
        LintFormat::Human => {
            let all = arguments.all || !arguments.paths.is_empty();
            out = human::render(global, report, locator, all, fixes, started).into_bytes();
        }
        LintFormat::Concise => {
            out.extend(report.findings.iter().flat_map(|finding| concise::line(finding).into_bytes()))
        }
        LintFormat::Json => json::write(&mut out, report)?,
    }
    print(&out)?;
    Ok(outcome(arguments, report))
}

fn outcome(arguments: &LintArguments, report: &Report) -> Outcome {
    let denied =
        report.summary.errors > 0 || arguments.deny == Some(Deny::Warnings) && report.summary.warnings > 0;
    if denied { Outcome::Findings } else { Outcome::Success }
}
