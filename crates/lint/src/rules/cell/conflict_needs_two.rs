use diagnostics::Severity;
use model::ConfidenceReason;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/conflict-needs-two", Severity::Warning, include_str!("conflict_needs_two.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if cell.cell.evidence.is_unread() || cell.cell.evidence.items().len() >= 2 {
        return;
    }
    let Some(reason) = cell.reason(ConfidenceReason::ConflictingSources) else { return };
    raise
        .at(reason, format!("{} says that sources conflict, but cites fewer than two", cell.name()))
        .help("cite the sources that disagree, or give another reason");
}
