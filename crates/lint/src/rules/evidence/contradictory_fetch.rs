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
                .at(field("http_status"), format!("{} states the HTTP status {status}, which does not exist", cell.name()))
                .help("write the three digits of the response, such as 200 or 404, or leave it out");
        } else if let Some(status) = status.filter(|status| *status >= 400 && fetch.outcome.is(FetchOutcome::Ok)) {
            raise
                .at(
                    field("http_status"),
                    format!("{} cites a page as read, but the response was the error {status}", cell.name()),
                )
                .help("write the outcome of the response, such as \"not_found\" or \"blocked\"; if a copy was read, leave out `http_status`")
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
                    .at(field(key), format!("{} cites a page as not attempted, but states `{key}`", cell.name()))
                    .help("write the result of the attempt as `outcome`, or only `fetch = { outcome = \"not_attempted\" }`")
                    .related(field("outcome"), "the outcome");
            }
        }
        if !fetch.reported_by.is_absent() && !fetch.via.is_unread() && !fetch.via.is(Via::Reported) {
            raise
                .at(
                    field("reported_by"),
                    format!("{} states `reported_by` for a reading that is not `via = \"reported\"`", cell.name()),
                )
                .help("write `via = \"reported\"`, or leave out `reported_by`");
        }
    }
}
