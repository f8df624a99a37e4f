use diagnostics::Severity;
use model::Status;

use crate::context::says_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-headline", Severity::Error, include_str!("missing_headline.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(status) = cell.status.get() else { return };
    if status == Status::YesPublic || !says_nothing(&cell.headline) {
        return;
    }
    raise
        .at(
            cell.value_or_missing("headline", &cell.headline),
            format!("{} is `{status}` but has no headline", cell.name()),
        )
        .help("say in one sentence of at most 100 characters what a buyer must look out for");
}
