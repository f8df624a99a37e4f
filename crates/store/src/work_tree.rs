//! The data folder as it is on the disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use model::Document;
use model::limits::MAX_FILE_BYTES;

use crate::StoreError;
use crate::capped::{Unreadable, read_capped};
use crate::paths::is_folder;
use crate::source::{FileContent, NotRead, Source};
use crate::strays::{is_stray, may_hold_strays};

/// The data folder as it lies on the disk.
#[derive(Debug, Clone)]
pub struct WorkTree {
    root: PathBuf,
    /// Whether the folder may be left out of a sparse checkout.
    may_be_left_out: bool,
}

impl WorkTree {
    /// The data folder at `root`.
    ///
    /// # Errors
    ///
    /// When no `registry.toml` is there.
    pub fn new(root: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let root = root.into();
        if root.join("registry.toml").symlink_metadata().is_err() {
            return Err(StoreError::NoRegistry(root));
        }
        Ok(Self { root, may_be_left_out: false })
    }

    /// The data folder at `root`, of which git may know more than is checked out.
    pub fn of_checkout(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), may_be_left_out: true }
    }

    /// The data folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Adds the strays in a folder, which is empty for the data folder or ends in `/`, and below it.
    /// Links are not followed.
    fn walk(&self, folder: &str, is_top: bool, strays: &mut Vec<String>) -> Result<(), StoreError> {
        let full = self.root.join(folder);
        let entries = match fs::read_dir(&full) {
            // Nothing in it is read anyway; a folder of data files is listed as one that cannot be read.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !folder.is_empty() => {
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.may_be_left_out => return Ok(()),
            entries => entries.map_err(StoreError::io("read the folder", &full))?,
        };
        for entry in entries {
            let entry = entry.map_err(StoreError::io("read the folder", &full))?;
            let path = format!("{folder}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(StoreError::io("read", &full))?;
            if !kind.is_dir() && is_stray(&path, is_top) {
                strays.push(path);
            } else if kind.is_dir() && may_hold_strays(&path) {
                self.walk(&format!("{path}/"), is_top, strays)?;
            }
        }
        Ok(())
    }
}

impl Source for WorkTree {
    fn list(&self) -> Result<Vec<String>, StoreError> {
        // A folder that was removed since it was opened is no empty registry.
        if !self.may_be_left_out && !self.root.is_dir() {
            return Err(StoreError::NoRegistry(self.root.clone()));
        }
        let mut files = Vec::new();
        for name in ["registry.toml", "dimensions.toml"] {
            if self.root.join(name).symlink_metadata().is_ok() {
                files.push(name.to_owned());
            }
        }
        for folder in Document::ALL.iter().filter_map(|document| document.folder()) {
            let path = self.root.join(folder);
            if path.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
                files.push(folder.to_owned());
                continue;
            }
            let entries = match fs::read_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    files.push(folder.to_owned());
                    continue;
                }
                entries => entries.map_err(StoreError::io("read the folder", &path))?,
            };
            for entry in entries {
                let entry = entry.map_err(StoreError::io("read the folder", &path))?;
                let name = entry.file_name();
                let Some(name) =
                    name.to_str().filter(|name| name.ends_with(".toml") && !name.starts_with('.'))
                else {
                    continue;
                };
                files.push(format!("{folder}/{name}"));
            }
        }
        files.sort();
        Ok(files)
    }

    fn strays(&self) -> Result<Vec<String>, StoreError> {
        let mut strays = Vec::new();
        self.walk("", self.root.join(".git").exists(), &mut strays)?;
        strays.sort();
        Ok(strays)
    }

    fn read(&self, path: &str) -> Result<FileContent, StoreError> {
        let full = self.root.join(path);
        let metadata = full.symlink_metadata().map_err(StoreError::io("read", &full))?;
        if is_folder(path) {
            if metadata.is_dir() {
                fs::read_dir(&full).map_err(StoreError::io("read the folder", &full))?;
            }
            return Ok(Err(NotRead::NoFolder));
        }
        if !metadata.is_file() {
            return Ok(Err(NotRead::NotPlain));
        }
        match read_capped(&full, MAX_FILE_BYTES) {
            Ok(bytes) => Ok(Ok(bytes)),
            Err(Unreadable::TooLarge { bytes, .. }) => Ok(Err(NotRead::TooLarge(bytes))),
            Err(Unreadable::NotAFile(_)) => Ok(Err(NotRead::NotPlain)),
            Err(error @ Unreadable::Io(_)) => Err(error.at(&full)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tolerant;

    #[test]
    fn what_the_system_refuses_is_an_error_or_one_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("registry.toml"), "").unwrap();
        let tree = WorkTree::new(folder.path()).unwrap();
        // No system has names that long.
        let long = format!("offerings/{}.toml", "a".repeat(5000));
        assert!(matches!(tree.read(&long), Err(StoreError::Io { .. })));
        let reason = Tolerant::new(Box::new(tree)).read(&long).unwrap().unwrap_err().to_string();
        assert!(reason.starts_with("cannot be read: "), "{reason}");
    }
}
