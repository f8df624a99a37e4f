//! Creates files where there are none: for a new registry, outside the data folder too.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::error::WriteError;
use super::names::temporary;
use super::plain::read_plain;
use crate::StoreError;

/// A file to create.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its path below the folder, with `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Creates files below a folder, all or none; on the way, folders that are missing. A file that is there with the same
/// bytes counts as created, so that a run after a killed one finishes its work: the files appear in their order.
///
/// # Errors
///
/// When there is another file at one of the paths, or a link on the way to it, or the system refuses. What was created
/// until then is removed again.
pub fn create_files(root: &Path, files: &[NewFile]) -> Result<(), WriteError> {
    create_on(Disk::default(), root, files)
}

pub(super) fn create_on(disk: Disk, root: &Path, files: &[NewFile]) -> Result<(), WriteError> {
    let mut missing = Vec::new();
    for file in files {
        match read_plain(root, &file.path)? {
            None => missing.push(file),
            Some(bytes) if bytes == file.bytes => {}
            Some(_) => return Err(WriteError::Exists(root.join(&file.path))),
        }
    }
    let mut made = Made { disk, root, folders: Vec::new(), files: Vec::new() };
    let created = made.create(&missing);
    if created.is_err() {
        made.undo();
    }
    created
}

/// What was made so far.
struct Made<'r> {
    disk: Disk,
    root: &'r Path,
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made<'_> {
    fn create(&mut self, files: &[&NewFile]) -> Result<(), WriteError> {
        for file in files {
            let target = self.root.join(&file.path);
            self.folders_of(&target)?;
            let temporary = temporary(self.root, &file.path);
            // A killed run has left it.
            if temporary.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
                self.disk.remove(&temporary)?;
            }
            let mut staged = self.disk.create(&temporary, &target)?;
            self.files.push(temporary);
            self.disk.fill(&mut staged, &file.bytes, &target)?;
        }
        for file in files {
            let target = self.root.join(&file.path);
            // Staging took its time.
            if target.symlink_metadata().is_ok() {
                return Err(WriteError::Exists(target));
            }
            self.disk.rename(&temporary(self.root, &file.path), &target)?;
            self.files.push(target);
        }
        let mut folders: Vec<_> = self.files.iter().filter_map(|file| file.parent()).collect();
        folders.extend(self.folders.iter().filter_map(|folder| folder.parent()));
        folders.sort_unstable();
        folders.dedup();
        Ok(folders.into_iter().try_for_each(|folder| self.disk.sync_folder(folder))?)
    }

    /// Makes the folders that are missing on the way to a file.
    fn folders_of(&mut self, target: &Path) -> Result<(), WriteError> {
        let Some(folder) = target.parent() else { return Ok(()) };
        let is_missing = |folder: &&Path| {
            folder.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
        };
        let mut missing: Vec<_> = folder.ancestors().take_while(is_missing).collect();
        missing.reverse();
        for folder in missing {
            self.disk.make_folder(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }

    /// Removes what was made. What the system refuses to remove stays: nothing was there before.
    fn undo(&self) {
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            // One to which another program wrote stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Returns which of the files are there already, whatever they hold.
///
/// # Errors
///
/// When there is a link or anything else than a plain file at one of the paths, or the system refuses.
pub fn existing(root: &Path, files: &[NewFile]) -> Result<Vec<String>, WriteError> {
    let mut found = Vec::new();
    for NewFile { path, .. } in files {
        if read_plain(root, path)?.is_some() {
            found.push(path.clone());
        }
    }
    Ok(found)
}

/// Returns whether there is nothing in a folder, or no folder, but for files that would be created with these bytes.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn is_vacant(root: &Path, folder: &str, files: &[NewFile]) -> Result<bool, WriteError> {
    let path = root.join(folder);
    let entries = match fs::read_dir(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries.map_err(StoreError::io("read the folder", &path))?,
    };
    for entry in entries {
        let entry = entry.map_err(StoreError::io("read the folder", &path))?;
        let is_created = |file: &&NewFile| {
            let target = root.join(&file.path);
            target == entry.path() || temporary(root, &file.path) == entry.path()
        };
        if !files.iter().any(|file| is_created(&file)) {
            return Ok(false);
        }
    }
    Ok(true)
}
