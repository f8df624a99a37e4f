//! Fixes what is reported, checks again, and repeats until there is nothing to fix.

use std::collections::BTreeSet;
use std::path::Path;

use diagnostics::{Diagnostic, Edit, Location, Patch, RuleId};
use model::Dimensions;
use store::{FixOutcome, Source, Store, StoreError, Transaction, Write, document_of, fix_files, format};

use crate::check::{Checked, Options, check_state};
use crate::scope::Scope;

/// The number of rounds after which rules must undo each other's fixes.
const ROUNDS: usize = 100;

/// What came of fixing.
pub struct Fixed<'s> {
    /// The data folder as it would be.
    pub transaction: Transaction<'s>,
    /// What was found of it.
    pub checked: Checked,
    /// The files that change.
    pub writes: Vec<Write>,
    /// The findings that were fixed, each where it was in the text of its round.
    pub findings: Vec<FixedFinding>,
    /// What went wrong with fixes, which is the fault of their rules.
    pub faults: Vec<String>,
}

/// A finding that was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedFinding {
    /// Its rule.
    pub rule: RuleId,
    /// Where it was.
    pub location: Option<Location>,
}

/// Makes the fixes of what is reported, in memory: the safe ones, or all. Only files that are in the folder `root` are
/// changed.
///
/// # Errors
///
/// When the state cannot be read.
pub fn check_and_fix<'s>(
    scope: &'s Scope<'_>,
    options: &Options,
    root: &Path,
    unsafe_too: bool,
) -> Result<Fixed<'s>, StoreError> {
    fix(scope.source(), root, unsafe_too, &|state| check_state(state, scope, options))
}

/// Makes the fixes of what is reported, in memory: the safe ones, or all. Files that are not in the folder on the disk
/// stay as they are.
fn fix<'s>(
    source: &'s dyn Source,
    root: &Path,
    unsafe_too: bool,
    judge: &dyn Fn(&dyn Source) -> Result<Checked, StoreError>,
) -> Result<Fixed<'s>, StoreError> {
    let mut transaction = Transaction::new(source);
    let mut reported = judge(&transaction)?;
    let (mut findings, mut faults) = (Vec::new(), Vec::new());
    let is_there = |edit: &Edit| root.join(edit.subject().entity.file()).symlink_metadata().is_ok();
    for round in 0.. {
        let wanted: Vec<(&Diagnostic, &Patch)> = reported
            .report
            .findings
            .iter()
            .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
            .filter(|(_, fix)| (unsafe_too || fix.applicability.is_safe()) && fix.edits.iter().all(is_there))
            .collect();
        if round == ROUNDS && !wanted.is_empty() {
            faults.push(endless(&wanted));
            break;
        }
        let edits: Vec<&[Edit]> = wanted.iter().map(|(_, fix)| fix.edits.as_slice()).collect();
        let fixed = fix_files(&transaction, &edits)?;
        let outcomes = wanted.iter().zip(&fixed.outcomes);
        let made = outcomes
            .filter(|(_, outcome)| **outcome == FixOutcome::Made)
            .map(|((finding, _), _)| FixedFinding { rule: finding.rule, location: finding.location.clone() });
        let made: Vec<_> = made.collect();
        if made.is_empty() {
            faults.extend(
                wanted
                    .iter()
                    .zip(&fixed.outcomes)
                    .filter_map(|((finding, _), outcome)| fault(finding, outcome)),
            );
            break;
        }
        findings.extend(made);
        fixed.texts.into_iter().for_each(|(path, text)| transaction.change(path, text));
        reported = judge(&transaction)?;
    }
    if keep_form(source, &mut transaction)? {
        reported = judge(&transaction)?;
    }
    let writes = transaction.changes()?;
    Ok(Fixed { transaction, checked: reported, writes, findings, faults })
}

