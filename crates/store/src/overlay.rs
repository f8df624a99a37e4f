//! One text laid over a source.

use model::limits::MAX_FILE_BYTES;

use crate::{FileContent, NotRead, Source, StoreError};

/// A source in which one file, there or not, has another text: what an editor holds and has not saved.
pub struct Overlay<'s> {
    below: &'s dyn Source,
    path: String,
    bytes: Vec<u8>,
}

impl<'s> Overlay<'s> {
    /// The source `below` with `bytes` as the file `path`.
    pub fn new(below: &'s dyn Source, path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { below, path: path.into(), bytes }
    }
}

impl Source for Overlay<'_> {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        let mut files = self.below.list()?;
        if let Err(at) = files.binary_search(&self.path) {
            files.insert(at, self.path.clone());
        }
        Ok(files)
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        self.below.strays()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        if path != self.path {
            return self.below.read(path);
        }
        let size = self.bytes.len() as u64;
        Ok(if size > MAX_FILE_BYTES { Err(NotRead::TooLarge(size)) } else { Ok(self.bytes.clone()) })
    }
}
