use diagnostics::Severity;
use model::{FetchOutcome, FieldPath};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/verified-before-fetch", Severity::Info, include_str!("verified_before_fetch.md"), check)
        .yields_to(&["cell/verified-but-unread"]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(verified_on) = cell.verified_on.get() else { return };
    let visits = cell.evidence.items().iter().enumerate().filter_map(|(at, evidence)| {
        let fetch = evidence.fetch.known()?;
        let attempted = fetch.outcome.get()? != FetchOutcome::NotAttempted;
        let on = fetch.on.get().filter(|on| attempted && !cell.is_to_come(*on))?;
        Some((on, at))
    });
    let Some((on, at)) = visits.max().filter(|(on, _)| *on > verified_on) else { return };
    raise
        .at(
            cell.at("verified_on"),
            format!("{} was verified on {verified_on}, before its evidence was fetched on {on}", cell.name()),
        )
        .help("check the result of the fetch and, if the cell still holds, set `verified_on` to the day of the check")
        .related(cell.at(FieldPath::of("evidence").index(at).key("fetch").key("on")), "fetched on this day");
}
