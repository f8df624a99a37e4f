use diagnostics::Severity;
use model::{ConfidenceReason, Evidence, Role};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/secondary-uncited", Severity::Warning, include_str!("secondary_uncited.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let items = cell.cell.evidence.items();
    let is_graded = |one: &Evidence| matches!(one.counted_role(), Some(Role::Primary | Role::Authority));
    if items.is_empty() || !items.iter().all(is_graded) {
        return;
    }
    let Some(reason) = cell.reason(ConfidenceReason::SecondarySource) else { return };
    raise
        .at(reason, format!("{} gives the reason `secondary_source`, but cites no secondary source", cell.name()))
        .help("cite the page that was read, `role = \"secondary\"`; or give the reason that holds, such as `not_read`");
}
