use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-default", Severity::Warning, include_str!("missing_default.md"), check);

/// The group of dimensions whose promises may depend on a setting.
const GROUP: &str = "Data handling";

/// Whether the cell ought to say if its promise holds without doing anything, and does not.
pub(super) fn lacks_default(cell: &CellContext<'_>) -> bool {
    cell.default.is_absent()
        && cell.promises()
        && cell.dimension.is_some_and(|dimension| dimension.group.text() == GROUP)
        && cell.takes_terms()
        && !cell.says_nothing_is_offered()
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !lacks_default(cell) {
        return;
    }
    raise
        .at(cell.missing("default"), format!("{} has no default", cell.name()))
        .help("say whether it holds without doing anything: `default = \"enabled\"`, `\"requires_config\"` or `\"requires_approval\"`");
}
