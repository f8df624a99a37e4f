//! `lint`: check the registry and say where, what and how to mend.

mod human;
mod output;

use std::time::Instant;

use diagnostics::{Report, Severity};
use lint::{Linter, Selection};
use model::Date;
use store::FileLocator;

use crate::cli::{Deny, Global, LintArguments};
use crate::folder::Folder;
use crate::judge::{Judgement, judge};
use crate::{Failure, Outcome};
use output::{Outputs, Run};

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let outputs = Outputs::new(&arguments.format, &arguments.output)?;
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
    let fails = if arguments.deny == Some(Deny::Warnings) { Severity::Warning } else { Severity::Error };
    let run = Run {
        global,
        report: &report,
        locator: &locator,
        all: arguments.all || !only.is_empty(),
        fails,
        repository: info.repository_url.known().map(|url| url.as_str()),
        started,
    };
    outputs.write(&run)?;
    let denied = report.summary.errors > 0 || fails == Severity::Warning && report.summary.warnings > 0;
    Ok(if denied { Outcome::Findings } else { Outcome::Success })
}
