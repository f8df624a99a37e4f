use diagnostics::{Place, Severity, quoted};
use model::{FetchOutcome, Via};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/read-without-date", Severity::Warning, include_str!("read_without_date.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(fetch) = evidence.fetch.known() else { continue };
        // A copy or an excerpt may carry no day.
        let has_none = matches!(fetch.via.get(), Some(Via::StoredCopy | Via::Snippet));
        if !fetch.outcome.is(FetchOutcome::Ok) || !fetch.on.is_absent() || has_none {
            continue;
        }
        let page = quoted(evidence.url.text());
        raise
            .at(
                Place::missing(cell.of_fetch(at, "on")),
                format!("{} cites {page} as read without saying when", cell.name()),
            )
            .help("write the day of the reading: `fetch = { outcome = \"ok\", on = YYYY-MM-DD }`");
    }
}