/// Brings the changed files that were in canonical form back to it: a key with another name may have another
/// place. Returns whether any differs.
pub(crate) fn keep_form(source: &dyn Source, transaction: &mut Transaction<'_>) -> Result<bool, StoreError> {
    let writes = transaction.changes()?;
    if writes.is_empty() {
        return Ok(false);
    }
    let (before, after) = (Store::open(source)?.dimensions()?, Store::open(&*transaction)?.dimensions()?);
    let canonical = |path: &str, bytes: &[u8], dimensions: &Dimensions| {
        format(document_of(path)?, dimensions, std::str::from_utf8(bytes).ok()?).ok()
    };
    let mut differs = false;
    for Write { path, before: old, after: new } in writes {
        let was = old.as_deref().is_some_and(|old| {
            canonical(&path, old, &before).is_some_and(|canonical| canonical.as_bytes() == old)
        });
        let Some(new) = new else { continue };
        if let Some(text) = canonical(&path, &new, &after).filter(|text| was && text.as_bytes() != new) {
            transaction.change(path, text);
            differs = true;
        }
    }
    Ok(differs)
}

/// What is wrong with a fix that was not made.
fn fault(finding: &Diagnostic, outcome: &FixOutcome) -> Option<String> {
    let (error, whose) = match outcome {
        FixOutcome::Made | FixOutcome::Waits => return None,
        FixOutcome::Refused(error) => (error, ""),
        FixOutcome::Broken(error) => (error, ": this is a bug in the linter, please report it"),
    };
    let place = match &finding.location {
        Some(Location::File(range)) => format!("{}:{}: ", range.file, range.start.line),
        _ => String::new(),
    };
    Some(format!("{place}the fix of {} was not applied: {error}{whose}", finding.rule))
}

fn endless(wanted: &[(&Diagnostic, &Patch)]) -> String {
    let rules: BTreeSet<&str> = wanted.iter().map(|(finding, _)| finding.rule.as_str()).collect();
    let rules = rules.into_iter().collect::<Vec<_>>().join(", ");
    format!(
        "after {ROUNDS} rounds of fixes there is still something to fix for {rules}: this is a bug in the linter, please report it"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use diagnostics::{Applicability, Counts, Finding, Report, RuleId, Severity};
    use model::{Entity, RegistryInfo, Subject};
    use store::{FileLocator, WorkTree};

    use super::*;

    /// Fixes the example registry, of which a rule says something about the name of an offering.
    fn fix_with(edit: impl Fn(Subject, &str) -> Edit) -> (usize, Vec<String>) {
        let tree = WorkTree::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/base")).unwrap();
        let reported = |source: &dyn Source| {
            let text = source.read("offerings/acme-chat.toml").unwrap().unwrap();
            let name = Subject::field(Entity::Offering("acme-chat".into()), "name");
            let edit = edit(name.clone(), &String::from_utf8(text).unwrap());
            let finding = Finding::new(RuleId("text/fickle"), Severity::Warning, name, "is as it is");
            let finding = finding.with_fix("write it otherwise", Applicability::Safe, vec![edit]);
            let report = Report::new(vec![finding], Counts::default(), &FileLocator::new(source, "data/"));
            Ok(Checked { report, held: Vec::new(), left: None, info: RegistryInfo::default() })
        };
        let Ok(fixed) = fix(&tree, tree.root(), false, &reported) else {
            panic!("the example registry can be read")
        };
        assert!(fixed.writes.is_empty());
        (fixed.findings.len(), fixed.faults)
    }

    #[test]
    fn a_rule_that_undoes_its_own_fix_is_told_and_ends() {
        let (made, faults) = fix_with(|name, text| {
            let other = if text.contains("\"Acme Chat\"") { "Acme Talk" } else { "Acme Chat" };
            Edit::Set(name, other.into())
        });
        assert_eq!(made, ROUNDS);
        assert_eq!(
            faults,
            [
                "after 100 rounds of fixes there is still something to fix for text/fickle: this is a bug in the linter, please report it"
            ]
        );
    }

    #[test]
    fn a_fix_that_cannot_be_made_is_told() {
        let (made, faults) = fix_with(|name, _| Edit::Replace(name, 90..91, "x".into()));
        assert_eq!(made, 0);
        assert_eq!(
            faults,
            [
                "data/offerings/acme-chat.toml:4: the fix of text/fickle was not applied: cannot change name of offerings/acme-chat.toml: its text is shorter"
            ]
        );
    }
}
