//! A state that git keeps, beside files that are mostly the same.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::hash::blob_id;
use crate::{FileContent, Source, StoreError};

/// A state that git keeps, beside another source. A file that is the same in both is read from the other: reading and
/// hashing a file on the disk takes less time than asking git for a blob. Without that, `lint --since` takes 2.7 times the
/// processor time, since then nothing is known to be the same, either.
pub struct Beside<'s, T> {
    state: T,
    other: &'s dyn Source,
    /// Whether a file is the same in both, where that was asked.
    same: Mutex<HashMap<String, bool>>,
}

impl<'s, T: Source> Beside<'s, T> {
    /// The state beside another source.
    pub fn new(state: T, other: &'s dyn Source) -> Self {
        Self { state, other, same: Mutex::default() }
    }

    /// Returns whether a file is the same in both. It is compared once.
    pub fn is_same(&self, path: &str) -> bool {
        let known = self.known().get(path).copied();
        known.unwrap_or_else(|| self.read_same(path).is_some())
    }

    /// The content of a file that is the same in both.
    fn read_same(&self, path: &str) -> Option<Vec<u8>> {
        let same = self.state.blob_id(path).and_then(|id| self.read_other(path, id));
        self.known().insert(path.to_owned(), same.is_some());
        same
    }

    /// The content of a file of the other source, if it has this id.
    fn read_other(&self, path: &str, id: &str) -> Option<Vec<u8>> {
        let other = self.other.blob_id(path);
        if other.is_some_and(|other| other != id) {
            return None;
        }
        let bytes = self.other.read(path).ok()?.ok()?;
        (other.is_some() || blob_id(&bytes, id.len()) == id).then_some(bytes)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, bool>> {
        self.same.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Source> Source for Beside<'_, T> {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        self.state.list()
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        self.state.strays()
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        match self.read_same(path) {
            Some(bytes) => Ok(Ok(bytes)),
            None => self.state.read(path),
        }
    }

    fn blob_id(&self, path: &str) -> Option<&str> {
        self.state.blob_id(path)
    }
}
