//! Changes of the data folder that are made in memory before they are written.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::{FileContent, Source, StoreError, Write};

/// A source with changes that are not written yet. What was read of a file once is what it holds from
/// then on, so that all who read see one state, and a file changed underneath is
/// noticed when the changes are written.
pub struct Transaction<'s> {
    source: &'s dyn Source,
    read: Mutex<BTreeMap<String, FileContent>>,
    changed: BTreeMap<String, Vec<u8>>,
}

impl<'s> Transaction<'s> {
    /// A transaction without changes.
    pub fn new(source: &'s dyn Source) -> Self {
        Self { source, read: Mutex::default(), changed: BTreeMap::new() }
    }

    /// Gives a file of the source another text.
    pub fn change(&mut self, path: String, text: String) {
        self.changed.insert(path, text.into_bytes());
    }

    /// The files that differ from the source as it was read, in order.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn changes(&self) -> Result<Vec<Write>, StoreError> {
        let mut writes = Vec::new();
        for (path, after) in &self.changed {
            let before = self.unchanged(path)?.ok();
            if before.as_ref() != Some(after) {
                writes.push(Write { path: path.clone(), before, after: after.clone() });
            }
        }
        Ok(writes)
    }

    fn unchanged(&self, path: &str) -> Result<FileContent, StoreError> {
        // What a panicking thread may have left is a map of whole files.
        let lock = || self.read.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(known) = lock().get(path) {
            return Ok(known.clone());
        }
        let read = self.source.read(path)?;
        Ok(lock().entry(path.to_owned()).or_insert(read).clone())
    }
}

impl Source for Transaction<'_> {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        self.source.list()
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        self.source.strays()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        match self.changed.get(path) {
            Some(text) => Ok(Ok(text.clone())),
            None => self.unchanged(path),
        }
    }
}
