use diagnostics::{Severity, count};
use model::{FetchOutcome, FieldPath};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "cell/verified-on-old-copy",
    Severity::Warning,
    include_str!("verified_on_old_copy.md"),
    check,
);

/// The maximum number of days between a reading and its confirmation.
const LIMIT: i64 = 180;

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    // A day in the future is no confirmation; verified-in-future reports it.
    let Some(verified_on) = cell.verified_on.get().filter(|day| !cell.is_to_come(*day)) else { return };
    let mut newest = None;
    for (at, evidence) in cell.evidence.items().iter().enumerate() {
        match evidence.counted_outcome() {
            // It is not known whether or when this one was read: it may be the newest.
            None => return,
            Some(FetchOutcome::Ok) => {
                let Some(on) = evidence.fetch.known().and_then(|fetch| fetch.on.get()) else { return };
                newest = newest.max(Some((on, at)));
            }
            Some(_) => {}
        }
    }
    let Some((on, at)) = newest else { return };
    let age = verified_on.days_since(on);
    if age <= LIMIT {
        return;
    }
    raise
        .at(
            cell.at("verified_on"),
            format!("{} was verified on a copy that was {} old", cell.name(), count(age as usize, "day")),
        )
        .help("read the evidence again and record the day under `fetch.on`; until then leave `verified_on` at the day of the last check against the page")
        .related(cell.at(FieldPath::of("evidence").index(at).key("fetch").key("on")), "the newest reading");
}
