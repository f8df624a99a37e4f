//! Compares two cells.

use model::{Cell, Record as _};

/// Returns whether two cells are equal in all but `override_reason`, with nothing else in them that could not be
/// read.
pub(crate) fn says_the_same(one: &Cell, other: &Cell) -> bool {
    one.is_same_but("override_reason", other) && one.is_whole_but("override_reason")
}
