//! Replaces one file outside the data folder: by a temporary file beside it and a rename, so it needs no journal.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process;

use super::disk::Disk;
use super::error::WriteError;
use super::plain::read_plain;
use crate::StoreError;

/// Writes a file whole, or not at all. A link in its place is replaced, not followed. Before the new file takes
/// its place, `ready` is given it, and may refuse.
///
/// # Errors
///
/// What `ready` returns, and when the system refuses.
pub fn replace_file(
    path: &Path,
    bytes: &[u8],
    ready: impl FnOnce(&File) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    replace_on(&Disk::default(), path, bytes, ready)
}

/// Writes a file whole, or not at all, if it still has the bytes that it had when it was read; none where it is
/// new.
///
/// # Errors
///
/// When the file is a link or has changed, and when the system refuses.
pub fn replace_unchanged(path: &Path, before: Option<&[u8]>, after: &[u8]) -> Result<(), WriteError> {
    let (folder, name) = split(path)?;
    let check = || match read_plain(folder, &name)?.as_deref() == before {
        true => Ok(()),
        false => Err(WriteError::Changed(path.to_owned())),
    };
    check()?;
    replace_file(path, after, |_| check())
}

pub(super) fn replace_on(
    disk: &Disk,
    path: &Path,
    bytes: &[u8],
    ready: impl FnOnce(&File) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let (folder, name) = split(path)?;
    let temporary = folder.join(temporary(name));
    let mut file = disk.create(&temporary, path)?;
    let written = disk
        .fill(&mut file, bytes, path)
        .map_err(WriteError::from)
        .and_then(|()| ready(&file))
        .and_then(|()| Ok(disk.rename(&temporary, path)?));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.and_then(|()| Ok(disk.sync_folder(folder)?))
}

/// The folder of a file, and its name in it.
fn split(path: &Path) -> Result<(&Path, OsString), StoreError> {
    let unnamed = || StoreError::io("write", path)(std::io::ErrorKind::InvalidInput.into());
    let name = path.file_name().ok_or_else(unnamed)?.to_owned();
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    Ok((folder, name))
}

/// The name of the temporary file: each process has its own, since they take no lock.
fn temporary(name: OsString) -> PathBuf {
    let mut temporary = OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.write.tmp", process::id()));
    temporary.into()
}
