//! Files on their way into the folder of an export: written to a hidden folder in it and synced, to be
//! moved into their places by name.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use store::{Lock, StoreError};

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

    /// Writes a file to the last byte, and gives its path. Where the system refuses, its place is named.
    pub(super) fn write(&self, bytes: &[u8], target: &Path) -> Result<PathBuf, Failure> {
        let path = self.folder.join(self.files.fetch_add(1, Ordering::Relaxed).to_string());
        let write = || {
            let mut file = File::create_new(&path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(StoreError::io("write", target))?;
        Ok(path)
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
            "{} is where an export keeps what is not published yet: nothing was written, move it away",
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
