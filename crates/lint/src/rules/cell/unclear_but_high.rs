use diagnostics::Severity;
use model::{Confidence, Status};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/unclear-but-high", Severity::Error, include_str!("unclear_but_high.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.status.is(Status::Unclear) || !cell.confidence.is(Confidence::High) {
        return;
    }
    raise
        .at(cell.at("confidence"), format!("{} is `unclear` but has `high` confidence", cell.name()))
        .help("lower the confidence and say why in `confidence_reasons`; or, if the sources settle the question, grade what they say")
        .related(cell.at("status"), "the status");
}
