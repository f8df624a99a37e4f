use diagnostics::{Anchor, Place, Severity};
use model::{FieldPath, Verdict};

use crate::context::says_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::cell(
    "review/dismissal-without-reason",
    Severity::Error,
    include_str!("dismissal_without_reason.md"),
    check,
);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, review) in cell.reviews.items().iter().enumerate() {
        if !review.verdict.is(Verdict::Dismissed) || !says_nothing(&review.reason) {
            continue;
        }
        let subject = cell.at(FieldPath::of("reviews").index(at).key("reason"));
        let anchor = if review.reason.is_absent() { Anchor::Missing } else { Anchor::Value };
        raise
            .at(
                Place { subject, anchor },
                format!("a review of {} dismisses a doubt without a reason", cell.name()),
            )
            .help("write in `reason` why the doubt was unfounded, and what was read to check it");
    }
}
