use diagnostics::Severity;
use model::{ConfidenceReason, FetchOutcome};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/missing-confidence-after-failed-fetch",
    Severity::Error,
    include_str!("missing_confidence_after_failed_fetch.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.confidence.is_absent() {
        return;
    }
    let Some((path, outcome)) = cell.failed_fetch() else { return };
    let reason = match outcome {
        FetchOutcome::Gated => ConfidenceReason::GatedDocument,
        _ => ConfidenceReason::FetchFailed,
    };
    raise
        .at(cell.at(path), format!("{} has no confidence although a fetch has the outcome `{outcome}`", cell.name()))
        .help(format!("state how certain the grade is without that page, for example `confidence = \"medium\"` and `confidence_reasons = [\"{reason}\"]`"))
        .related(cell.missing("confidence"), "the confidence belongs here");
}
