use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-confidence", Severity::Warning, include_str!("missing_confidence.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.confidence.is_absent() || cell.failed_fetch().is_some() || cell.status.known().is_none() {
        return;
    }
    raise
        .at(cell.missing("confidence"), format!("{} has no confidence", cell.name()))
        .help("state how certain the grade is: `confidence = \"high\"`, or `\"medium\"` or `\"low\"` with `confidence_reasons`");
}
