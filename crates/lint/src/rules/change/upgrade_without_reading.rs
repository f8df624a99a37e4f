use diagnostics::{Severity, quoted};

use crate::change::{Answer, GradeChange};
use crate::{ChangeContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::change(
    "change/upgrade-without-reading",
    Severity::Error,
    include_str!("upgrade_without_reading.md"),
    check,
);

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    for answer in change.answers() {
        let Some(graded) = answer.graded().filter(|graded| graded.is_upgrade) else { continue };
        let is_borne = answer.is_read_anew().unwrap_or(true) || answer.is_corrected_by_quote().unwrap_or(true);
        if !is_borne {
            report(&answer, &graded, raise);
        }
    }
}

fn report(answer: &Answer<'_>, graded: &GradeChange, raise: &mut Raise<'_>) {
    let GradeChange { field, from, to, .. } = graded;
    let keep = if from == "none" { format!("leave {field} out") } else { format!("keep {field} at {from}") };
    let help = format!(
        "open the page that supports it, and write in its evidence how and on which day: `fetch = {{ outcome = \"ok\", on = YYYY-MM-DD, via = \"direct\" }}`; if none was opened, {keep}. If a page that was read before was graded wrongly, add its words as `quote`, and a review `corrected` with `by` and `reason`"
    );
    if answer.is_own() {
        let message = format!(
            "{field} of {} went up from {from} to {to}, but no page was read for it since",
            answer.name()
        );
        raise.at(answer.place(*field), message).help(help);
        return;
    }
    let message = format!(
        "{} had its own cell {} with {field} {from}; now it inherits {to}, and no page was read for that since",
        answer.entity_name(),
        quoted(answer.dimension)
    );
    raise.at(answer.place(*field), message).help(help).related(answer.inherited(), "this one is inherited");
}
