//! One module a command.

pub(crate) mod explain;
pub(crate) mod lint;
pub(crate) mod rules;
