//! A source that one unreadable file does not end.

use crate::{FileContent, NotRead, Source, StoreError};

/// A source in which a file that the system refuses to read is one that is not read, for that reason. So it is
/// reported beside what is wrong with the others.
pub struct Tolerant<'s> {
    below: Box<dyn Source + 's>,
}

impl<'s> Tolerant<'s> {
    /// The source `below`, of which some files may be unreadable.
    pub fn new(below: Box<dyn Source + 's>) -> Self {
        Self { below }
    }
}

impl Source for Tolerant<'_> {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        self.below.list()
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        self.below.strays()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        match self.below.read(path) {
            Err(StoreError::Io { error, .. }) => Ok(Err(NotRead::System(error.to_string()))),
            read => read,
        }
    }

    fn blob_id(&self, path: &str) -> Option<&str> {
        self.below.blob_id(path)
    }
}
