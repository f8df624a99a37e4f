//! Errors of reading a data folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::GitError;

/// A folder or file that cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no data folder here.
    #[error("no registry in {0}: there is no registry.toml")]
    NoRegistry(PathBuf),
    /// Git cannot or will not.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The system refused.
    #[error("cannot {verb} {path}: {error}")]
    Io {
        /// What was tried: "read".
        verb: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl StoreError {
    /// Wraps what the system said.
    pub fn io<'a>(verb: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Self + 'a {
        move |error| Self::Io { verb, path: path.to_owned(), error }
    }
}
