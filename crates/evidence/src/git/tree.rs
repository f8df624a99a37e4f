//! The files of a git archive, at its `HEAD`.

use std::collections::HashMap;

use super::{GitArchiveError, Repository};
use crate::limits::MAX_GIT_FILES;

/// A file in git's object database.
#[derive(Debug)]
pub(super) struct File {
    pub(super) id: String,
    pub(super) size: u64,
}

/// The plain files of a commit, by path.
#[derive(Debug)]
pub(super) struct Files(HashMap<String, File>);

impl Files {
    pub(super) fn at_head(repository: &Repository) -> Result<Self, GitArchiveError> {
        let files = repository.read(&["ls-tree", "-r", "-l", "-z", "--full-tree", "HEAD"], |answer| {
            let mut files = HashMap::new();
            let mut entry = Vec::new();
            while files.len() <= MAX_GIT_FILES && answer.read_until(0, &mut entry)? > 0 {
                files.extend(file(&entry));
                entry.clear();
            }
            // What is beyond the limit has to be read for git to end.
            std::io::copy(answer, &mut std::io::sink())?;
            Ok(files)
        })?;
        if files.len() > MAX_GIT_FILES {
            let folder = repository.folder.clone();
            return Err(GitArchiveError::TooLarge { folder, limit: MAX_GIT_FILES as u64, what: "files" });
        }
        Ok(Self(files))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.0.get(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// A line of `ls-tree -l`: `<mode> blob <id> <size>\t<path>`. Links and submodules are no documents.
fn file(entry: &[u8]) -> Option<(String, File)> {
    let entry = std::str::from_utf8(entry).ok()?.trim_end_matches('\0');
    let (what, path) = entry.split_once('\t')?;
    let mut fields = what.split_ascii_whitespace();
    fields.next().filter(|mode| mode.starts_with("100"))?;
    fields.next().filter(|kind| *kind == "blob")?;
    let id = fields.next()?.to_owned();
    let size = fields.next()?.parse().ok()?;
    Some((path.to_owned(), File { id, size }))
}
