use diagnostics::Severity;
use model::{DefaultState, Route};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/approval-without-gate",
    Severity::Error,
    include_str!("approval_without_gate.md"),
    check,
)
// What is no gate for the status is none for the default either.
.yields_to(&["cell/gated-without-gate"]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let needs_approval = cell.default.is(DefaultState::RequiresApproval) && cell.takes_terms();
    if !needs_approval || !cell.route.is(Route::Public) {
        return;
    }
    raise
        .at(cell.at("route"), format!("{} has the default `requires_approval` but the route `public`", cell.name()))
        .help("name the way to the approval: `route = \"request_form\"`, `\"sales_contract\"` or `\"trust_center_nda\"`; or write `default = \"requires_config\"` if no approval is needed")
        .related(cell.at("default"), "the default");
}
