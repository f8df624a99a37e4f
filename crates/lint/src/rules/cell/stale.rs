use diagnostics::Severity;
use model::Stage;

use crate::{CellContext, Raise, Rule, freshness};

pub(crate) static RULE: Rule = Rule::cell("cell/stale", Severity::Warning, include_str!("stale.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if let Some(finding) = freshness::by_reading(cell, Stage::Past, raise) {
        finding.help("read its pages again, correct what has changed, and record the day of the reading");
    }
}
