//! A state of the data folder that git keeps.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use model::limits::MAX_FILE_BYTES;

use super::blobs::Blobs;
use super::{GitError, Repository};
use crate::layout::{document_of, is_folder};
use crate::source::{NOT_PLAIN, too_large};
use crate::strays::is_stray;
use crate::{Source, StoreError};

/// The data folder in the index or in a revision.
#[derive(Debug)]
pub struct GitTree {
    entries: BTreeMap<String, Entry>,
    strays: Vec<String>,
    blobs: Mutex<Blobs>,
}

/// A data file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// Its content, by the id of the blob.
    Blob(String),
    /// Why it is not read.
    Refused(&'static str),
}

const UNMERGED: &str = "is not merged: resolve the conflict and add the file";

impl GitTree {
    /// From what `ls-files --stage` lists, without the files that are only promised.
    pub(super) fn of_index(
        repository: &Repository,
        listed: &[u8],
        promised: &[u8],
    ) -> Result<Self, StoreError> {
        let mut entries = BTreeMap::new();
        for (head, path) in records(listed, &repository.folder) {
            // `<mode> <id> <stage>`
            if let [mode, id, stage] = head[..] {
                let entry = if stage == "0" { entry(mode, id) } else { Entry::Refused(UNMERGED) };
                entries.insert(path, entry);
            }
        }
        for path in promised.split(|byte| *byte == 0).filter_map(|path| data_file(path, &repository.folder)) {
            entries.remove(&path);
        }
        Self::new(repository, entries)
    }

    /// From what `ls-tree` lists.
    pub(super) fn of_revision(repository: &Repository, listed: &[u8]) -> Result<Self, StoreError> {
        let mut entries = BTreeMap::new();
        for (head, path) in records(listed, &repository.folder) {
            // `<mode> <type> <id>`
            if let [mode, _, id] = head[..] {
                entries.insert(path, entry(mode, id));
            }
        }
        Self::new(repository, entries)
    }

    fn new(repository: &Repository, mut entries: BTreeMap<String, Entry>) -> Result<Self, StoreError> {
        let blobs = Blobs::start(repository.command()).map_err(GitError::NoGit)?;
        let is_read = |path: &String, _: &mut Entry| document_of(path).is_some() || is_folder(path);
        let read = entries.extract_if(.., is_read).collect();
        Ok(Self { entries: read, strays: entries.into_keys().collect(), blobs: Mutex::new(blobs) })
    }

    /// Whether the data files are the same as in another state.
    pub fn is_same(&self, other: &Self) -> bool {
        self.entries == other.entries
    }

    /// Whether a registry is here at all.
    pub(super) fn has_registry(&self) -> bool {
        self.entries.contains_key("registry.toml")
    }
}

impl Source for GitTree {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.entries.keys().cloned().collect())
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.strays.clone())
    }

    fn read(&self, path: &str) -> Result<Result<Vec<u8>, String>, StoreError> {
        let io = StoreError::io("read", Path::new(path));
        let id = match self.entries.get(path) {
            None => return Err(io(io::ErrorKind::NotFound.into())),
            Some(Entry::Refused(reason)) => return Ok(Err((*reason).to_owned())),
            Some(Entry::Blob(id)) => id,
        };
        let blob = self.blobs.lock().unwrap_or_else(PoisonError::into_inner).read(id, MAX_FILE_BYTES);
        Ok(blob.map_err(io)?.map_err(too_large))
    }
}

fn entry(mode: &str, id: &str) -> Entry {
    // A link is 120000, a submodule 160000.
    if mode.starts_with("100") { Entry::Blob(id.to_owned()) } else { Entry::Refused(NOT_PLAIN) }
}

/// The data files and strays among records `<words>\t<path>\0`: the words of each, and its path in the
/// data folder.
fn records<'l>(listed: &'l [u8], folder: &str) -> impl Iterator<Item = (Vec<&'l str>, String)> {
    listed.split(|byte| *byte == 0).filter_map(move |record| {
        let tab = record.iter().position(|byte| *byte == b'\t')?;
        let head = std::str::from_utf8(&record[..tab]).ok()?;
        Some((head.split(' ').collect(), data_file(&record[tab + 1..], folder)?))
    })
}

/// A path of the repository as a path in the data folder, where it is one of a data file, of what stands
/// in the place of a folder, or of a stray.
pub(super) fn data_file(path: &[u8], folder: &str) -> Option<String> {
    let path = String::from_utf8_lossy(path);
    let path = path.strip_prefix(folder)?;
    let is_read = || document_of(path).is_some() || is_folder(path);
    (is_read() || is_stray(path, folder.is_empty())).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_the_data_files_and_strays() {
        let listed = b"100644 4f1c 0\tdata/offerings/a.toml\x00100644 5a 0\tdata/notes.md\x00120000 6b 0\tdata/platforms/a\tb.toml\x00\
            100644 7c 0\tdata/offerings/.x.toml\x00100644 8d 0\tdata/offerings/\xff.toml\x00\
            120000 9e 0\tdata/organizations\x00";
        let found: Vec<_> = records(listed, "data/").collect();
        let expected = [
            (vec!["100644", "4f1c", "0"], "offerings/a.toml".to_owned()),
            (vec!["120000", "6b", "0"], "platforms/a\tb.toml".to_owned()),
            (vec!["100644", "8d", "0"], "offerings/\u{fffd}.toml".to_owned()),
            (vec!["120000", "9e", "0"], "organizations".to_owned()),
        ];
        assert_eq!(found, expected);
        assert_eq!(entry("100755", "4f1c"), Entry::Blob("4f1c".to_owned()));
        assert_eq!(entry("160000", "4f1c"), Entry::Refused(NOT_PLAIN));
    }
}
