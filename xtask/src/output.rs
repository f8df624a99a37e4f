//! The folder of an export: what is written there, compared with what stands there, and taken away.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use export::sha256;
use store::StoreError;

use crate::Failure;
use crate::diff::{named, unified};

/// The folder of an export. Files are put into it one by one.
pub(crate) struct Output {
    folder: PathBuf,
    task: Task,
    /// The files of this export so far, with their hashes.
    made: BTreeMap<String, String>,
}

enum Task {
    Write,
    /// Only tell what differs: the unified diffs so far.
    Check(String),
}

/// What came of an export.
pub(crate) struct Ended {
    /// How many files it made.
    pub(crate) files: usize,
    /// Unified diffs from what stands in the folder to the export; empty where it was written.
    pub(crate) differences: String,
    /// The files of an earlier export that have been changed since, so that they were left.
    pub(crate) left: Vec<String>,
}

impl Output {
    /// Opens a folder, to be written or only compared.
    pub(crate) fn open(folder: &Path, check: bool) -> Self {
        Self {
            folder: folder.to_owned(),
            task: if check { Task::Check(String::new()) } else { Task::Write },
            made: BTreeMap::new(),
        }
    }

    /// Writes or compares a file, by its path in the folder.
    pub(crate) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.made.insert(path.to_owned(), sha256(bytes));
        self.bring(path, bytes)
    }

    /// Ends an export that always makes the same files.
    pub(crate) fn end(self) -> Ended {
        let differences = match self.task {
            Task::Write => String::new(),
            Task::Check(differences) => differences,
        };
        Ended { files: self.made.len(), differences, left: Vec::new() }
    }

    /// Ends an export: lists what it made in `FORMAT.sha256`, as `sha256sum --check` reads it, and takes
    /// away what the one before it listed there and this one did not make.
    pub(crate) fn end_and_sweep(mut self, format: &str) -> Result<Ended, Failure> {
        let list = format!("{format}.sha256");
        let before = self.read(&list)?.unwrap_or_default();
        let before = String::from_utf8_lossy(&before);
        let mut left = Vec::new();
        for (hash, path) in before.lines().filter_map(|line| line.split_once("  ")) {
            if self.made.contains_key(path) || !is_below(path) {
                continue;
            }
            let Some(bytes) = self.read(path)? else { continue };
            if sha256(&bytes) != hash {
                left.push(path.to_owned());
                continue;
            }
            match &mut self.task {
                Task::Check(differences) => {
                    differences.push_str(&difference(&self.folder.join(path), &bytes, b""));
                }
                Task::Write => self.remove(path)?,
            }
        }
        let sums: String = self.made.iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect();
        self.bring(&list, sums.as_bytes())?;
        Ok(Ended { left, ..self.end() })
    }

    fn bring(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let old = self.read(path)?;
        if old.as_deref() == Some(bytes) {
            return Ok(());
        }
        let full = self.folder.join(path);
        match &mut self.task {
            Task::Check(differences) => {
                differences.push_str(&difference(&full, &old.unwrap_or_default(), bytes));
            }
            Task::Write => {
                if let Some(folder) = full.parent() {
                    fs::create_dir_all(folder).map_err(StoreError::io("make the folder", folder))?;
                }
                fs::write(&full, bytes).map_err(StoreError::io("write", &full))?;
            }
        }
        Ok(())
    }

    /// The bytes of a file, or nothing where none is. A link is refused, since writing would follow it.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let mut full = self.folder.clone();
        for part in Path::new(path) {
            full.push(part);
            match fs::symlink_metadata(&full) {
                Ok(found) if found.is_symlink() => {
                    let message = format!("{} is a symbolic link: take it out", full.display());
                    return Err(Failure::Usage(message));
                }
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(StoreError::io("read", &full)(error).into()),
            }
        }
        Ok(Some(fs::read(&full).map_err(StoreError::io("read", &full))?))
    }

    /// Takes away a file, and the folders that it leaves empty.
    fn remove(&self, path: &str) -> Result<(), Failure> {
        let full = self.folder.join(path);
        fs::remove_file(&full).map_err(StoreError::io("remove", &full))?;
        let folders = full.ancestors().skip(1).take_while(|folder| *folder != self.folder);
        for folder in folders {
            // One that is not empty stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// The unified diff of two texts; of other files, that they differ.
fn difference(path: &Path, old: &[u8], new: &[u8]) -> String {
    let path = path.display().to_string();
    let are_texts = [old, new].iter().all(|bytes| std::str::from_utf8(bytes).is_ok());
    if are_texts { unified(&path, old, new) } else { format!("Binary file {} differs\n", named(&path)) }
}

/// Whether a listed path can only lead to a file below the folder.
fn is_below(path: &str) -> bool {
    let mut parts = Path::new(path).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}
