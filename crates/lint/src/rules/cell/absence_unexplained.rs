use diagnostics::Severity;
use model::Status;

use crate::context::lists_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/absence-unexplained", Severity::Warning, include_str!("absence_unexplained.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.status.is(Status::NoPublicEvidence) || !lists_nothing(&cell.evidence) {
        return;
    }
    raise
        .at(
            cell.value_or_missing("evidence", &cell.evidence),
            format!("{} is `no_public_evidence` but lists no page that was searched", cell.name()),
        )
        .help("add the places that were searched as evidence, each with `url`, `role` and `fetch`");
}
