use diagnostics::Severity;
use model::Stage;

use crate::{CellContext, Raise, Rule, freshness};

pub(crate) static RULE: Rule = Rule::cell("cell/due-soon", Severity::Info, include_str!("due_soon.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if let Some(finding) = freshness::by_reading(cell, Stage::DueSoon, raise) {
        finding.help("read its pages again until then, correct what has changed, and record the day of the reading");
    }
}
