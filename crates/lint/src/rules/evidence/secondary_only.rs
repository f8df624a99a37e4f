use diagnostics::Severity;
use model::{Confidence, ConfidenceReason, Optional, Role};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/secondary-only", Severity::Warning, include_str!("secondary_only.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let evidence = cell.cell.evidence.items();
    let secondary = evidence.iter().all(|evidence| evidence.counted_role() == Some(Role::Secondary));
    if evidence.is_empty() || !secondary {
        return;
    }
    let reasons = match &cell.confidence_reasons {
        Optional::Unread => return,
        Optional::Absent => &[][..],
        Optional::Known(reasons) => reasons,
    };
    // Too high a grade, and a low one without any reason, are the faults of other rules.
    let told = match &cell.confidence {
        Optional::Unread | Optional::Known(Confidence::High) => true,
        Optional::Known(_) => reasons.is_empty(),
        Optional::Absent => false,
    };
    if told || reasons.contains(&ConfidenceReason::SecondarySource) {
        return;
    }
    raise
        .at(
            cell.value_or_missing("confidence_reasons", &cell.confidence_reasons),
            format!("{} is based only on secondary sources and does not give that reason", cell.name()),
        )
        .help("add `secondary_source` to `confidence_reasons`, or cite a page of the graded company or of an authority");
}
