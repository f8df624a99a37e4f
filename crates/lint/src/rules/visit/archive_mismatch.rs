use diagnostics::{Severity, quoted};
use model::VisitVia;

use crate::archives::{copied, wrong_copy};
use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/archive-mismatch", Severity::Error, include_str!("archive_mismatch.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for (at, visit) in visits.items().iter().enumerate() {
        let (Some(url), Some(archived)) = (visit.url.known(), visit.archived_url.known()) else { continue };
        let place = visits.field(at, "archived_url");
        if let Some((what, help)) = wrong_copy(url, archived) {
            raise
                .at(place, format!("{} states {what} as its archived copy", visits.name(at)))
                .help(help)
                .related(visits.field(at, "url"), "the page");
            continue;
        }
        let copy = copied(archived.as_str()).and_then(|copy| copy.on);
        let (Some(copy), Some(on)) = (copy, visit.on.get()) else { continue };
        if visit.via.is(VisitVia::Archive) && on.days_since(copy).abs() > 1 {
            raise
                .at(place, format!("{} of {on} states a copy of {copy}: {}", visits.name(at), quoted(archived.as_str())))
                .help("write the day of the copy as `on`, or the address of the copy that was opened")
                .related(visits.field(at, "on"), "the day of the visit");
        }
    }
}
