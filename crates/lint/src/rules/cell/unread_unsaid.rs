use diagnostics::{Applicability, Severity};
use model::ConfidenceReason;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/unread-unsaid", Severity::Warning, include_str!("unread_unsaid.md"), check)
        .fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let nothing_read = !cell.cell.evidence.items().is_empty() && cell.knows_readings() && !cell.has_own_reading();
    if !nothing_read || !cell.lacks_reason(ConfidenceReason::NotRead) {
        return;
    }
    raise
        .at(
            cell.at("confidence_reasons"),
            format!("{} cites only pages that were not read, and does not give that reason", cell.name()),
        )
        .help("add `not_read` to `confidence_reasons`, or read a page and record it")
        .fix("add `not_read`", Applicability::Safe, vec![cell.with_reason(ConfidenceReason::NotRead)]);
}
