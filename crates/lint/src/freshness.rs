//! Findings about the last day of an answer: a rule each for what is due soon, past, and far past.

use diagnostics::{Finding, count};
use model::{Date, FactFormat, FieldPath, Ground, Stage, Subject};

use crate::{CellContext, Raise};

/// Raises a finding where the reading of a cell is in this stage.
pub(crate) fn by_reading<'r>(
    cell: &CellContext<'_>,
    stage: Stage,
    raise: &'r mut Raise<'_>,
) -> Option<&'r mut Finding> {
    let dimension = cell.dimension?;
    let last = cell.reading_end?;
    if dimension.stage(last, cell.today) != stage {
        return None;
    }
    let (name, limit) = (cell.name(), dimension.stale_limit()?);
    let message = if stage == Stage::DueSoon {
        format!("{name} is due to be read again on {last}, {}", away(last, cell.today))
    } else {
        let age = days(cell.today.days_since(cell.as_of()?));
        format!("{name} was last read or confirmed {age} ago; the limit is {limit}")
    };
    Some(raise.at(as_of(cell), message))
}

/// Raises a finding at each fact of a cell whose validity is in this stage, with what is to be done. Recurring periods
/// count from the as-of date, so that a reading settles them: where it is as near or as far past, it alone is raised.
pub(crate) fn by_fact(cell: &CellContext<'_>, stage: Stage, raise: &mut Raise<'_>, help: &str) {
    let Some(dimension) = cell.dimension else { return };
    let reading = cell.reading_end.map(|last| dimension.stage(last, cell.today));
    for end in cell.fact_ends(dimension).filter(|end| dimension.stage(end.day, cell.today) == stage) {
        let Ground::Fact(key) = end.of else { continue };
        let recurs = dimension.fact(key).is_some_and(|spec| spec.format.is(FactFormat::MonthDay));
        if recurs && reading >= Some(stage) {
            continue;
        }
        let verb = if stage == Stage::DueSoon { "supports" } else { "supported" };
        let (name, last, away) = (cell.name(), end.day, away(end.day, cell.today));
        raise
            .at(
                cell.at(FieldPath::of("facts").key(key)),
                format!("the fact `{key}` {verb} {name} until {last}, {away}"),
            )
            .help(help);
    }
}

/// "in 3 days", "today", "3 days ago".
fn away(last: Date, today: Date) -> String {
    match last.days_since(today) {
        0 => "today".to_owned(),
        left @ 1.. => format!("in {}", days(left)),
        left => format!("{} ago", days(left)),
    }
}

fn days(number: i64) -> String {
    count(usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX), "day")
}

/// The place of the cell's as-of date.
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
