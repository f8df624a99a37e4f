use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-default", Severity::Warning, include_str!("missing_default.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.lacks_default() {
        return;
    }
    raise
        .at(cell.missing("default"), format!("{} has no default", cell.name()))
        .help("state whether it holds without an action by the customer: `default = \"enabled\"`, `\"requires_config\"` or `\"requires_approval\"`");
}
