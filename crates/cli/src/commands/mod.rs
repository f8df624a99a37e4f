//! One module a command.

pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod export;
#[cfg(feature = "find")]
pub(crate) mod find;
pub(crate) mod fmt;
pub(crate) mod hook;
pub(crate) mod import;
pub(crate) mod lint;
pub(crate) mod man;
pub(crate) mod new;
pub(crate) mod rules;
pub(crate) mod serve;
pub(crate) mod show;
