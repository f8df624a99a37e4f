use diagnostics::{Applicability, Severity};
use model::{ConfidenceReason, Evidence, Via};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/undated-unsaid", Severity::Warning, include_str!("undated_unsaid.md"), check)
        .fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let is_stored = |one: &Evidence| one.via() == Some(Via::StoredCopy) && one.own_reading_on().is_none();
    let all_stored = cell.has_own_reading() && cell.own_readings().all(is_stored);
    if !all_stored || !cell.knows_readings() || !cell.lacks_reason(ConfidenceReason::UndatedSource) {
        return;
    }
    raise
        .at(
            cell.at("confidence_reasons"),
            format!("{} is based on copies without a date and does not give that reason", cell.name()),
        )
        .help("add `undated_source` to `confidence_reasons`, or write the day of the copy")
        .fix("add `undated_source`", Applicability::Safe, vec![cell.with_reason(ConfidenceReason::UndatedSource)]);
}
