use diagnostics::Severity;
use model::{FetchOutcome, Subject, Via};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "evidence/contradictory-fetch",
    Severity::Error,
    include_str!("contradictory_fetch.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(fetch) = evidence.fetch.known() else { continue };
        let field = |key: &str| -> Subject { cell.of_fetch(at, key) };
        let status = fetch.http_status.get();
        if let Some(status) = status.filter(|status| !(100..600).contains(status)) {
            raise
                .at(field("http_status"), format!("{} states the HTTP status {status}, which there is not", cell.name()))
                .help("write the three digits of the answer, such as 200 or 404, or leave it out");
        } else if let Some(status) = status.filter(|status| *status >= 400 && fetch.outcome.is(FetchOutcome::Ok)) {
            raise
                .at(
                    field("http_status"),
                    format!("{} cites a page as read, but it answered with the error {status}", cell.name()),
                )
                .help("write the outcome that the answer had, such as \"not_found\" or \"blocked\"; if a copy was read, leave `http_status` out")
                .related(field("outcome"), "the outcome");
        }
        if fetch.outcome.is(FetchOutcome::NotAttempted) {
            let stated = [
                ("on", !fetch.on.is_absent()),
                ("http_status", !fetch.http_status.is_absent()),
                ("via", !fetch.via.is_absent()),
            ];
            if let Some((key, _)) = stated.into_iter().find(|(_, is_stated)| *is_stated) {
                raise
                    .at(field(key), format!("{} cites a page as not attempted, and states `{key}`", cell.name()))
                    .help("write what came of the attempt as `outcome`, or `fetch = { outcome = \"not_attempted\" }` alone")
                    .related(field("outcome"), "the outcome");
            }
        }
        if !fetch.reported_by.is_absent() && !fetch.via.is_unread() && !fetch.via.is(Via::Reported) {
            raise
                .at(
                    field("reported_by"),
                    format!("{} names who reports a reading that is not said to be reported", cell.name()),
                )
                .help("write `via = \"reported\"`, or leave `reported_by` out");
        }
    }
}
