//! The flags of a cell, and the reviews that close them.

use std::collections::HashSet;

use diagnostics::Candidates;
use model::Review;

use crate::CellContext;

/// The identity of a finding about a flag: `flags[x]`.
pub(crate) fn named(flag: &str) -> String {
    format!("flags[{flag}]")
}

/// The flags of a cell, by which its reviews are judged.
pub(crate) struct Flags<'a> {
    ids: HashSet<&'a str>,
    /// Whether some could not be read, so that a review may name one of these.
    may_be_others: bool,
    candidates: Candidates,
}

impl<'a> Flags<'a> {
    pub(crate) fn of(cell: &CellContext<'a>) -> Self {
        let flags = cell.cell.flags.items();
        let ids: HashSet<_> = flags.iter().filter_map(|flag| Some(flag.id.known()?.as_str())).collect();
        let may_be_others = cell.flags.is_unread() || flags.iter().any(|flag| flag.id.known().is_none());
        // Only reviews name flags.
        let named = if cell.reviews.items().is_empty() { &[] } else { flags };
        let candidates = Candidates::new(named.iter().map(|flag| flag.id.text()));
        Self { ids, may_be_others, candidates }
    }

    /// The flag that a review names and the cell does not have.
    pub(crate) fn unknown<'r>(&self, review: &'r Review) -> Option<&'r str> {
        let flag = review.flag.known()?.as_str();
        (!self.may_be_others && !self.ids.contains(flag)).then_some(flag)
    }

    /// The flag of the cell that was meant by a wrong name.
    pub(crate) fn meant(&self, wrong: &str) -> Option<&str> {
        self.candidates.closest(wrong)
    }
}
