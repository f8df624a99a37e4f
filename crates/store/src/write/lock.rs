//! The lock by which one run at a time writes to a folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use super::error::WriteError;
use super::plain::{is_same, is_shared};
use crate::StoreError;

const LOCK: &str = ".write.lock";

/// A lock that is held. The system lets go of it when the process ends in whatever way, so that a file
/// left behind does not block others.
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
    /// When another run holds it, when a file of that name is not a lock of this program, which is left as it
    /// is, or when the system refuses.
    pub fn take(root: &Path) -> Result<Self, WriteError> {
        let path = root.join(LOCK);
        loop {
            let Some(mut file) = open(&path)? else { continue };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteError::Locked { root: root.to_owned(), number: number(file) });
                }
                Err(TryLockError::Error(error)) => return Err(StoreError::io("lock", &path)(error).into()),
            }
            // Who held it may have removed the file between its opening and its locking.
            let opened = file.metadata().map_err(StoreError::io("read", &path))?;
            if !path.symlink_metadata().is_ok_and(|found| is_same(&found, &opened)) {
                continue;
            }
            if is_shared(&opened) || !is_lock(&file).map_err(StoreError::io("read", &path))? {
                return Err(WriteError::InTheWay(path));
            }
            let written = file.set_len(0).and_then(|()| file.rewind());
            let written = written.and_then(|()| writeln!(file, "{}", process::id()));
            written.map_err(StoreError::io("write", &path))?;
            return Ok(Self { path, _file: file });
        }
    }

    /// The process that holds the lock of a folder now, if that is known; `None` if no process does.
    pub(super) fn holder(root: &Path) -> Option<Option<u32>> {
        let path = root.join(LOCK);
        // Opening a pipe waits for its other end.
        path.symlink_metadata().ok().filter(|metadata| metadata.is_file())?;
        let file = File::open(&path).ok()?;
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)).then(|| number(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the lock is removed with the file, so that no newer one is removed.
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens the file, and makes it where there is none. None where it went in between.
///
/// # Errors
///
/// When it is a link or not a plain file, or the system refuses.
fn open(path: &Path) -> Result<Option<File>, WriteError> {
    match OpenOptions::new().read(true).write(true).create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        opened => return Ok(Some(opened.map_err(StoreError::io("write", path))?)),
    }
    if path.symlink_metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return Err(WriteError::InTheWay(path.to_owned()));
    }
    match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        opened => Ok(Some(opened.map_err(StoreError::io("write", path))?)),
    }
}

/// The most bytes that a lock has: the digits of the number of a process, and a line feed.
const MAX_BYTES: u64 = 11;

/// Returns whether a file holds what a lock holds. One that was stopped as soon as it was made is empty.
fn is_lock(file: &File) -> io::Result<bool> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let digits = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    Ok(bytes.len() as u64 <= MAX_BYTES && digits.iter().all(u8::is_ascii_digit))
}

/// The number of the process in a lock.
fn number(file: File) -> Option<u32> {
    let mut text = String::new();
    file.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
