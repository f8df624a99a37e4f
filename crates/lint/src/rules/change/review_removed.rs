use diagnostics::{Place, Severity, cut, printable};
use model::Vocabulary;

use crate::{ChangeContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::change(
    "change/review-removed",
    Severity::Error,
    include_str!("review_removed.md"),
    check,
);

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    for answer in change.losable() {
        for review in answer.lost_reviews().unwrap_or_default() {
            let on = review.on.map(|day| format!(" of {day}")).unwrap_or_default();
            let verdict = review.verdict.map(|verdict| format!(" `{}`", verdict.id())).unwrap_or_default();
            let by = match review.by.as_str() {
                "" => String::new(),
                by => format!(" by {}", printable(&cut(by, 80))),
            };
            let message = format!("the review{verdict}{on}{by} of {} was removed", answer.name());
            let place = Place::missing(answer.subject().with("reviews"));
            raise
                .at(place, message)
                .identity(format!("reviews[{}{verdict}{on}{by}]", review.flag))
                .help("restore it: decisions of people stay on record; if it was wrong, add a review that says so");
        }
    }
}
