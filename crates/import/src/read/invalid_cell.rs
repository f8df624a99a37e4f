//! Why a cell does not fit its column.

use std::borrow::Cow;

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InvalidCell {
    /// What is wrong.
    pub(crate) message: String,
    /// What to write.
    pub(crate) help: Cow<'static, str>,
}

impl InvalidCell {
    /// What is wrong, and what to write.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}
