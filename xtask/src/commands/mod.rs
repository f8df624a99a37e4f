//! One module a command.

pub(crate) mod ci;
pub(crate) mod fuzz;
pub(crate) mod tidy;
