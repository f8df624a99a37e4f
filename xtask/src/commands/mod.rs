//! One module a command.

pub(crate) mod bench;
pub(crate) mod dist;
pub(crate) mod fuzz;
pub(crate) mod tidy;
