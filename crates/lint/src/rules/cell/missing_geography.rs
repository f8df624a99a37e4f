use diagnostics::Severity;

use crate::context::lists_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-geography", Severity::Warning, include_str!("missing_geography.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if cell.id != "data_residency" || !cell.promises() || !lists_nothing(&cell.geography) {
        return;
    }
    raise
        .at(
            cell.value_or_missing("geography", &cell.geography),
            format!("{} promises residency but names no geography", cell.name()),
        )
        .help("name the places in which a customer can keep content: `geography = [\"EU\", \"US\"]` (EU, EEA, GLOBAL or country codes)");
}
