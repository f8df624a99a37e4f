//! `lint`: check the registry and say where, what and how to mend.

mod human;

use std::time::Instant;

use diagnostics::{Report, concise, json};
use lint::{Linter, Selection};
use model::Date;
use store::FileLocator;

use crate::cli::{Deny, Global, LintArguments, LintFormat};
use crate::folder::{Folder, is_among};
use crate::judge::{Judgement, judge};
use crate::terminal::print;
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let folder = Folder::open(global)?;
    let only = folder.shown(&arguments.paths)?;
    let today = global.today.unwrap_or_else(Date::today);
    let Judgement { findings, counts, .. } = judge(&folder.tree, &Linter::new(selection), today)?;
    let locator = FileLocator::new(&folder.tree, folder.prefix.clone());
    let mut report = Report::new(findings, counts, &locator);
    if !only.is_empty() {
        report.keep(|finding| {
            let file = finding.location.as_ref().map_or("", |location| location.file());
            is_among(file, &only)
        });
    }
    let mut out = Vec::new();
    match arguments.format {
        LintFormat::Human => {
            let all = arguments.all || !only.is_empty();
            out = human::render(global, &report, &locator, all, started).into_bytes();
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
