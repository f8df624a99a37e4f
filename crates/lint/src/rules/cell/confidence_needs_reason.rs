use diagnostics::{Severity, one_of};
use model::{Confidence, ConfidenceReason, Vocabulary};

use crate::context::lists_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/confidence-needs-reason",
    Severity::Error,
    include_str!("confidence_needs_reason.md"),
    check,
)
// That rule requires one of three reasons, and names them.
.yields_to(&["cell/failed-fetch-unexplained"]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(confidence @ (Confidence::Medium | Confidence::Low)) = cell.confidence.get() else { return };
    if !lists_nothing(&cell.confidence_reasons) {
        return;
    }
    raise
        .at(
            cell.value_or_missing("confidence_reasons", &cell.confidence_reasons),
            format!("{} has `{confidence}` confidence and gives no reason", cell.name()),
        )
        .help(format!(
            "say why in `confidence_reasons`: {}",
            one_of(ConfidenceReason::ALL.iter().map(|reason| reason.id()))
        ))
        .related(cell.at("confidence"), "the confidence");
}
