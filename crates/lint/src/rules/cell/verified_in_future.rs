use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/verified-in-future", Severity::Error, include_str!("verified_in_future.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(verified_on) = cell.verified_on.get() else { return };
    if !cell.is_to_come(verified_on) {
        return;
    }
    raise
        .at(
            cell.at("verified_on"),
            format!("{} was verified on {verified_on}, after today ({})", cell.name(), cell.today),
        )
        .help("write the day on which a person last confirmed the cell");
}
