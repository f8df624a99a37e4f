//! One module a command.

pub(crate) mod bench;
#[cfg(feature = "full")]
pub(crate) mod dist;
pub(crate) mod fuzz;
pub(crate) mod tidy;
