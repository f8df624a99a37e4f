use diagnostics::Severity;
use model::{DefaultState, Route, Tier};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/self-serve-behind-sales",
    Severity::Warning,
    include_str!("self_serve_behind_sales.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.tier.is(Tier::SelfServe) {
        return;
    }
    let (field, what) = if cell.route.is(Route::SalesContract) {
        ("route", "a contract with the sales team")
    } else if cell.default.is(DefaultState::RequiresApproval) {
        ("default", "the approval of the provider")
    } else {
        return;
    };
    raise
        .at(cell.at("tier"), format!("{} is for every customer (`self_serve`), but needs {what}", cell.name()))
        .help("write the tier that can get it, such as `enterprise_only`; or correct the route or the default")
        .related(cell.at(field), "this needs a person at the provider");
}
