//! One module a command.

pub(crate) mod fuzz;
pub(crate) mod tidy;
