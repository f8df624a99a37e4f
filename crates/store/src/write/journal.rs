//! The list of what is being written, by which a killed run can be finished.
//!
//! A journal is followed only by the files that it was written for: it names the identity of its own file, which no
//! clone, archive or copy can carry, and data files alone.

use std::fs::File;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::WriteError;
use super::names::{JOURNAL, is_data_file, temporary, temporary_name};
use super::plain::{MAX_BYTES, mark, open_plain, read, read_plain};
use crate::StoreError;
use crate::hash::sha256;

/// What is being written. Each new text is in the temporary file beside its target.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    /// The mark of the file that holds the journal.
    mark: String,
    pub(super) entries: Vec<Entry>,
}

/// A file that is being written, with the SHA-256 of its bytes before and after; none where there is
/// no file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// How far the change of an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is made.
    Made,
    /// It is still to be made.
    Open,
    /// Its new text is lost, so the file does not change.
    Lost,
}

impl Journal {
    /// A journal to write to a new file.
    pub(super) fn new(file: &File, entries: Vec<Entry>) -> io::Result<Self> {
        Ok(Self { mark: mark(&file.metadata()?), entries })
    }

    /// The journal that a killed run has left in a folder.
    ///
    /// # Errors
    ///
    /// When what has its name was not written there by this program.
    pub(super) fn read(root: &Path) -> Result<Option<Self>, WriteError> {
        let path = root.join(JOURNAL);
        let refuse = |reason: String| WriteError::Journal { path: path.clone(), reason };
        let opened = match open_plain(root, JOURNAL) {
            Err(WriteError::NotPlain(_)) => {
                return Err(refuse("it is a link or not a plain file".to_owned()));
            }
            opened => opened?,
        };
        let Some(file) = opened else { return Ok(None) };
        let found = file.metadata().map(|metadata| mark(&metadata));
        let (found, bytes) =
            found.and_then(|found| Ok((found, read(file)?))).map_err(StoreError::io("read", &path))?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(refuse(format!("it has more than {MAX_BYTES} bytes")));
        }
        let journal: Self = serde_json::from_slice(&bytes)
            .map_err(|error| refuse(format!("it has another format ({error})")))?;
        if journal.mark != found {
            let reason = "it came with the data, or the folder was copied or restored since";
            return Err(refuse(reason.to_owned()));
        }
        match journal.entries.iter().find(|entry| !is_data_file(&entry.path)) {
            Some(entry) => Err(refuse(format!("it names {:?}, which is not a data file", entry.path))),
            None => Ok(Some(journal)),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_else(|_| unreachable!("texts have a JSON form"))
    }
}

impl Entry {
    pub(super) fn new(path: String, before: Option<&[u8]>, after: Option<&[u8]>) -> Self {
        Self { path, old: before.map(sha256), new: after.map(sha256) }
    }

    /// Returns whether the file is as it was before the change.
    pub(super) fn is_as_before(&self, root: &Path) -> Result<bool, WriteError> {
        Ok(self.found(root)? == self.old)
    }

    /// Returns whether the file is as the change makes it.
    pub(super) fn is_as_after(&self, root: &Path) -> Result<bool, WriteError> {
        Ok(self.found(root)? == self.new)
    }

    fn found(&self, root: &Path) -> Result<Option<String>, WriteError> {
        Ok(read_plain(root, &self.path)?.map(|bytes| sha256(&bytes)))
    }

    /// How far the change has come.
    ///
    /// # Errors
    ///
    /// When the file has changed since the journal was written.
    pub(super) fn standing(&self, root: &Path) -> Result<Standing, WriteError> {
        let found = self.found(root)?;
        if found == self.new {
            return Ok(Standing::Made);
        }
        let temporary = temporary(root, &self.path);
        let disputed =
            || WriteError::Disputed { target: root.join(&self.path), temporary: temporary.clone() };
        let untouched = found.is_none() || found == self.old;
        if self.new.is_none() {
            return if untouched { Ok(Standing::Open) } else { Err(disputed()) };
        }
        match read_plain(root, temporary_name(&self.path))?.map(|bytes| sha256(&bytes)) {
            None => Ok(Standing::Lost),
            text if text == self.new && untouched => Ok(Standing::Open),
            Some(_) => Err(disputed()),
        }
    }
}
