use diagnostics::Severity;
use model::{Route, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/gated-without-gate", Severity::Error, include_str!("gated_without_gate.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.status.is(Status::YesSalesGated) || !(cell.route.is_absent() || cell.route.is(Route::Public)) {
        return;
    }
    let what = if cell.route.is_absent() { "has no route" } else { "has the route `public`" };
    raise
        .at(cell.value_or_missing("route", &cell.route), format!("{} is `yes_sales_gated` but {what}", cell.name()))
        .help("name the gate: `route = \"trust_center_nda\"`, `\"request_form\"` or `\"sales_contract\"`; or grade it `yes_public` if there is none");
}
