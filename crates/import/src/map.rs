//! What the columns and words of a table mean.

pub(crate) mod header;
pub(crate) mod mapped;
pub(crate) mod mapping;
pub(crate) mod typed;
