use diagnostics::Severity;
use model::Stage;

use crate::{CellContext, Raise, Rule, freshness};

pub(crate) static RULE: Rule = Rule::cell("cell/long-stale", Severity::Error, include_str!("long_stale.md"), check).by_time();

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if let Some(finding) = freshness::by_reading(cell, Stage::FarPast, raise) {
        finding.help("read its pages again, correct what has changed, and record the day of the reading; an answer that cannot be read again is `unclear`");
    }
}
