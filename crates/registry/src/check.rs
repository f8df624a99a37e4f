//! Judges a state and reports what is asked for.

use diagnostics::{Diagnostic, Report, Severity};
use lint::{Linter, Selection, Suppression};
use model::{Date, Entity, RegistryInfo};
use store::{FileLocator, Source, StoreError};

use crate::baseline::{BaselineFile, Left};
use crate::judgement::Judgement;
use crate::scope::{Comparison, Scope, keep_increased};

/// What a state is judged by, and what is reported of it.
pub struct Options {
    /// The day that counts as today.
    pub today: Date,
    /// The rules.
    pub linter: Linter,
    /// What is suppressed.
    pub baseline: Option<BaselineFile>,
    /// The prefix that makes a path in the data folder the path to show: nothing, or a folder with a final `/`.
    pub prefix: String,
    /// The paths to show of what is reported: files, or folders with a final `/`. None means everything.
    pub only: Vec<String>,
}

impl Options {
    /// All rules on a day; everything is reported, by its path in the data folder.
    pub fn on(today: Date) -> Self {
        let linter = Linter::new(Selection::default());
        Self { today, linter, baseline: None, prefix: String::new(), only: Vec::new() }
    }

    /// Returns whether a file, by its path to show, is reported on.
    fn reports_on(&self, file: &str) -> bool {
        is_among(file, &self.only)
    }
}

/// What is reported of a state of the registry.
pub struct Checked {
    /// What is wrong, each at its place.
    pub report: Report,
    /// What is suppressed, and by whom.
    pub held: Vec<Suppression>,
    /// What is left of the baseline.
    pub left: Option<Left>,
    /// What the registry is.
    pub info: RegistryInfo,
}

/// Judges a state of the registry, and reports what is asked for.
///
/// ```
/// use registry::{Options, Scope, check};
/// use store::WorkTree;
///
/// let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/base");
/// let scope = Scope::of(WorkTree::new(std::path::Path::new(folder))?);
/// let checked = check(&scope, &Options::on("2026-07-15".parse()?))?;
/// assert_eq!(checked.report.summary.errors, 0);
///
/// // Ten years later many an answer is far out of date.
/// let later = check(&scope, &Options::on("2036-07-15".parse()?))?;
/// assert!(later.report.findings.iter().any(|finding| finding.rule.as_str() == "cell/long-stale"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the state cannot be read.
pub fn check(scope: &Scope<'_>, options: &Options) -> Result<Checked, StoreError> {
    check_state(scope.source(), scope, options)
}

/// Judges a state in the place of that of the scope.
pub(crate) fn check_state(
    source: &dyn Source,
    scope: &Scope<'_>,
    options: &Options,
) -> Result<Checked, StoreError> {
    let Options { today, linter, baseline, prefix, .. } = options;
    let Comparison { after, known } = scope.judge(source, linter, *today, baseline.is_some())?;
    let Judgement { mut findings, mut held, counts, info, digest, .. } = after;
    // A baseline lists what was there before, too.
    if scope.compares() && baseline.is_none() {
        keep_increased(&mut findings, &known);
    }
    let locator = FileLocator::new(source, prefix.clone());
    let mut report = Report::new(findings, counts, &locator);
    let left = baseline.as_ref().map(|baseline| {
        let (more, left) = baseline.apply(&mut report, linter, &digest);
        held.extend(more);
        left
    });
    // What became worse is an error or a warning.
    let is_worse = |finding: &Diagnostic| {
        !scope.compares() || finding.severity != Severity::Info && !known.contains(&finding.fingerprint)
    };
    let holds = |entity: &Entity| options.reports_on(&format!("{prefix}{}", entity.file()));
    // What was removed is reported elsewhere, under its name.
    let is_about = |finding: &Diagnostic| {
        let named = finding.identity.as_deref().and_then(Entity::of_reference);
        options.reports_on(finding.location.as_ref().map_or("", |place| place.file()))
            || named.is_some_and(|entity| holds(&entity))
    };
    report.keep(|finding| is_about(finding) && is_worse(finding));
    held.retain(|one| holds(&one.entity));
    report.summary.suppressed = held.len();
    Ok(Checked { report, held, left, info })
}

/// Returns whether a path to show is one of these, or lies in a folder that is; true where there are none.
pub fn is_among(file: &str, only: &[String]) -> bool {
    let is_in = |path: &String| {
        if path.is_empty() || path.ends_with('/') { file.starts_with(path.as_str()) } else { file == path }
    };
    only.is_empty() || only.iter().any(is_in)
}
