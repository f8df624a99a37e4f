use diagnostics::{Severity, count};
use model::{Confidence, Evidence, FieldPath, Role};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/high-on-old-copy", Severity::Warning, include_str!("high_on_old_copy.md"), check)
        .yields_to(&["cell/stale", "cell/long-stale"]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.confidence.is(Confidence::High) || !cell.knows_readings() {
        return;
    }
    let Some(limit) = cell.dimension.and_then(|dimension| dimension.stale_limit()) else { return };
    let bears = |one: &Evidence| {
        one.has_traceable_reading() && matches!(one.counted_role(), Some(Role::Primary | Role::Authority))
    };
    let readings = cell.cell.evidence.items().iter().enumerate().filter(|(_, one)| bears(one));
    let mut dated = readings.map(|(at, one)| one.own_reading_on().map(|on| (on, at)));
    // One without a day may be the newest.
    let newest = dated.try_fold(None, |newest, reading| reading.map(|reading| newest.max(Some(reading))));
    let Some(Some((on, at))) = newest else { return };
    let age = cell.today.days_since(on);
    if age <= limit {
        return;
    }
    raise
        .at(
            cell.at("confidence"),
            format!(
                "{} has `high` confidence from a page version that is {} old; the limit is {limit}",
                cell.name(),
                count(age as usize, "day")
            ),
        )
        .help("read the page again and record the day, or lower the confidence")
        .related(cell.at(FieldPath::of("evidence").index(at).key("fetch").key("on")), "the newest such reading");
}
