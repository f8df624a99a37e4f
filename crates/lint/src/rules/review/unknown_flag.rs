use diagnostics::{Severity, closest};
use model::{FieldPath, Review};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/unknown-flag", Severity::Error, include_str!("unknown_flag.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, review) in cell.reviews.items().iter().enumerate() {
        let Some(wrong) = unknown(cell, review) else { continue };
        let help = match meant(cell, wrong) {
            Some(meant) => format!("write `{meant}`"),
            None => "name a flag of this cell, or leave `flag` out".to_owned(),
        };
        raise
            .at(
                cell.at(FieldPath::of("reviews").index(at).key("flag")),
                format!(
                    "a review of {} closes the flag `{wrong}`, which the cell does not have",
                    cell.name()
                ),
            )
            .help(help);
    }
}

/// The flag that a review names and the cell does not have.
pub(super) fn unknown<'a>(cell: &CellContext<'_>, review: &'a Review) -> Option<&'a str> {
    let flag = review.flag.known()?;
    let may_be = cell.flags.items().iter().any(|one| one.id.known().is_none_or(|id| id == flag));
    (!may_be && !cell.flags.is_unread()).then_some(flag.as_str())
}

/// The flag of the cell that was meant by a wrong name.
pub(super) fn meant<'a>(cell: &CellContext<'a>, wrong: &str) -> Option<&'a str> {
    closest(wrong, cell.cell.flags.items().iter().map(|flag| flag.id.text()))
}
