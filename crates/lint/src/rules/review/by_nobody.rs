use diagnostics::{Place, Severity};
use model::FieldPath;

use crate::context::says_nothing;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/by-nobody", Severity::Warning, include_str!("by_nobody.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, review) in cell.cell.reviews.items().iter().enumerate() {
        if !says_nothing(&review.by) {
            continue;
        }
        let by = cell.at(FieldPath::of("reviews").index(at).key("by"));
        let place = if review.by.is_absent() { Place::missing(by) } else { by.into() };
        raise
            .at(place, format!("a review of {} does not say who decided", cell.name()))
            .help("write the name or handle of the person, `by = \"…\"`");
    }
}
