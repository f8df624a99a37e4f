//! A state of the data folder that git keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use model::limits::MAX_FILE_BYTES;

use super::Repository;
use super::blobs::{Blob, Blobs};
use super::error::GitError;
use crate::paths::{document_of, is_folder};
use crate::strays::is_stray;
use crate::{FileContent, NotRead, Source, StoreError};

/// The data folder in the index or in a revision.
#[derive(Debug)]
pub struct GitTree {
    entries: BTreeMap<String, Entry>,
    strays: Vec<String>,
    blobs: Arc<Blobs>,
    /// The path of the data folder in the work tree, with a final slash.
    folder: String,
    /// The commit; none for the index.
    commit: Option<String>,
}

/// A data file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// Its content, by the id of the blob.
    Blob(String),
    /// Why it is not read.
    Refused(NotRead),
}

/// The ids of the empty file and the empty tree, in SHA-1 and in SHA-256.
const EMPTY: [(&str, &str); 2] = [
    ("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "4b825dc642cb6eb9a060e54bf8d69288fbee4904"),
    (
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
        "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
    ),
];

impl GitTree {
    /// From what `ls-files --stage` lists.
    pub(super) fn of_index(repository: &Repository, listed: &[u8]) -> Result<Self, StoreError> {
        let (mut entries, mut may_be_promised) = (BTreeMap::new(), Vec::new());
        let mut empty_tree = None;
        for (head, path) in records(listed, &repository.folder) {
            // `<mode> <id> <stage>`
            if let [mode, id, stage] = head[..] {
                if let Some(tree) = empty_tree_beside(id) {
                    may_be_promised.push(path.clone());
                    empty_tree = Some(tree);
                }
                let entry = if stage == "0" { entry(mode, id) } else { Entry::Refused(NotRead::Unmerged) };
                entries.insert(path, entry);
            }
        }
        if let Some(tree) = empty_tree {
            let committed = repository.committed(tree)?;
            let committed = committed.split(|byte| *byte == 0);
            let committed: BTreeSet<_> =
                committed.filter_map(|path| data_file(path, &repository.folder)).collect();
            for path in may_be_promised.iter().filter(|path| !committed.contains(*path)) {
                entries.remove(path);
            }
        }
        Ok(Self::new(repository, None, entries))
    }

    /// From what `ls-tree` lists.
    pub(super) fn of_commit(repository: &Repository, commit: &str, listed: &[u8]) -> Self {
        let mut entries = BTreeMap::new();
        for (head, path) in records(listed, &repository.folder) {
            // `<mode> <type> <id>`
            if let [mode, _, id] = head[..] {
                entries.insert(path, entry(mode, id));
            }
        }
        Self::new(repository, Some(commit.to_owned()), entries)
    }

    /// The state before the first commit.
    pub(super) fn empty(repository: &Repository) -> Self {
        Self::new(repository, None, BTreeMap::new())
    }

    fn new(repository: &Repository, commit: Option<String>, mut entries: BTreeMap<String, Entry>) -> Self {
        let is_read = |path: &String, _: &mut Entry| document_of(path).is_some() || is_folder(path);
        let mut read: BTreeMap<_, _> = entries.extract_if(.., is_read).collect();
        read.iter_mut().filter(|(path, _)| is_folder(path)).for_each(|(_, entry)| {
            *entry = Entry::Refused(NotRead::NoFolder);
        });
        Self {
            entries: read,
            strays: entries.into_keys().collect(),
            blobs: repository.blobs.clone(),
            folder: repository.folder.clone(),
            commit,
        }
    }

    fn missing(&self, path: &str, id: &str) -> GitError {
        let (state, hint) = match &self.commit {
            None => ("the index".to_owned(), format!("`git cat-file -e {id}`")),
            Some(commit) => {
                let folder = if self.folder.is_empty() { "." } else { &self.folder };
                (format!("commit {commit}"), format!("`git diff --stat {commit} -- {folder}`"))
            }
        };
        GitError::Missing {
            file: format!("{}{path}", self.folder),
            state,
            id: id.to_owned(),
            hint: format!(
                "in a partial clone {hint} fetches it; in any other, `git fsck` reports what is lost"
            ),
        }
    }

    /// Returns whether the data files are the same as in another state.
    pub fn is_same(&self, other: &Self) -> bool {
        self.entries == other.entries
    }

    /// Returns whether a registry is here at all.
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

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        let io = StoreError::io("read", Path::new(path));
        let id = match self.entries.get(path) {
            None => return Err(io(io::ErrorKind::NotFound.into())),
            Some(Entry::Refused(reason)) => return Ok(Err(reason.clone())),
            Some(Entry::Blob(id)) => id,
        };
        Ok(match self.blobs.read(id, MAX_FILE_BYTES).map_err(io)? {
            Blob::Content(bytes) => Ok(bytes),
            Blob::TooLarge(size) => Err(NotRead::TooLarge(size)),
            Blob::Missing => return Err(self.missing(path, id).into()),
        })
    }

    fn blob_id(&self, path: &str) -> Option<&str> {
        match self.entries.get(path)? {
            Entry::Blob(id) => Some(id),
            Entry::Refused(_) => None,
        }
    }
}

/// The id of the empty tree, for the id of the empty file in the same hash.
fn empty_tree_beside(id: &str) -> Option<&'static str> {
    EMPTY.into_iter().find(|(file, _)| *file == id).map(|(_, tree)| tree)
}

fn entry(mode: &str, id: &str) -> Entry {
    // A link is 120000, a submodule 160000.
    if mode.starts_with("100") { Entry::Blob(id.to_owned()) } else { Entry::Refused(NotRead::NotPlain) }
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

/// Returns a path of the repository as a path in the data folder, if it is that of a data file, of something
/// in the place of a folder, or of a stray file.
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
        assert_eq!(entry("160000", "4f1c"), Entry::Refused(NotRead::NotPlain));
    }
}
