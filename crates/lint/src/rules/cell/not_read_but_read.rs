use diagnostics::{Edit, Applicability, Severity};
use model::{ConfidenceReason, Evidence};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/not-read-but-read", Severity::Warning, include_str!("not_read_but_read.md"), check)
        .fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(at) = cell.cell.evidence.items().iter().position(Evidence::has_own_reading) else { return };
    let Some(reason) = cell.reason(ConfidenceReason::NotRead) else { return };
    let is_last = cell.confidence_reasons.items().len() == 1;
    let draft = raise
        .at(reason.clone(), format!("{} gives the reason `not_read`, but one of its pages was read", cell.name()))
        .help("remove `not_read`; give another reason if the confidence is still below high")
        .related(cell.of_evidence(at, "fetch"), "this one was read");
    // Without any reason the cell would state less than before.
    if !is_last {
        draft.fix("remove `not_read`", Applicability::Safe, vec![Edit::Remove(reason)]);
    }
}
