//! Sources of the bytes of data files.

use model::limits::MAX_FILE_BYTES;

use crate::StoreError;

/// The bytes of a file, or why it is not read although it is there.
pub type FileContent = Result<Vec<u8>, NotRead>;

/// Why a file is not read although it is there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// It is a link, a folder or a device.
    #[error("is not a plain file: links and folders are not followed")]
    NotPlain,
    /// It is in the place of a folder, and is none.
    #[error("is not a real folder: links are not followed")]
    NoFolder,
    /// A merge left it in conflict in git's index.
    #[error("is not merged: resolve the conflict and add the file")]
    Unmerged,
    /// It has this many bytes.
    #[error("has {0} bytes; the limit of a data file is {MAX_FILE_BYTES}")]
    TooLarge(u64),
    /// The system refused, for this reason.
    #[error("cannot be read: {0}")]
    System(String),
}

/// A state of the data folder from which files are read. Paths are relative to the folder, with `/`.
pub trait Source: Sync {
    /// The data files there are, in order. What is in the place of a folder and is none, such as a
    /// link, and a folder that cannot be read are listed by the name of the folder.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    fn list(&self) -> Result<Vec<String>, StoreError>;

    /// The files that look like data files and are not read, in order.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    fn strays(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    /// Returns the content of a file.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn read(&self, path: &str) -> Result<FileContent, StoreError>;

    /// The id of the blob that git has of a file, where it is read from git.
    fn blob_id(&self, _path: &str) -> Option<&str> {
        None
    }
}

impl<S: Source + ?Sized> Source for &S {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        (**self).list()
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        (**self).strays()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        (**self).read(path)
    }

    fn blob_id(&self, path: &str) -> Option<&str> {
        (**self).blob_id(path)
    }
}
