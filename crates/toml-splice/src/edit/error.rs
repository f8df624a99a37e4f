//! Why a document cannot be edited.

use crate::path::Path;

/// An edit that cannot be made without touching more than it names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot change `{path}`: {refusal}")]
pub struct EditError {
    /// The path of an edit, or of a value within what it sets.
    pub path: Path,
    /// Why it cannot be made.
    pub refusal: Refusal,
}

impl EditError {
    pub(crate) fn new(path: &Path, refusal: Refusal) -> Self {
        Self { path: path.clone(), refusal }
    }
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The text is not TOML.
    #[error("the file is not valid TOML")]
    Invalid,
    /// There is nothing at the path.
    #[error("it is not there")]
    Absent,
    /// Two edits change the same bytes.
    #[error("another edit touches the same text")]
    Meets,
    /// The edited text would say something else than the edits promise.
    #[error("the text around it would change its meaning")]
    Broken,
    /// The path has an index where there is no list.
    #[error("it is no list")]
    NoList,
    /// The path has a key where there is no table.
    #[error("what should hold it is no table")]
    NoTable,
    /// There is no line at which a key of this table could be written.
    #[error("its table has no header")]
    NoHeader,
    /// An item of a list has no key that could get another name.
    #[error("it has no key")]
    NoKey,
    /// The table has a key of the new name.
    #[error("there is a key of the new name")]
    Taken,
    /// What is not a text has no part that could be replaced.
    #[error("it is no text")]
    NoText,
    /// The range is not one of the text.
    #[error("its text is shorter")]
    TooShort,
    /// What is written cannot be matched with what is read.
    #[error("its text cannot be matched with what is written")]
    Unmatched,
    /// A string in single quotes has no escapes.
    #[error("a literal string cannot hold it")]
    Literal,
    /// Comments are in what would be replaced.
    #[error("the new value would take the place of comments: move them first, or make the change by hand")]
    Comments,
    /// One of several `[[tables]]` would become another kind of value.
    #[error(
        "it is one of several tables with headers, and the new value is no table: write the list by hand"
    )]
    OneOfTables,
}
