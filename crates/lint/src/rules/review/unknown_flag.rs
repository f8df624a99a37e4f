use diagnostics::Severity;
use model::FieldPath;

use crate::flags::{Flags, named};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/unknown-flag", Severity::Error, include_str!("unknown_flag.md"), check)
        .yields_to(&["change/flag-removed"]);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if cell.reviews.items().is_empty() {
        return;
    }
    let flags = Flags::of(cell);
    for (at, review) in cell.reviews.items().iter().enumerate() {
        let Some(wrong) = flags.unknown(review) else { continue };
        let help = match raise.suggest(|| flags.meant(wrong)) {
            Some(meant) => format!("write `{meant}`"),
            None => "name a flag of this cell, or leave out `flag`".to_owned(),
        };
        raise
            .at(
                cell.at(FieldPath::of("reviews").index(at).key("flag")),
                format!(
                    "a review of {} closes the flag `{wrong}`, which the cell does not have",
                    cell.name()
                ),
            )
            .help(help)
            .refers_to(named(wrong));
    }
}
