//! Where the bytes of data files come from.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use model::Document;
use model::limits::MAX_FILE_BYTES;

use crate::GitError;
use crate::capped::{Unreadable, read_capped};
use crate::layout::is_folder;
use crate::strays::{is_stray, may_hold_strays};

/// A folder or file that cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no data folder here.
    #[error("no registry in {0}: there is no registry.toml")]
    NoRegistry(PathBuf),
    /// Git cannot or will not.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The system refused.
    #[error("cannot {verb} {path}: {error}")]
    Io {
        /// What was tried: "read".
        verb: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl StoreError {
    /// Wraps what the system said.
    pub fn io<'a>(verb: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Self + 'a {
        move |error| Self::Io { verb, path: path.to_owned(), error }
    }
}

/// Why links and folders are not read.
pub(crate) const NOT_PLAIN: &str = "is not a plain file: links and folders are not followed";

/// Why what stands in the place of a folder is not read.
pub(crate) const NO_FOLDER: &str = "is no folder of its own: links are not followed";

/// Why a file of this many bytes is not read.
pub(crate) fn too_large(bytes: u64) -> String {
    format!("has {bytes} bytes, a data file may have {MAX_FILE_BYTES}")
}

/// A state of the data folder from which files are read. Paths are relative to the folder, with `/`.
pub trait Source: Sync {
    /// The data files there are, in order. What stands in the place of a folder and is none, such as a
    /// link, and a folder that cannot be read are listed by the name of the folder.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    fn list(&self) -> Result<Vec<String>, StoreError>;

    /// The files that look like data files and are not read, in order.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    fn strays(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    /// The bytes of a file, or why it is not read although it is there.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    fn read(&self, path: &str) -> Result<Result<Vec<u8>, String>, StoreError>;
}

/// The data folder as it lies on the disk.
#[derive(Debug, Clone)]
pub struct WorkTree {
    root: PathBuf,
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
        Ok(Self { root })
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

    fn read(&self, path: &str) -> Result<Result<Vec<u8>, String>, StoreError> {
        let full = self.root.join(path);
        let metadata = full.symlink_metadata().map_err(StoreError::io("read", &full))?;
        if is_folder(path) {
            if metadata.is_dir() {
                fs::read_dir(&full).map_err(StoreError::io("read the folder", &full))?;
            }
            return Ok(Err(NO_FOLDER.to_owned()));
        }
        if !metadata.is_file() {
            return Ok(Err(NOT_PLAIN.to_owned()));
        }
        match read_capped(&full, MAX_FILE_BYTES) {
            Ok(bytes) => Ok(Ok(bytes)),
            Err(Unreadable::TooLarge { bytes, .. }) => Ok(Err(too_large(bytes))),
            Err(Unreadable::NotAFile(_)) => Ok(Err(NOT_PLAIN.to_owned())),
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
        let reason = Tolerant::new(Box::new(tree)).read(&long).unwrap().unwrap_err();
        assert!(reason.starts_with("cannot be read: "), "{reason}");
    }
}
