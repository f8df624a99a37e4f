use diagnostics::Severity;
use model::{Confidence, ConfidenceReason, Evidence, FetchOutcome, FieldPath};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/failed-fetch-unexplained",
    Severity::Error,
    include_str!("failed_fetch_unexplained.md"),
    check,
);

/// Returns the first failed fetch if neither a reason nor another reading explains how the grade was
/// found without it. A cell without a confidence has another finding.
fn unexplained(cell: &CellContext<'_>) -> Option<(FieldPath, FetchOutcome)> {
    if cell.confidence.is_absent() || cell.confidence_reasons.is_unread() {
        return None;
    }
    let failed = cell.failed_fetch()?;
    let explains = |reason: &ConfidenceReason| {
        use ConfidenceReason::{ConflictingSources, FetchFailed, GatedDocument};
        matches!(reason, FetchFailed | GatedDocument | ConflictingSources)
    };
    let may_be_read =
        |evidence: &Evidence| evidence.counted_outcome().is_none_or(|outcome| outcome == FetchOutcome::Ok);
    let explained =
        cell.confidence_reasons.items().iter().any(explains) || cell.evidence.items().iter().any(may_be_read);
    (!explained).then_some(failed)
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some((path, outcome)) = unexplained(cell) else { return };
    let lower = if cell.confidence.is(Confidence::High) { "lower the confidence and " } else { "" };
    raise
        .at(
            cell.at(path),
            format!("{} is based on a fetch with the outcome `{outcome}`, and nothing explains that", cell.name()),
        )
        .help(format!("{lower}add `fetch_failed`, `gated_document` or `conflicting_sources` to `confidence_reasons`; or add evidence that was read"))
        .related(
            cell.value_or_missing("confidence_reasons", &cell.confidence_reasons),
            "the reason belongs here",
        );
}
