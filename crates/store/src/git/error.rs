//! Errors of git.

use std::io;
use std::path::PathBuf;

/// What git cannot or will not do.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The command cannot be run.
    #[error("cannot run `git`: {0}")]
    NoGit(io::Error),
    /// The data folder is in no repository.
    #[error("{folder} is not in a git work tree: {said}")]
    NoRepository {
        /// The data folder.
        folder: PathBuf,
        /// What git said.
        said: String,
    },
    /// Git refuses to open the repository.
    #[error("git does not open the repository of {folder}: {said}")]
    NotOpened {
        /// The data folder.
        folder: PathBuf,
        /// What git said.
        said: String,
    },
    /// The index has no registry any more.
    #[error(
        "the commit would delete the registry: {0} is in HEAD and not in the index; put it back with `git reset -- {0}`"
    )]
    RegistryDeleted(String),
    /// The revision is not there.
    #[error("there is no revision `{name}` in {top}{hint}")]
    UnknownRevision {
        /// What was asked for.
        name: String,
        /// The work tree.
        top: PathBuf,
        /// What may help, after a colon; empty where nothing may.
        hint: String,
    },
    /// A range of revisions, where one is wanted.
    #[error(
        "`{name}` is a range: give one revision; the comparison is with the commit that it has in common with HEAD"
    )]
    Range {
        /// What was asked for.
        name: String,
    },
    /// A revision and what is checked out have no commit in common.
    #[error("`{name}` and HEAD have no commit in common in {top}, so there is nothing to compare with{hint}")]
    NothingInCommon {
        /// What was asked for.
        name: String,
        /// The work tree.
        top: PathBuf,
        /// What may help, after a colon; empty where nothing may.
        hint: String,
    },
    /// The repository does not have the content of a file.
    #[error(
        "git does not have the content of {file} in {state} (blob {id}), and this command fetches nothing: {hint}"
    )]
    Missing {
        /// The file, by its path in the work tree.
        file: String,
        /// Which state of the repository lists it.
        state: String,
        /// The id of its content.
        id: String,
        /// What to do.
        hint: String,
    },
    /// Git failed.
    #[error("`git {command}` failed: {said}")]
    Failed {
        /// What was asked of it.
        command: String,
        /// What it said.
        said: String,
    },
}
