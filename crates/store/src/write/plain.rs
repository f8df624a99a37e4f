//! Opens files so that no link is followed and no pipe or device is waited for.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::error::WriteError;
use crate::StoreError;

/// The most bytes of a journal, and the most that is read of a file to see whether it is as it was written: a longer
/// one is cut, so it differs.
pub(super) const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Opens a file below a folder; none where there is no such file.
///
/// # Errors
///
/// When the file, or a folder on the way to it, is a link or something else that is not followed.
pub(super) fn open_plain(root: &Path, path: impl AsRef<Path>) -> Result<Option<File>, WriteError> {
    let mut at = root.to_owned();
    let mut steps = path.as_ref().components().peekable();
    let mut found = None;
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
        found = Some(metadata);
    }
    let file = File::open(&at).map_err(StoreError::io("read", &at))?;
    let opened = file.metadata().map_err(StoreError::io("read", &at))?;
    // It may have been replaced, even by a link, since it was looked at.
    if found.is_some_and(|found| is_same(&found, &opened)) {
        Ok(Some(file))
    } else {
        Err(WriteError::Changed(at))
    }
}

/// The bytes of a file below a folder; none where there is no such file.
///
/// # Errors
///
/// As those of [`open_plain`].
pub(super) fn read_plain(root: &Path, path: impl AsRef<Path>) -> Result<Option<Vec<u8>>, WriteError> {
    let Some(file) = open_plain(root, &path)? else { return Ok(None) };
    Ok(Some(read(file).map_err(StoreError::io("read", &root.join(path)))?))
}

/// The bytes of an open file, and no more than one beyond the most that is read.
pub(super) fn read(file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes sure that a folder is there, makes it where it is not, and follows no link.
pub(super) fn make_folder(folder: &Path) -> io::Result<bool> {
    match folder.symlink_metadata() {
        Ok(metadata) => Ok(metadata.is_dir()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(folder).map(|()| true),
        Err(error) => Err(error),
    }
}

/// Returns whether two looks at a file found the same one.
#[cfg(unix)]
pub(super) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino()) && one.is_file() == other.is_file()
}

/// Elsewhere only its kind can be asked for.
#[cfg(not(unix))]
pub(super) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.is_file() == other.is_file()
}

/// Returns whether a file has another name, which shows everything that is written to it.
#[cfg(unix)]
pub(super) fn is_shared(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

/// Elsewhere that cannot be asked for.
#[cfg(not(unix))]
pub(super) fn is_shared(_: &Metadata) -> bool {
    false
}

/// The identity of a file, which no copy has: its number in the file system and when it was made. Neither comes
/// with a clone or an archive, and both stay when the file is renamed.
#[cfg(unix)]
pub(super) fn mark(metadata: &Metadata) -> String {
    let made = metadata.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let made = made.map_or(0, |made| made.as_nanos());
    format!("{}-{made}", std::os::unix::fs::MetadataExt::ino(metadata))
}

/// Elsewhere files have no such number, and a new file may take over when an earlier one was made.
#[cfg(not(unix))]
pub(super) fn mark(_: &Metadata) -> String {
    String::new()
}
