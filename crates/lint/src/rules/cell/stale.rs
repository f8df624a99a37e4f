use diagnostics::{Severity, count};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell("cell/stale", Severity::Warning, include_str!("stale.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let limit = cell.dimension.and_then(|dimension| dimension.stale_limit());
    let (Some(limit), Some(verified_on)) = (limit, cell.verified_on.get()) else { return };
    let age = cell.today.days_since(verified_on);
    if age <= limit {
        return;
    }
    raise
        .at(
            cell.at("verified_on"),
            format!("{} was verified {} ago, its limit is {limit}", cell.name(), count(age as usize, "day")),
        )
        .help(
            "read the evidence again, mend what has changed and set `verified_on` to the day of the reading",
        );
}
