//! The lock by which one run at a time writes to a folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use super::WriteError;
use crate::StoreError;

const LOCK: &str = ".write.lock";

/// A lock that is held. The system lets go of it when the process ends in whatever way, so that a file
/// left behind hinders nobody.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder, and says in it whose it is.
    ///
    /// # Errors
    ///
    /// When another run holds it, or the system refuses.
    pub fn take(root: &Path) -> Result<Self, WriteError> {
        let path = root.join(LOCK);
        loop {
            let mut file = open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteError::Locked { root: root.to_owned(), number: number(&path) });
                }
                Err(TryLockError::Error(error)) => return Err(StoreError::io("lock", &path)(error).into()),
            }
            let written = file.set_len(0).and_then(|()| writeln!(file, "{}", process::id()));
            written.map_err(StoreError::io("write", &path))?;
            // Who held it may have removed the file between its opening and its locking.
            if path.exists() && number(&path).is_none_or(|number| number == process::id()) {
                return Ok(Self { path, _file: file });
            }
        }
    }

    /// The process that holds the lock of a folder now, where it can be told; none where no one does.
    pub(super) fn holder(root: &Path) -> Option<Option<u32>> {
        let path = root.join(LOCK);
        let file = File::open(&path).ok()?;
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)).then(|| number(&path))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the lock goes with the file, so that nobody's newer one is removed.
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens the file, and makes it where there is none. A link is not followed.
fn open(path: &Path) -> Result<File, WriteError> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        opened => return Ok(opened.map_err(StoreError::io("write", path))?),
    }
    if path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return Err(WriteError::NotPlain(path.to_owned()));
    }
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(path);
    Ok(opened.map_err(StoreError::io("write", path))?)
}

fn number(path: &Path) -> Option<u32> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}
