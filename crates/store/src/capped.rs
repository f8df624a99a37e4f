//! Reads a file that somebody else may have made: a plain one, and only so many bytes of it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::StoreError;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is something that may have no end, or none that comes.
    #[error("it is {0}, not a file")]
    NotAFile(&'static str),
    /// It has more bytes than are read.
    #[error("it has {bytes} bytes or more; the limit is {most}")]
    TooLarge {
        /// The bytes that it has at least.
        bytes: u64,
        /// The most that it may have.
        most: u64,
    },
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Unreadable {
    /// The same as an error about a path.
    pub fn at(self, path: &Path) -> StoreError {
        let error = match self {
            Self::Io(error) => error,
            other => io::Error::other(other),
        };
        StoreError::io("read", path)(error)
    }
}

/// Returns the bytes of a plain file, following links to one. Bytes are counted while they are read, since a
/// file may grow, and the size that the system states may be 0 for a file that has no end.
///
/// # Errors
///
/// When it is no plain file, such as a named pipe or a device; when it has more than `most` bytes; and when the
/// system refuses.
pub fn read_capped(path: &Path, most: u64) -> Result<Vec<u8>, Unreadable> {
    // Asked first, because opening a named pipe waits for its other end.
    refuse_special(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    refuse_special(&metadata)?;
    if metadata.len() > most {
        return Err(Unreadable::TooLarge { bytes: metadata.len(), most });
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    file.take(most + 1).read_to_end(&mut bytes)?;
    let count = bytes.len() as u64;
    if count > most { Err(Unreadable::TooLarge { bytes: count, most }) } else { Ok(bytes) }
}

fn refuse_special(metadata: &fs::Metadata) -> Result<(), Unreadable> {
    match metadata {
        plain if plain.is_file() => Ok(()),
        folder if folder.is_dir() => Err(Unreadable::NotAFile("a folder")),
        _ => Err(Unreadable::NotAFile("a device, a named pipe or a socket")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_within_the_limit_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        fs::write(&file, "12345").unwrap();
        assert_eq!(read_capped(&file, 5).unwrap(), b"12345");
        let told = |path: &Path, most| read_capped(path, most).unwrap_err().to_string();
        assert_eq!(told(&file, 4), "it has 5 bytes or more; the limit is 4");
        assert_eq!(told(folder.path(), 4), "it is a folder, not a file");
        #[cfg(unix)]
        {
            assert_eq!(
                told(Path::new("/dev/zero"), 4),
                "it is a device, a named pipe or a socket, not a file"
            );
            let link = folder.path().join("link");
            std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
            assert!(matches!(read_capped(&link, 4), Err(Unreadable::NotAFile(_))));
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert!(matches!(read_capped(&pipe, 4), Err(Unreadable::NotAFile(_))));
        }
    }
}
