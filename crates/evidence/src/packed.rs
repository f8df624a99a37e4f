//! Files of `.evidence/`, packed with Zstandard (RFC 8878) and written all or not at all.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// A file of what was read that cannot be kept, or not be read again.
#[derive(Debug, thiserror::Error)]
pub enum PackedError {
    /// The system refused.
    #[error("cannot {what} {path}: {error}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file holds something else than its name says.
    #[error("{0} is damaged: delete it")]
    Damaged(PathBuf),
}

/// Writes a file below a folder that git ignores. The folder is made if it is not there.
pub(crate) fn write(ignored: &Path, path: &Path, bytes: &[u8]) -> Result<(), PackedError> {
    let parent = path.parent().unwrap_or(ignored);
    fs::create_dir_all(parent).map_err(failed("make", parent))?;
    let ignore = ignored.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n").map_err(failed("write", &ignore))?;
    }
    // Runs and threads at the same time each write their own, and the last one counts.
    static STAGED: AtomicU64 = AtomicU64::new(0);
    let number = STAGED.fetch_add(1, Ordering::Relaxed);
    let staged = path.with_extension(format!("{}-{number}.tmp", std::process::id()));
    let packed = compress_to_vec(bytes, CompressionLevel::Fastest);
    let written = fs::File::create(&staged).and_then(|mut file| {
        file.write_all(&packed)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&staged, path)).map_err(|error| {
        let _ = fs::remove_file(&staged);
        failed("write", path)(error)
    })
}

/// Reads a file of at most so many bytes, unpacked; nothing where it is not there.
pub(crate) fn read(path: &Path, most: usize) -> Result<Option<Vec<u8>>, PackedError> {
    let packed = match fs::File::open(path) {
        Ok(file) => file.take(2 * most as u64),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("read", path)(error)),
    };
    let mut bytes = Vec::new();
    let whole = StreamingDecoder::new(io::BufReader::new(packed))
        .map_err(io::Error::other)
        .and_then(|unpacked| unpacked.take(most as u64 + 1).read_to_end(&mut bytes));
    match whole {
        Ok(length) if length <= most => Ok(Some(bytes)),
        _ => Err(PackedError::Damaged(path.to_owned())),
    }
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> PackedError + use<> {
    let path = path.to_owned();
    move |error| PackedError::Io { what, path, error }
}
