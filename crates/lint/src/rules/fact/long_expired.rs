use diagnostics::Severity;
use model::Stage;

use crate::{CellContext, Raise, Rule, freshness};

pub(crate) static RULE: Rule = Rule::cell("fact/long-expired", Severity::Error, include_str!("long_expired.md"), check).by_time();

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let help = "record the day of the newer certificate or report, correct the status, or remove the fact";
    freshness::by_fact(cell, Stage::FarPast, raise, help);
}
