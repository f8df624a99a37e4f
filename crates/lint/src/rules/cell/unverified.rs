use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/unverified", Severity::Info, include_str!("unverified.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.verified_on.is_absent() || cell.status.known().is_none() {
        return;
    }
    raise
        .at(cell.missing("verified_on"), format!("{} is unverified", cell.name()))
        .help("read the evidence, correct what differs, and set `verified_on` to the day of the reading");
}
