use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/verified-but-unread", Severity::Error, include_str!("verified_but_unread.md"), check)
        .yields_to(&["cell/missing-evidence"]);

/// Returns whether the cell is confirmed on a day that none of its readings supports.
fn is_unborne(cell: &CellContext<'_>) -> bool {
    cell.verified_on.get().is_some_and(|day| cell.knows_readings() && cell.bearing_of(day).is_none())
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(verified_on) = cell.verified_on.get().filter(|_| is_unborne(cell)) else { return };
    // Another rule reports a day in the future.
    if cell.is_to_come(verified_on) {
        return;
    }
    raise
        .at(
            cell.at("verified_on"),
            format!("{} was verified on {verified_on}, but no page that it cites was read by that day", cell.name()),
        )
        .help("open a page that it cites, or an archived copy, and record it: `fetch = { outcome = \"ok\", on = …, via = \"direct\" }`; or delete `verified_on`");
}
