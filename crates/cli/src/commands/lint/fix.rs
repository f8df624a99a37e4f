//! `--fix`, `--unsafe-fixes` and `--diff`: the messages about fixes.

use diagnostics::{Applicability, Diagnostic, Report, count};
use registry::Fixed;

use crate::diff::diff_of;
use crate::folder::Folder;

/// "fixed 3 findings in 2 files; `--unsafe-fixes` fixes 2".
pub(super) fn told(fixed: &Fixed<'_>) -> String {
    let made = match fixed.findings {
        0 => "fixed nothing".to_owned(),
        findings => {
            format!("fixed {} in {}", count(findings, "finding"), count(fixed.writes.len(), "file"))
        }
    };
    match hint(&fixed.checked.report) {
        Some(hint) => format!("{made}; {hint}"),
        None => made,
    }
}

/// What changes, as a unified diff.
pub(super) fn diff(fixed: &Fixed<'_>, folder: &Folder) -> String {
    diff_of(&fixed.writes, folder)
}
/// Returns how many of the findings can be fixed, and with which flag; an empty text if none can.
pub(super) fn hint(report: &Report) -> Option<String> {
    let fixes = || report.findings.iter().filter_map(Diagnostic::patch);
    let of = |applicability| fixes().filter(|fix| fix.applicability == applicability).count();
    let (safe, unsafe_ones) = (of(Applicability::Safe), of(Applicability::Unsafe));
    match (safe, unsafe_ones) {
        (0, 0) => None,
        (safe, 0) => Some(format!("`--fix` fixes {safe}")),
        (0, more) => Some(format!("`--unsafe-fixes` fixes {more}")),
        (safe, more) => Some(format!("`--fix` fixes {safe}, `--unsafe-fixes` {more} more")),
    }
}
