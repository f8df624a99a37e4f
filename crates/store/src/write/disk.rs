//! Steps of writing to the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use model::Document;

use super::error::WriteError;
use super::names::is_temporary;
use super::plain::make_folder;
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
    ///
    /// # Errors
    ///
    /// When it is a link or a file, or the system refuses.
    pub(super) fn make_folder(&self, folder: &Path) -> Result<(), WriteError> {
        if folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return Ok(());
        }
        match self.step("make the folder", folder, || make_folder(folder))? {
            true => Ok(()),
            false => Err(WriteError::NotPlain(folder.to_owned())),
        }
    }

    /// Makes a new file for a target, which is named where the system refuses.
    ///
    /// # Errors
    ///
    /// When something has that name, which may be a link to anywhere, or the system refuses.
    pub(super) fn create(&self, path: &Path, target: &Path) -> Result<File, WriteError> {
        let create = || OpenOptions::new().write(true).create_new(true).open(path);
        match (self.allow)(target).and_then(|()| create()) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(WriteError::InTheWay(path.to_owned()))
            }
            file => Ok(file.map_err(StoreError::io("write", target))?),
        }
    }

    /// Writes a file that was made for a target to the last byte. It gets the permissions of the target where
    /// that is there.
    pub(super) fn fill(&self, file: &mut File, bytes: &[u8], target: &Path) -> Result<(), StoreError> {
        if let Ok(metadata) = target.symlink_metadata()
            && metadata.is_file()
        {
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

    /// Sees to it that the names in a folder are on the disk, where the system can be asked for that. A folder
    /// that has ended holds none.
    pub(super) fn sync_folder(&self, folder: &Path) -> Result<(), StoreError> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        self.step("sync", folder, || match File::open(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            opened => opened?.sync_all(),
        })
    }

    /// Removes temporary files that no journal lists, and the folders that were made for them.
    pub(super) fn sweep(&self, root: &Path) -> Result<(), StoreError> {
        let folders = Document::ALL.iter().filter_map(|document| document.folder());
        for name in std::iter::once("").chain(folders) {
            let folder = if name.is_empty() { root.to_owned() } else { root.join(name) };
            if !folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
                continue;
            }
            let mut swept = false;
            let entries: Vec<_> = match fs::read_dir(&folder).and_then(Iterator::collect) {
                // Nothing can have been written there either.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => continue,
                entries => entries.map_err(StoreError::io("read the folder", &folder))?,
            };
            for entry in entries.iter().filter(|entry| is_temporary(name, &entry.file_name())) {
                // A folder is not of this program.
                if entry.file_type().is_ok_and(|kind| !kind.is_dir()) {
                    self.remove(&entry.path())?;
                    swept = true;
                }
            }
            if swept && !name.is_empty() {
                // One that holds data files is not empty, and stays.
                let _ = fs::remove_dir(&folder);
            }
        }
        Ok(())
    }
}
