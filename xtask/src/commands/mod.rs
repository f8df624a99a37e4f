//! One module a command.

#[cfg(feature = "full")]
pub(crate) mod dist;
pub(crate) mod fuzz;
pub(crate) mod tidy;
