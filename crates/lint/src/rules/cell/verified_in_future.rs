use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/verified-in-future", Severity::Error, include_str!("verified_in_future.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(verified_on) = cell.verified_on.get() else { return };
    if verified_on <= cell.today {
        return;
    }
    raise
        .at(
            cell.at("verified_on"),
            format!("{} was verified on {verified_on}, after today ({})", cell.name(), cell.today),
        )
        .help("write the day on which a person last confirmed the cell");
}
