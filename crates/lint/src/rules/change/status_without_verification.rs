use diagnostics::{Severity, quoted};

use crate::change::{Answer, GradeChange};
use crate::{ChangeContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::change(
    "change/status-without-verification",
    Severity::Warning,
    include_str!("status_without_verification.md"),
    check,
);

const HELP: &str = "open the page and write its day in `fetch`; or set `verified_on` to the day of the check, or add a review that says why the grade changed";

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    for answer in change.answers() {
        let Some(graded) = answer.graded().filter(|graded| !graded.is_upgrade) else { continue };
        if !answer.is_verified_anew() {
            report(&answer, &graded, raise);
        }
    }
}

fn report(answer: &Answer<'_>, graded: &GradeChange, raise: &mut Raise<'_>) {
    let GradeChange { field, from, to, .. } = graded;
    if answer.is_own() {
        let message = format!(
            "{field} of {} went from {from} to {to}, without a new reading, `verified_on` or review",
            answer.name()
        );
        raise.at(answer.place(*field), message).help(HELP);
        return;
    }
    let message = format!(
        "{} had its own cell {} with {field} {from}; now it inherits {to}, without a new reading, `verified_on` or review",
        answer.entity_name(),
        quoted(answer.dimension)
    );
    raise
        .at(answer.place(*field), message)
        .help("restore the cell; or give the reason for its removal under `[[retired]]` in `registry.toml`; or verify the inherited one again")
        .related(answer.inherited(), "this one is inherited");
}
