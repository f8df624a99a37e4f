//! `lint`: check the registry and say where, what and how to mend.

mod baseline;
mod fix;
mod human;
mod output;
mod scope;
mod statistics;

use std::collections::BTreeMap;
use std::time::Instant;

use diagnostics::{Diagnostic, Report, Severity, count};
use lint::{Linter, Selection, Suppression, Suppressor};
use model::{Date, Entity, RegistryInfo};
use store::{FileLocator, Source};

use self::baseline::{Kept, Left};
use self::output::{Outputs, Run};
use self::scope::{Comparison, Scope};
use crate::cli::{Deny, Global, LintArguments};
use crate::folder::Folder;
use crate::judge::Judgement;
use crate::terminal::{note, print_diff};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &LintArguments) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let outputs = Outputs::new(&arguments.format, &arguments.output)?;
    if arguments.statistics && !outputs.are_for_people() {
        return Err(Failure::Usage("--statistics counts for people: leave --format away".to_owned()));
    }
    let selection = Selection::new(&arguments.select, &arguments.ignore)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let mending = &arguments.fixes;
    let (folder, writer) = Folder::open_for(global, mending.any() && !mending.diff)?;
    let scope = Scope::open(global, &folder, arguments)?;
    let lint = Lint {
        today: global.today.unwrap_or_else(Date::today),
        linter: Linter::new(selection),
        baseline: Kept::open(arguments, &folder)?,
        outputs,
        scope: &scope,
        folder: &folder,
        arguments,
        global,
        started,
    };
    if !mending.any() {
        let reported = lint.reported(scope.source())?;
        let hint = fix::hint(&reported.report).unwrap_or_default();
        return lint.tell(scope.source(), &reported, &hint);
    }
    let fixed =
        fix::fix(scope.source(), folder.absolute(), mending.unsafe_fixes, &|source| lint.reported(source))?;
    fixed.faults.iter().for_each(|fault| note(global, fault));
    if mending.diff {
        print_diff(&fixed.diff(&folder))?;
        note(global, &format!("would have {}", fixed.told()));
        return Ok(lint.outcome(&fixed.reported.report));
    }
    if let Some(writer) = writer {
        writer.write(&fixed.writes)?;
    }
    if !lint.outputs.are_for_people() {
        note(global, &fixed.told());
    }
    lint.tell(&fixed.transaction, &fixed.reported, &fixed.told())
}

/// What is reported of a state of the registry.
struct Reported {
    report: Report,
    /// What is held back, and by whom.
    held: Vec<Suppression>,
    /// What is left of the baseline.
    left: Option<Left>,
    /// What the registry is.
    info: RegistryInfo,
}

/// One run of the command.
struct Lint<'a> {
    global: &'a Global,
    arguments: &'a LintArguments,
    folder: &'a Folder,
    scope: &'a Scope<'a>,
    today: Date,
    linter: Linter,
    baseline: Option<Kept>,
    outputs: Outputs,
    started: Instant,
}

impl Lint<'_> {
    /// Judges a state of the registry, and keeps what is asked for.
    fn reported(&self, source: &dyn Source) -> Result<Reported, Failure> {
        let details = self.baseline.is_some();
        let Comparison { after, standing } = self.scope.judge(source, &self.linter, self.today, details)?;
        let Judgement { findings, mut held, counts, info, digest } = after;
        let locator = FileLocator::new(source, self.folder.prefix.clone());
        let mut report = Report::new(findings, counts, &locator);
        let left = self.baseline.as_ref().map(|baseline| {
            let (more, left) = baseline.apply(&mut report, &self.linter, &digest);
            held.extend(more);
            left
        });
        let is_wanted = |file: &str| self.scope.reports_on(file);
        // What became worse is an error or a warning.
        let is_worse = |finding: &Diagnostic| {
            !self.scope.compares()
                || finding.severity != Severity::Info && !standing.contains(&finding.fingerprint)
        };
        let holds = |entity: &Entity| is_wanted(&format!("{}{}", self.folder.prefix, entity.file()));
        // What is gone is reported elsewhere, under its name.
        let is_about = |finding: &Diagnostic| {
            let named = finding.identity.as_deref().and_then(Entity::of_reference);
            is_wanted(finding.location.as_ref().map_or("", |place| place.file()))
                || named.is_some_and(|entity| holds(&entity))
        };
        report.keep(|finding| is_about(finding) && is_worse(finding));
        held.retain(|one| holds(&one.entity));
        report.summary.suppressed = held.len();
        Ok(Reported { report, held, left, info })
    }

    /// Writes what is reported, with what is told of fixes.
    fn tell(&self, source: &dyn Source, reported: &Reported, fixes: &str) -> Result<Outcome, Failure> {
        let Self { global, arguments, .. } = self;
        let locator = FileLocator::new(source, self.folder.prefix.clone());
        let report = &reported.report;
        self.outputs.write(&Run {
            global,
            arguments,
            report,
            locator: &locator,
            source,
            folder: self.folder,
            all: arguments.all || self.scope.is_narrow(),
            fails: self.fails(),
            fixes,
            info: &reported.info,
            started: self.started,
        })?;
        if let (Some(baseline), Some(left)) = (&self.baseline, &reported.left) {
            baseline.finish(global, arguments.write_baseline, left, report)?;
        }
        if global.verbose && !reported.held.is_empty() {
            note(global, &told(&reported.held));
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

/// "3 findings are held back: 2 by Jane Roe, 1 by the baseline".
fn told(held: &[Suppression]) -> String {
    let mut by_whom: BTreeMap<&Suppressor, usize> = BTreeMap::new();
    for one in held {
        *by_whom.entry(&one.by).or_default() += 1;
    }
    let shares = by_whom.into_iter().map(|(by, number)| match by {
        Suppressor::Owner(owner) => format!("{number} by {}", diagnostics::cut(owner, 80)),
        Suppressor::Baseline => format!("{number} by the baseline"),
    });
    let verb = if held.len() == 1 { "is" } else { "are" };
    format!("{} {verb} held back: {}", count(held.len(), "finding"), shares.collect::<Vec<_>>().join(", "))
}
