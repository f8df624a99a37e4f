use std::collections::BTreeMap;

use diagnostics::Severity;
use model::{Fact, Key, Required, Route, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/public-behind-gate", Severity::Warning, include_str!("public_behind_gate.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(route) = cell.route.get() else { return };
    if route == Route::Public || !cell.status.is(Status::YesPublic) || says_how_it_is_had(cell) {
        return;
    }
    raise
        .at(cell.at("route"), format!("{} is `yes_public` but has the route `{route}`", cell.name()))
        .help("grade it `yes_sales_gated`; or, if the answer is public and only its document is not, state under `facts` how to get the document: `report_access` or `certificate_access`")
        .related(cell.at("status"), "the status");
}

/// Returns whether a fact states how to get the document behind the answer, or no fact could be read.
fn says_how_it_is_had(cell: &CellContext<'_>) -> bool {
    let stated = |facts: &BTreeMap<Key, Required<Fact>>| {
        ["report_access", "certificate_access"].iter().any(|key| facts.contains_key(*key))
    };
    cell.facts.is_unread() || cell.facts.known().is_some_and(stated)
}
