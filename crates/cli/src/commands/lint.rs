//! `lint`: checks the registry and reports what is wrong, where, and how to fix it.

mod baseline;
mod fix;
mod human;
mod outputs;
mod scope;
mod statistics;

use std::collections::BTreeMap;
use std::env;
use std::time::Instant;

use diagnostics::{Report, Severity, count};
use lint::{Linter, Selection, Suppression, Suppressor};
use model::Date;
use registry::{Checked, Options, check, check_and_fix};
use store::{FileLocator, Source, may_be_sparse};

use self::outputs::{Outputs, Run};
use self::scope::Judged;
use crate::arguments::{Deny, LintArguments};
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::{note, print_diff};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let outputs = Outputs::new(&arguments.format, &arguments.output)?;
    if arguments.statistics && !outputs.are_for_people() {
        return Err(Failure::Usage("--statistics has no --format: remove one of the two".to_owned()));
    }
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let mending = &arguments.fixes;
    let (folder, writer) = if arguments.staged || (!mending.any() && may_be_sparse(&env::current_dir()?)) {
        (Folder::open_in_git(global)?, None)
    } else {
        Folder::open_for(global, mending.any() && !mending.diff)?
    };
    let Judged { scope, only } = scope::open(global, &folder, arguments)?;
    let options = Options {
        today: global.today.unwrap_or_else(Date::today),
        linter: Linter::new(selection),
        baseline: baseline::open(arguments, &folder)?,
        prefix: folder.prefix.clone(),
        only,
    };
    let is_narrow = scope.compares() || !options.only.is_empty();
    let lint = Lint { options, outputs, is_narrow, folder: &folder, arguments, global, started };
    if !mending.any() {
        let checked = check(&scope, &lint.options)?;
        let hint = match scope.compares() || arguments.staged || arguments.stdin_path.is_some() {
            true => fix::hint_as_command(&checked.report),
            false => fix::hint(&checked.report),
        };
        let hint = hint.unwrap_or_default();
        return lint.report(scope.source(), &checked, &hint);
    }
    let fixed = check_and_fix(&scope, &lint.options, folder.absolute(), mending.unsafe_fixes)?;
    fixed.faults.iter().for_each(|fault| note(global, fault));
    let summary = fix::summary(&fixed);
    if mending.diff {
        print_diff(&fix::diff(&fixed, &folder))?;
        note(global, &format!("would have {summary}"));
        return Ok(lint.outcome(&fixed.checked.report));
    }
    if let Some(writer) = writer {
        writer.write(fixed.writes.iter().cloned())?;
    }
    if !lint.outputs.are_for_people() {
        note(global, &summary);
    }
    lint.report(&fixed.transaction, &fixed.checked, &summary)
}

/// One run of the command.
struct Lint<'a> {
    global: &'a Global,
    arguments: &'a LintArguments,
    folder: &'a Folder,
    options: Options,
    outputs: Outputs,
    /// Whether only some findings are wanted, so that all of these are shown.
    is_narrow: bool,
    started: Instant,
}

impl Lint<'_> {
    /// Writes the report, with the message about fixes.
    fn report(&self, source: &dyn Source, checked: &Checked, fixes: &str) -> Result<Outcome, Failure> {
        let Self { global, arguments, .. } = self;
        let locator = FileLocator::new(source, self.folder.prefix.clone());
        let report = &checked.report;
        self.outputs.write(&Run {
            global,
            arguments,
            report,
            locator: &locator,
            source,
            folder: self.folder,
            all: arguments.all || self.is_narrow,
            fails: self.fails(),
            fixes,
            info: &checked.info,
            started: self.started,
        })?;
        if let (Some(baseline), Some(left)) = (&self.options.baseline, &checked.left) {
            baseline::finish(baseline, global, arguments.write_baseline, left, report)?;
        }
        if global.verbose && !checked.held.is_empty() {
            note(global, &suppressed(&checked.held));
        }
        Ok(self.outcome(report))
    }

    fn outcome(&self, report: &Report) -> Outcome {
        let warnings = if self.fails() == Severity::Warning { report.summary.warnings } else { 0 };
        if report.summary.errors + warnings > 0 { Outcome::Findings } else { Outcome::Success }
    }

    /// The least severity that fails the run.
    fn fails(&self) -> Severity {
        if self.arguments.deny == Some(Deny::Warnings) { Severity::Warning } else { Severity::Error }
    }
}

/// "3 findings are suppressed: 2 by Jane Roe, 1 by the baseline".
fn suppressed(held: &[Suppression]) -> String {
    let mut by_whom: BTreeMap<&Suppressor, usize> = BTreeMap::new();
    for one in held {
        *by_whom.entry(&one.by).or_default() += 1;
    }
    let shares = by_whom.into_iter().map(|(by, number)| match by {
        Suppressor::Owner(owner) => format!("{number} by {}", diagnostics::cut(owner, 80)),
        Suppressor::Baseline => format!("{number} by the baseline"),
    });
    let verb = if held.len() == 1 { "is" } else { "are" };
    format!("{} {verb} suppressed: {}", count(held.len(), "finding"), shares.collect::<Vec<_>>().join(", "))
}
