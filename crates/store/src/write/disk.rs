//! What is done to the disk, step by step.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use model::Document;

use super::WriteError;
use super::journal::is_temporary;
use crate::StoreError;

/// The disk. Before each step it asks `allow`, by which a test ends the process there or has the
/// system refuse.
#[derive(Debug)]
pub(super) struct Disk {
    pub(super) allow: fn(&Path) -> io::Result<()>,
}

impl Default for Disk {
    fn default() -> Self {
        Self { allow: |_| Ok(()) }
    }
}

impl Disk {
    fn step<T>(
        &self,
        verb: &'static str,
        path: &Path,
        act: impl FnOnce() -> io::Result<T>,
    ) -> Result<T, StoreError> {
        (self.allow)(path).and_then(|()| act()).map_err(StoreError::io(verb, path))
    }

    /// Makes a folder where there is none.
    pub(super) fn make_folder(&self, folder: &Path) -> Result<(), StoreError> {
        if folder.is_dir() {
            return Ok(());
        }
        self.step("make the folder", folder, || fs::create_dir_all(folder))
    }

    /// Writes a new file to the last byte. It is made for a target, which is told of where the system
    /// refuses, and whose permissions it gets where that is there.
    pub(super) fn write(&self, path: &Path, bytes: &[u8], target: &Path) -> Result<(), StoreError> {
        // A new one: what stands there may be a link to anywhere.
        let create = || OpenOptions::new().write(true).create_new(true).open(path);
        let mut file = self.step("write", target, create)?;
        if let Ok(metadata) = fs::metadata(target) {
            self.step("write", target, || file.set_permissions(metadata.permissions()))?;
        }
        let (first, second) = bytes.split_at(bytes.len() / 2);
        self.step("write", target, || file.write_all(first))?;
        self.step("write", target, || file.write_all(second))?;
        self.step("write", target, || file.sync_all())
    }

    /// Puts a file in the place of another.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), StoreError> {
        self.step("write", to, || fs::rename(from, to))
    }

    /// Removes a file.
    pub(super) fn remove(&self, path: &Path) -> Result<(), StoreError> {
        self.step("remove", path, || fs::remove_file(path))
    }

    /// Sees to it that the names in a folder are on the disk, where the system can be asked for that.
    pub(super) fn sync_folder(&self, folder: &Path) -> Result<(), StoreError> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        self.step("sync", folder, || File::open(folder)?.sync_all())
    }

    /// Removes temporary files that no journal lists, and the folders that were made for them.
    pub(super) fn sweep(&self, root: &Path) -> Result<(), StoreError> {
        let folders = Document::ALL.iter().filter_map(|document| document.folder());
        for folder in std::iter::once(root.to_owned()).chain(folders.map(|folder| root.join(folder))) {
            if !folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
                continue;
            }
            let mut swept = false;
            let read = StoreError::io("read the folder", &folder);
            let entries: Vec<_> = fs::read_dir(&folder).and_then(Iterator::collect).map_err(read)?;
            for entry in entries.iter().filter(|entry| is_temporary(&entry.file_name())) {
                self.remove(&entry.path())?;
                swept = true;
            }
            if swept && folder != root {
                // One that holds data files is not empty, and stays.
                let _ = fs::remove_dir(&folder);
            }
        }
        Ok(())
    }
}

/// The bytes of a file below a folder; none where there is no such file.
///
/// # Errors
///
/// When the file, or a folder on the way to it, is a link or something else that is not followed.
pub(super) fn read_plain(root: &Path, path: &str) -> Result<Option<Vec<u8>>, WriteError> {
    let mut at = root.to_owned();
    let mut steps = path.split('/').peekable();
    while let Some(step) = steps.next() {
        at.push(step);
        let metadata = match at.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            metadata => metadata.map_err(StoreError::io("read", &at))?,
        };
        let is_plain = if steps.peek().is_some() { metadata.is_dir() } else { metadata.is_file() };
        if !is_plain {
            return Err(WriteError::NotPlain(at));
        }
    }
    Ok(Some(fs::read(&at).map_err(StoreError::io("read", &at))?))
}
