use diagnostics::Severity;
use model::Stage;

use crate::{CellContext, Raise, Rule, freshness};

pub(crate) static RULE: Rule = Rule::cell("fact/expired", Severity::Warning, include_str!("expired.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let help = "look for the newer certificate or report, and record its day; if there is none, correct the status";
    freshness::by_fact(cell, Stage::Past, raise, help);
}
