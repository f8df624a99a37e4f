//! The operations on a document.

use std::ops::Range;

use crate::path::Path;
use crate::value::Value;

/// A change of a document. All paths of one set of edits are those of the document before any of them.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Gives a path this value, whether or not it has one. An index at the end of a list adds an item.
    Set(Path, Value),
    /// Removes what is at a path: a key with its value, an item of a list, or a table with all that is in it.
    Remove(Path),
    /// Gives a key another name.
    Rename(Path, String),
    /// Replaces a range of a text, in bytes of the text as it is read.
    Replace(Path, Range<usize>, String),
}

impl Edit {
    /// Returns the path of what it changes.
    pub fn path(&self) -> &Path {
        match self {
            Self::Set(path, _) | Self::Remove(path) | Self::Rename(path, _) | Self::Replace(path, ..) => path,
        }
    }
}
