use diagnostics::{Place, Severity, quoted};
use model::{Evidence, Optional, Role, Url, Via};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/reported-by-nobody", Severity::Error, include_str!("reported_by_nobody.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.cell.knows_readings() {
        return;
    }
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let reported = evidence.fetch.known().filter(|fetch| fetch.via.is(Via::Reported));
        let (Some(fetch), None) = (reported, cell.cell.reporter_of(evidence)) else { continue };
        let page = evidence.url.known().map_or_else(|| "a page".to_owned(), |url| quoted(url.as_str()));
        let field = cell.of_fetch(at, "reported_by");
        match &fetch.reported_by {
            Optional::Unread => {}
            Optional::Absent => {
                raise
                    .at(
                        Place::missing(field),
                        format!("{} states that the reading of {page} was reported, but not by which source", cell.name()),
                    )
                    .help("add `reported_by` with the address of the secondary source that reports it");
            }
            Optional::Known(url) => {
                let (what, help) = fault(cell, evidence, url);
                raise
                    .at(
                        field,
                        format!("{} states that the reading of {page} was reported by {}, which {what}", cell.name(), quoted(url.as_str())),
                    )
                    .help(help);
            }
        }
    }
}

/// Returns why the address in `reported_by` cannot report a reading.
fn fault(cell: &CellContext<'_>, evidence: &Evidence, url: &Url) -> (&'static str, &'static str) {
    let is_it = |one: &&Evidence| one.url.known().is_some_and(|other| other.identity() == url.identity());
    match cell.cell.evidence.items().iter().find(is_it) {
        None => (
            "is not evidence of the cell",
            "cite that page in the same cell, as `secondary` evidence with its own `fetch`",
        ),
        Some(found) if std::ptr::eq(found, evidence) => {
            ("is the page itself", "name the secondary source that reports the reading")
        }
        Some(found) if found.counted_role() != Some(Role::Secondary) => (
            "is not secondary evidence",
            "a page of the graded company or of an authority reports no readings: name the secondary source that does",
        ),
        Some(_) => (
            "was not read itself",
            "read that page first and state its `fetch`; until then this page is `not_attempted`",
        ),
    }
}
