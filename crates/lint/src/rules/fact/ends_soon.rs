use diagnostics::Severity;
use model::Stage;

use crate::{CellContext, Raise, Rule, freshness};

pub(crate) static RULE: Rule = Rule::cell("fact/ends-soon", Severity::Info, include_str!("ends_soon.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let help = "look for the next certificate or report, and record its day with the reading that shows it";
    freshness::by_fact(cell, Stage::DueSoon, raise, help);
}
