//! Errors of writing files.

use std::path::PathBuf;

use model::limits::MAX_FILE_BYTES;

use crate::StoreError;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A target is not as it was read.
    #[error("{0} has changed since it was read: nothing was written, run the command again")]
    Changed(PathBuf),
    /// A target, or a folder that holds it, is a link.
    #[error("{0} is a link or not a plain file: nothing was written, put a real file or folder in its place")]
    NotPlain(PathBuf),
    /// A file that is to be new is there already.
    #[error("{0} is there already, and is another file: nothing was written, move it away")]
    Exists(PathBuf),
    /// A target is none of the files that a registry has.
    #[error("{0} is not a data file: nothing was written")]
    NoDataFile(PathBuf),
    /// A target would be too large to be read.
    #[error(
        "{path} would have {bytes} bytes; the limit of a data file is {MAX_FILE_BYTES}: nothing was written"
    )]
    TooLarge {
        /// The target.
        path: PathBuf,
        /// The bytes that it would have.
        bytes: usize,
    },
    /// A new text was removed before it could take its place.
    #[error(
        "the new text of {0} was removed while it was written: nothing was written, run the command again"
    )]
    Removed(PathBuf),
    /// What this program did not make has a name that it needs.
    #[error(
        "{0} is in the way: this program uses that name, but did not write this file; check what it is, and remove it"
    )]
    InTheWay(PathBuf),
    /// Another run is writing.
    #[error("{} is writing to {root}: nothing was written, run the command again after it has ended", process(.number))]
    Locked {
        /// The folder.
        root: PathBuf,
        /// The number of its process, where it says.
        number: Option<u32>,
    },
    /// A killed run has left its writes half done.
    #[error(
        "a run was killed while it wrote to {}: run its command again to finish this, or another command that writes, such as `{} fmt`",
        .0.display(),
        diagnostics::command()
    )]
    Unfinished(PathBuf),
    /// A file that a killed run was writing has changed since.
    #[error(
        "a killed run was writing {target}, which has changed since: to keep the file as it is, delete {temporary}; to get what the run would have written, delete the file; then run the command again"
    )]
    Disputed {
        /// The file.
        target: PathBuf,
        /// The file beside it with its new text.
        temporary: PathBuf,
    },
    /// What should be a journal is none.
    #[error(
        "{path} is not a journal that this program wrote here: {reason}; check what it is, and remove it: the data files do not change"
    )]
    Journal {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The system refused halfway, and then refused the way back too.
    #[error("{0}: some files are written and some are not; the next command that writes finishes them")]
    Halfway(Box<WriteError>),
    /// The system refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn process(number: &Option<u32>) -> String {
    number.map_or_else(|| "another run".to_owned(), |number| format!("process {number}"))
}
