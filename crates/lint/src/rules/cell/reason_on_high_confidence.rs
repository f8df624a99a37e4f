use diagnostics::Severity;
use model::Confidence;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/reason-on-high-confidence",
    Severity::Warning,
    include_str!("reason_on_high_confidence.md"),
    check,
)
.yields_to(&["cell/unclear-but-high"]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let reasons = cell.confidence_reasons.items();
    if reasons.is_empty() || !cell.confidence.is(Confidence::High) {
        return;
    }
    // Another rule reports a high confidence that no reading supports.
    if cell.knows_readings() && !cell.bears_high_confidence() && !cell.lacks_evidence() {
        return;
    }
    let reasons: Vec<_> = reasons.iter().map(|reason| format!("`{reason}`")).collect();
    raise
        .at(
            cell.at("confidence_reasons"),
            format!(
                "{} has `high` confidence but gives reasons for doubt: {}",
                cell.name(),
                reasons.join(", ")
            ),
        )
        .help("lower the confidence to `medium` or `low`; or remove the reasons if they no longer hold")
        .related(cell.at("confidence"), "the confidence");
}
