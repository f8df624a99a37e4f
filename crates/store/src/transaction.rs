//! Changes of the data folder that are made in memory before they are written.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Mutex;

use crate::{FileContent, NotRead, Source, StoreError, Write};

/// A source with changes that are not written yet. What was read of a file once is what it holds from
/// then on, so that all who read see one state, and a file changed underneath is
/// noticed when the changes are written.
pub struct Transaction<'s> {
    source: &'s dyn Source,
    read: Mutex<BTreeMap<String, FileContent>>,
    /// The files that differ, with their new texts; none for one that is removed.
    changed: BTreeMap<String, Option<Vec<u8>>>,
}

impl<'s> Transaction<'s> {
    /// A transaction without changes.
    pub fn new(source: &'s dyn Source) -> Self {
        Self { source, read: Mutex::default(), changed: BTreeMap::new() }
    }

    /// Gives a file of the source another text.
    pub fn change(&mut self, path: String, text: String) {
        self.changed.insert(path, Some(text.into_bytes()));
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: String) {
        self.changed.insert(path, None);
    }

    /// Returns whether it gives a file another text, or takes it out.
    pub fn changes_file(&self, path: &str) -> bool {
        self.changed.contains_key(path)
    }

    /// The files that differ from the source as it was read, in order.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn changes(&self) -> Result<Vec<Write>, StoreError> {
        let mut writes = Vec::new();
        let there: HashSet<String> = self.source.list()?.into_iter().collect();
        for (path, after) in &self.changed {
            let before = if there.contains(path) { self.unchanged(path)?.ok() } else { None };
            if before != *after {
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
        let is_removed = |path: &String| self.changed.get(path).is_some_and(Option::is_none);
        let stays = self.source.list()?.into_iter().filter(|path| !is_removed(path));
        let there = self.changed.iter().filter(|(_, text)| text.is_some()).map(|(path, _)| path.clone());
        let paths: BTreeSet<String> = stays.chain(there).collect();
        Ok(paths.into_iter().collect())
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        self.source.strays()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        match self.changed.get(path) {
            Some(Some(text)) => Ok(Ok(text.clone())),
            Some(None) => Ok(Err(NotRead::System("it is taken out".to_owned()))),
            None => self.unchanged(path),
        }
    }
}
