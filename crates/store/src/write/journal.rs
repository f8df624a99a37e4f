//! The list of what is being written, by which a killed run can be finished.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::disk::read_plain;
use super::{Change, WriteError};

/// The file that holds the journal, in the folder that is written to.
pub(super) const JOURNAL: &str = ".write.journal";

const SUFFIX: &str = ".write.tmp";

/// What is being written. Each new text stands in the temporary file beside its target.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    pub(super) entries: Vec<Entry>,
}

/// A file that is being written, with the SHA-256 of its bytes before and after; none where there is
/// no file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

impl Journal {
    /// The journal that a killed run has left in a folder.
    pub(super) fn read(root: &Path) -> Result<Option<Self>, WriteError> {
        let Some(bytes) = read_plain(root, JOURNAL)? else { return Ok(None) };
        let refuse = |reason: String| WriteError::Journal { path: root.join(JOURNAL), reason };
        let journal: Self = serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
        // It may have come with the data, from anybody.
        match journal.entries.iter().find(|entry| !is_inside(&entry.path)) {
            Some(entry) => Err(refuse(format!("it names {:?}", entry.path))),
            None => Ok(Some(journal)),
        }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).unwrap_or_else(|_| unreachable!("texts have a JSON form"))
    }
}

impl Entry {
    pub(super) fn of(change: &Change<'_>) -> Self {
        Self { path: change.path.to_owned(), old: change.before.map(hash), new: change.after.map(hash) }
    }

    /// Whether the change is still to be made. It counts as settled when its temporary file is gone.
    ///
    /// # Errors
    ///
    /// When the file has changed since the journal was written.
    pub(super) fn is_open(&self, root: &Path) -> Result<bool, WriteError> {
        let found = read_plain(root, &self.path)?.map(|bytes| hash(&bytes));
        if found == self.new {
            return Ok(false);
        }
        let temporary = temporary(root, &self.path);
        let disputed =
            || WriteError::Disputed { target: root.join(&self.path), temporary: temporary.clone() };
        let untouched = found.is_none() || found == self.old;
        if self.new.is_none() {
            return if untouched { Ok(true) } else { Err(disputed()) };
        }
        match read_plain(root, &temporary_name(&self.path))?.map(|bytes| hash(&bytes)) {
            None => Ok(false),
            text if text == self.new && untouched => Ok(true),
            Some(_) => Err(disputed()),
        }
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a path names a file below the folder that is no hidden one.
fn is_inside(path: &str) -> bool {
    let plain = |component| matches!(component, Component::Normal(name) if !name.as_encoded_bytes().starts_with(b"."));
    !path.is_empty() && Path::new(path).components().all(plain)
}

/// The path of the file beside a target that holds its new text; a hidden one, so that no reader takes
/// it.
fn temporary_name(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}.{name}{SUFFIX}")
}

/// The file beside a target that holds its new text.
pub(super) fn temporary(root: &Path, path: &str) -> PathBuf {
    root.join(temporary_name(path))
}

/// Whether a file is such a one, by its name.
pub(super) fn is_temporary(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") && name.ends_with(SUFFIX.as_bytes())
}
