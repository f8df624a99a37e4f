use diagnostics::Severity;
use model::{Date, FieldPath};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/in-future", Severity::Error, include_str!("in_future.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let mut judge = |day: Option<Date>, path: FieldPath, what: &str| {
        if let Some(day) = day.filter(|day| cell.is_to_come(*day)) {
            raise
                .at(cell.at(path), format!("{what} {} is dated {day}, which is in the future", cell.name()))
                .help(format!("write the day on which it happened, {} at the latest", cell.today));
        }
    };
    for (at, review) in cell.reviews.items().iter().enumerate() {
        judge(review.on.get(), FieldPath::of("reviews").index(at).key("on"), "a review of");
    }
    for (at, flag) in cell.flags.items().iter().enumerate() {
        judge(flag.raised_on.get(), FieldPath::of("flags").index(at).key("raised_on"), "a flag on");
    }
}
