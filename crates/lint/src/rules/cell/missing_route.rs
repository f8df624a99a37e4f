use diagnostics::Severity;
use model::Status;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-route", Severity::Warning, include_str!("missing_route.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    // The rule gated-without-gate reports a gated yes without a route.
    let promises = matches!(cell.status.get(), Some(Status::YesPublic | Status::Partial));
    if !cell.route.is_absent() || !promises || cell.says_nothing_is_offered() {
        return;
    }
    raise
        .at(cell.missing("route"), format!("{} has no route", cell.name()))
        .help("state how a customer obtains it: `route = \"public\"` if it needs no request, else `\"trust_center_nda\"`, `\"request_form\"` or `\"sales_contract\"`");
}
