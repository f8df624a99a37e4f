//! Files on their way into the folder of an export: written to a hidden folder in it and synced, to be
//! moved into their places by name.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufWriter, IntoInnerError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use export::Hashed;
use store::{Lock, StoreError};

use super::Make;
use crate::Failure;

/// The folder of the files that are not published yet.
const FOLDER: &str = ".export.tmp";

/// The sole right to export to a folder, and the files that are not published yet. What is not published
/// is removed in the end.
pub(super) struct Staging {
    out: PathBuf,
    folder: PathBuf,
    is_new: bool,
    files: AtomicUsize,
    lock: Option<Lock>,
}

impl Staging {
    /// Makes the folder of an export where there is none, locks it, and removes what a killed run has left.
    pub(super) fn open(out: &Path) -> Result<Self, Failure> {
        let is_new = !out.exists();
        fs::create_dir_all(out).map_err(StoreError::io("make the folder", out))?;
        let lock = Some(Lock::take(out)?);
        let folder = out.join(FOLDER);
        if folder.symlink_metadata().is_ok() {
            sweep(&folder)?;
        }
        fs::create_dir(&folder).map_err(StoreError::io("make the folder", &folder))?;
        Ok(Self { out: out.to_owned(), folder, is_new, files: AtomicUsize::new(0), lock })
    }

    /// Writes a file, and gives its path with the hash and the size of what it holds. Where the system refuses, the
    /// place where it belongs is named.
    pub(super) fn write(&self, write: Make<'_>, target: &Path) -> Result<(PathBuf, String, usize), Failure> {
        let path = self.folder.join(self.files.fetch_add(1, Ordering::Relaxed).to_string());
        let written = || {
            let mut out = BufWriter::new(Hashed::new(File::create_new(&path)?));
            write(&mut out)?;
            out.into_inner().map_err(IntoInnerError::into_error)?.end()
        };
        let (hash, size) = written().map_err(StoreError::io("write", target))?;
        Ok((path, hash, size))
    }

    /// Sees to it that a file is on the disk to the last byte.
    pub(super) fn sync(&self, path: &Path, target: &Path) -> Result<(), Failure> {
        let synced = File::options().write(true).open(path).and_then(|file| file.sync_all());
        Ok(synced.map_err(StoreError::io("write", target))?)
    }

    /// Removes a file that is not needed.
    pub(super) fn discard(&self, path: &Path) -> Result<(), Failure> {
        Ok(fs::remove_file(path).map_err(StoreError::io("remove", path))?)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays is removed by the next run.
        let _ = sweep(&self.folder);
        self.lock.take();
        if self.is_new {
            // Where nothing was published it is empty.
            let _ = fs::remove_dir(&self.out);
        }
    }
}

/// Removes the folder with the files in it. Anything else in it is not of an export, and stays.
fn sweep(folder: &Path) -> Result<(), Failure> {
    let foreign = |path: &Path| {
        Failure::Usage(format!(
            "an export needs {} for files that are not published yet: nothing was written, move it away",
            path.display()
        ))
    };
    if !folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(foreign(folder));
    }
    let read = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = read.map_err(StoreError::io("read the folder", folder))?;
    let is_ours = |entry: &fs::DirEntry| {
        is_number(&entry.file_name()) && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    if let Some(other) = entries.iter().find(|entry| !is_ours(entry)) {
        return Err(foreign(&other.path()));
    }
    for entry in entries {
        fs::remove_file(entry.path()).map_err(StoreError::io("remove", &entry.path()))?;
    }
    Ok(fs::remove_dir(folder).map_err(StoreError::io("remove", folder))?)
}

fn is_number(name: &OsStr) -> bool {
    name.as_encoded_bytes().iter().all(u8::is_ascii_digit)
}
