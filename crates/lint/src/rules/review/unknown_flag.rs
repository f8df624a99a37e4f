use std::collections::HashSet;

use diagnostics::{Candidates, Severity};
use model::{FieldPath, Review};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/unknown-flag", Severity::Error, include_str!("unknown_flag.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if cell.reviews.items().is_empty() {
        return;
    }
    let flags = Flags::of(cell);
    for (at, review) in cell.reviews.items().iter().enumerate() {
        let Some(wrong) = flags.unknown(review) else { continue };
        let help = match raise.suggest(|| flags.meant(wrong)) {
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

/// The flags of a cell, by which its reviews are judged.
pub(super) struct Flags<'a> {
    ids: HashSet<&'a str>,
    /// Whether some could not be read, so that a review may name one of these.
    may_be_others: bool,
    candidates: Candidates,
}

impl<'a> Flags<'a> {
    pub(super) fn of(cell: &CellContext<'a>) -> Self {
        let flags = cell.cell.flags.items();
        let ids: HashSet<_> = flags.iter().filter_map(|flag| Some(flag.id.known()?.as_str())).collect();
        let may_be_others = cell.flags.is_unread() || flags.iter().any(|flag| flag.id.known().is_none());
        // Only reviews name flags.
        let named = if cell.reviews.items().is_empty() { &[] } else { flags };
        let candidates = Candidates::new(named.iter().map(|flag| flag.id.text()));
        Self { ids, may_be_others, candidates }
    }

    /// The flag that a review names and the cell does not have.
    pub(super) fn unknown<'r>(&self, review: &'r Review) -> Option<&'r str> {
        let flag = review.flag.known()?.as_str();
        (!self.may_be_others && !self.ids.contains(flag)).then_some(flag)
    }

    /// The flag of the cell that was meant by a wrong name.
    pub(super) fn meant(&self, wrong: &str) -> Option<&str> {
        self.candidates.closest(wrong)
    }
}
