use diagnostics::Severity;
use model::Status;

use crate::context::says_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/partial-unexplained", Severity::Warning, include_str!("partial_unexplained.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.status.is(Status::Partial) || !says_nothing(&cell.note) {
        return;
    }
    if !cell.parts.is_absent() && cell.parts.known().is_none_or(|parts| !parts.is_empty()) {
        return;
    }
    raise
        .at(
            cell.value_or_missing("note", &cell.note),
            format!("{} is `partial` but does not say which part holds", cell.name()),
        )
        .help(
            "say in `note` what holds and what does not, or answer the parts of the question under `parts`",
        );
}
