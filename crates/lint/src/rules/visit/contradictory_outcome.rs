use diagnostics::Severity;
use model::FetchOutcome;

use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/contradictory-outcome", Severity::Error, include_str!("contradictory_outcome.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for (at, visit) in visits.items().iter().enumerate() {
        let Some(outcome) = visit.outcome.get() else { continue };
        let status = visit.http_status.get();
        if outcome == FetchOutcome::NotAttempted {
            raise
                .at(visits.field(at, "outcome"), format!("{} states that there was no attempt", visits.name(at)))
                .help("write the result of the attempt, or remove the visit");
        } else if let Some(status) = status.filter(|status| !(100..600).contains(status)) {
            raise
                .at(
                    visits.field(at, "http_status"),
                    format!("{} states the HTTP status {status}, which does not exist", visits.name(at)),
                )
                .help("write the three digits of the response, such as 200 or 404, or leave it out");
        } else if let Some(status) = status.filter(|status| *status >= 400 && outcome == FetchOutcome::Ok) {
            raise
                .at(
                    visits.field(at, "http_status"),
                    format!("{} states that the page was read, but the response was the error {status}", visits.name(at)),
                )
                .help("write the outcome of the response, such as \"not_found\" or \"blocked\"")
                .related(visits.field(at, "outcome"), "the outcome");
        } else if outcome != FetchOutcome::Ok && !visit.sha256.is_absent() {
            raise
                .at(
                    visits.field(at, "sha256"),
                    format!("{} states the hash of a text, but its outcome is `{outcome}`", visits.name(at)),
                )
                .help("leave out the hash of a page that was not read")
                .related(visits.field(at, "outcome"), "the outcome");
        }
    }
}
