use diagnostics::Severity;
use model::Status;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-route", Severity::Warning, include_str!("missing_route.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    // A gated yes without a route is the business of gated-without-gate.
    let promises = matches!(cell.status.get(), Some(Status::YesPublic | Status::Partial));
    if !cell.route.is_absent() || !promises || cell.says_nothing_is_offered() {
        return;
    }
    raise
        .at(cell.missing("route"), format!("{} has no route", cell.name()))
        .help("say how one gets at it: `route = \"public\"` where nobody is asked, else `\"trust_center_nda\"`, `\"request_form\"` or `\"sales_contract\"`");
}
