//! `--fix`, `--unsafe-fixes` and `--diff`: mends what is reported, judges again, and so on until
//! nothing is left to mend.

use std::collections::BTreeSet;
use std::io::IsTerminal;

use diagnostics::{Edit, Finding, Fix, Location, Report, count};
use store::{Draft, Ended, Source, Write, fix_files};

use crate::diff::unified;
use crate::{Failure, folder::Folder};

/// The rounds of mending and judging after which rules must undo each other's fixes.
const ROUNDS: usize = 100;

/// What came of fixing.
pub(super) struct Fixed<'s> {
    /// The data folder as it would be.
    pub(super) draft: Draft<'s>,
    /// What is reported of it.
    pub(super) report: Report,
    /// The files that change.
    pub(super) writes: Vec<Write>,
    /// How many findings were mended.
    findings: usize,
    /// What went wrong with fixes, which is the fault of their rules.
    pub(super) faults: Vec<String>,
}

/// Makes the fixes of what is reported, in memory: the safe ones, or all.
pub(super) fn fix<'s>(
    source: &'s dyn Source,
    unsafe_too: bool,
    reported: &dyn Fn(&dyn Source) -> Result<Report, Failure>,
) -> Result<Fixed<'s>, Failure> {
    let mut draft = Draft::new(source);
    let mut report = reported(&draft)?;
    let (mut findings, mut faults) = (0, Vec::new());
    for round in 0.. {
        let wanted: Vec<(&Finding, &Fix)> = report
            .findings
            .iter()
            .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
            .filter(|(_, fix)| fix.safe || unsafe_too)
            .collect();
        if round == ROUNDS && !wanted.is_empty() {
            faults.push(endless(&wanted));
            break;
        }
        let edits: Vec<&[Edit]> = wanted.iter().map(|(_, fix)| fix.edits.as_slice()).collect();
        let fixed = fix_files(&draft, &edits)?;
        let made = fixed.ended.iter().filter(|ended| **ended == Ended::Made).count();
        if made == 0 {
            faults.extend(
                wanted.iter().zip(&fixed.ended).filter_map(|((finding, _), ended)| fault(finding, ended)),
            );
            break;
        }
        findings += made;
        fixed.texts.into_iter().for_each(|(path, text)| draft.change(path, text));
        report = reported(&draft)?;
    }
    let writes = draft.changes()?;
    Ok(Fixed { draft, report, writes, findings, faults })
}

/// What is wrong with a fix that was not made.
fn fault(finding: &Finding, ended: &Ended) -> Option<String> {
    let (error, whose) = match ended {
        Ended::Made | Ended::Waits => return None,
        Ended::Refused(error) => (error, ""),
        Ended::Broken(error) => (error, ": this is a fault of the linter, please report it"),
    };
    let place = match &finding.location {
        Some(Location::File(range)) => format!("{}:{}: ", range.file, range.start.line),
        _ => String::new(),
    };
    Some(format!("{place}the fix of {} is not made: {error}{whose}", finding.rule))
}

fn endless(wanted: &[(&Finding, &Fix)]) -> String {
    let rules: BTreeSet<&str> = wanted.iter().map(|(finding, _)| finding.rule.as_str()).collect();
    let rules = rules.into_iter().collect::<Vec<_>>().join(", ");
    format!(
        "after {ROUNDS} rounds of fixes there is still something to fix for {rules}: this is a fault of the linter, please report it"
    )
}

impl Fixed<'_> {
    /// "fixed 3 findings in 2 files; 2 can be fixed with --unsafe-fixes".
    pub(super) fn told(&self) -> String {
        let fixed = match self.findings {
            0 => "fixed nothing".to_owned(),
            findings => {
                format!("fixed {} in {}", count(findings, "finding"), count(self.writes.len(), "file"))
            }
        };
        hint(&self.report).map_or(fixed.clone(), |hint| format!("{fixed}; {hint}"))
    }

    /// What changes, as a unified diff. On a terminal, characters that must not reach it are shown in a
    /// visible form; elsewhere the diff is exact.
    pub(super) fn diff(&self, folder: &Folder) -> String {
        let visible = std::io::stdout().is_terminal();
        let one = |write: &Write| {
            let file = format!("{}{}", folder.prefix, write.path);
            unified(&file, write.before.as_deref().unwrap_or_default(), &write.after)
        };
        let diff: String = self.writes.iter().map(one).collect();
        if !visible {
            return diff;
        }
        diff.split_inclusive('\n')
            .map(|line| diagnostics::printable(line.trim_end_matches(['\r', '\n'])) + "\n")
            .collect()
    }
}

/// How many of the findings can be mended, and by which flag; nothing where none can.
pub(super) fn hint(report: &Report) -> Option<String> {
    let fixes = || report.findings.iter().filter_map(Finding::mend);
    let (safe, unsafe_ones) =
        (fixes().filter(|fix| fix.safe).count(), fixes().filter(|fix| !fix.safe).count());
    match (safe, unsafe_ones) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{safe} can be fixed with --fix")),
        (0, more) => Some(format!("{more} can be fixed with --unsafe-fixes")),
        (safe, more) => Some(format!("{safe} can be fixed with --fix, {more} more with --unsafe-fixes")),
    }
}
