use diagnostics::Severity;
use model::{Default, Route, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/approval-without-gate",
    Severity::Error,
    include_str!("approval_without_gate.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.default.is(Default::RequiresApproval) || !cell.route.is(Route::Public) {
        return;
    }
    // What is no gate for the status is none for the default either: gated-without-gate says so.
    if cell.status.is(Status::YesSalesGated) || !cell.takes_terms() {
        return;
    }
    raise
        .at(cell.at("route"), format!("{} has the default `requires_approval` but the route `public`", cell.name()))
        .help("name the way to the approval: `route = \"request_form\"`, `\"sales_contract\"` or `\"trust_center_nda\"`; or write `default = \"requires_config\"` if nobody has to approve")
        .related(cell.at("default"), "the default");
}
