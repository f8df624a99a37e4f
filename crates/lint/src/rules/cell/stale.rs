use diagnostics::{Severity, count};
use model::{FieldPath, Subject};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell("cell/stale", Severity::Warning, include_str!("stale.md"), check);

/// Returns how many days the cell is past its limit, if it is.
fn age_past_limit(cell: &CellContext<'_>) -> Option<(i64, i64)> {
    let limit = cell.dimension?.stale_limit()?;
    let age = cell.today.days_since(cell.as_of()?);
    (age > limit).then_some((age, limit))
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some((age, limit)) = age_past_limit(cell) else { return };
    raise
        .at(
            as_of(cell),
            format!("{} was last read or confirmed {} ago; the limit is {limit}", cell.name(), count(age as usize, "day")),
        )
        .help("read its pages again, correct what has changed, and record the day of the reading");
}

/// Returns the place of the cell's as-of date.
fn as_of(cell: &CellContext<'_>) -> Subject {
    let day = cell.as_of();
    let reading = cell.cell.evidence.items().iter().position(|one| one.own_reading_on() == day);
    match reading {
        Some(at) if cell.verified_on.get() != day => {
            cell.at(FieldPath::of("evidence").index(at).key("fetch").key("on"))
        }
        _ => cell.at("verified_on"),
    }
}
