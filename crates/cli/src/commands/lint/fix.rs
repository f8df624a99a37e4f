//! `--fix`, `--unsafe-fixes` and `--diff`: the messages about fixes.

use std::collections::BTreeSet;

use diagnostics::{Applicability, Location, Report, command, count, printable};
use registry::{Fixed, FixedFinding};

use super::human::place;
use crate::diff::diff_of;
use crate::folder::Folder;
use crate::shell::word;

/// The most fixed findings that are named, and the most files that a command names.
const NAMED: usize = 3;

/// "fixed 1 finding in 1 file: data/offerings/acme.toml:25 (schema/syntax); `--unsafe-fixes` fixes 2".
pub(super) fn summary(fixed: &Fixed<'_>) -> String {
    let made = match fixed.findings.as_slice() {
        [] => "fixed nothing".to_owned(),
        findings => {
            let (number, files) = (count(findings.len(), "finding"), count(fixed.writes.len(), "file"));
            format!("fixed {number} in {files}: {}", named(findings))
        }
    };
    match hint(&fixed.checked.report) {
        Some(hint) => format!("{made}; {hint}"),
        None => made,
    }
}

/// The first of some fixed findings, each by its place and its rule, and how many more there are.
fn named(findings: &[FixedFinding]) -> String {
    let one = |FixedFinding { rule, location }: &FixedFinding| match location {
        Some(location) => format!("{} ({rule})", printable(&place(location))),
        None => rule.to_string(),
    };
    let first: Vec<_> = findings.iter().take(NAMED).map(one).collect();
    match findings.len() - first.len() {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// What changes, as a unified diff.
pub(super) fn diff(fixed: &Fixed<'_>, folder: &Folder) -> String {
    diff_of(&fixed.writes, folder)
}

/// Returns how many of the findings can be fixed, and with which flag; none if none can.
pub(super) fn hint(report: &Report) -> Option<String> {
    hint_as(report, |flag, _| format!("`{flag}`"))
}

/// Returns how many of the findings can be fixed, and with which command: fixes are made in the work tree, so the
/// arguments of a lint of anything else have none.
pub(super) fn hint_as_command(report: &Report) -> Option<String> {
    hint_as(report, |flag, files| {
        let files = if files.len() > NAMED { &[] } else { files };
        let files: String = files.iter().map(|file| format!(" {}", word(file))).collect();
        format!("`{} lint {flag}{files}`", command())
    })
}

/// Returns how many of the findings can be fixed, with the command for a flag and the files that it changes.
fn hint_as(report: &Report, command: impl Fn(&str, &[&str]) -> String) -> Option<String> {
    let of = |applicability| {
        let fixed = report
            .findings
            .iter()
            .filter(move |finding| finding.patch().is_some_and(|fix| fix.applicability == applicability));
        let mut files = BTreeSet::new();
        let mut number = 0;
        for finding in fixed {
            number += 1;
            if let Some(Location::File(range)) = &finding.location {
                files.insert(range.file.as_str());
            }
        }
        (number, files.into_iter().collect::<Vec<_>>())
    };
    let (safe, files) = of(Applicability::Safe);
    let (more, more_files) = of(Applicability::Unsafe);
    match (safe, more) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{} fixes {safe}", command("--fix", &files))),
        (0, more) => Some(format!("{} fixes {more}", command("--unsafe-fixes", &more_files))),
        (safe, more) => {
            let all: BTreeSet<_> = files.into_iter().chain(more_files).collect();
            let command = command("--fix", &Vec::from_iter(all));
            Some(format!("{command} fixes {safe}, `--unsafe-fixes` {more} more"))
        }
    }
}
