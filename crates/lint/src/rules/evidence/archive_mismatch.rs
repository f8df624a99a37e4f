use diagnostics::{Severity, quoted};
use model::{Date, Evidence, Url, Via};

use crate::archives::{copied, wrong_copy};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/archive-mismatch", Severity::Warning, include_str!("archive_mismatch.md"), check);

/// The maximum age in days of a copy at the time of the reading of the page that it documents.
const OLDEST_COPY: i64 = 365;

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let (Some(url), Some(archived)) = (evidence.url.known(), evidence.archived_url.known()) else {
            continue;
        };
        let place = cell.of_evidence(at, "archived_url");
        if let Some((what, help)) = wrong_copy(url, archived) {
            raise
                .at(
                    place,
                    format!("{} cites {what} as the archived copy of {}", cell.name(), quoted(url.as_str())),
                )
                .help(help)
                .related(cell.of_evidence(at, "url"), "the page that is cited");
        } else if let Some((copy, read)) = wrong_day(evidence, archived) {
            raise
                .at(
                    place,
                    format!("{} cites a copy of {copy} for a reading of {read}", cell.name()),
                )
                .help("give the address of the copy that shows what was read, or the day of this one")
                .related(cell.of_fetch(at, "on"), "the reading");
        }
    }
}

/// Returns the days of a copy and of the reading that it should show, if they do not match. Archives
/// count days in UTC, so the next day matches.
fn wrong_day(evidence: &Evidence, archived: &Url) -> Option<(Date, Date)> {
    let copy = copied(archived.as_str())?.on?;
    let read = evidence.fetch.known().filter(|_| evidence.is_read())?.on.get()?;
    let apart = read.days_since(copy);
    let is_wrong =
        if evidence.via() == Some(Via::Archive) { apart.abs() > 1 } else { apart > OLDEST_COPY };
    is_wrong.then_some((copy, read))
}
