use diagnostics::{Place, Severity};
use model::{FieldPath, Status};

use crate::context::says_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-headline", Severity::Error, include_str!("missing_headline.md"), check);

const HELP: &str = "write one sentence of at most 100 characters about what a buyer must watch out for";

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    check_exceptions(cell, raise);
    let Some(status) = cell.status.get() else { return };
    if status == Status::YesPublic || !says_nothing(&cell.headline) {
        return;
    }
    raise
        .at(
            cell.value_or_missing("headline", &cell.headline),
            format!("{} is `{status}` but has no headline", cell.name()),
        )
        .help(HELP);
}

fn check_exceptions(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, exception) in cell.exceptions.items().iter().enumerate() {
        let Some(status) = exception.status.get() else { continue };
        if status == Status::YesPublic || !says_nothing(&exception.headline) {
            continue;
        }
        let headline = cell.at(FieldPath::of("exceptions").index(at).key("headline"));
        let place = if exception.headline.is_absent() { Place::missing(headline) } else { headline.into() };
        raise
            .at(place, format!("an exception of {} is `{status}` but has no headline", cell.name()))
            .help(HELP);
    }
}
