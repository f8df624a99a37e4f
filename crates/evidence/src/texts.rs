//! The texts that were read, under their hash, packed (zstd). They are what `--diff` compares; they are kept beside the
//! registry, not in it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use crate::Sha256;
use crate::limits::MAX_TEXT_BYTES;

/// A store of texts that failed.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
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
    /// A file does not hold the text that its name says.
    #[error("{0} does not hold the text of its name: delete it")]
    Damaged(PathBuf),
}

/// A folder of texts.
#[derive(Debug)]
pub struct Texts {
    folder: PathBuf,
}

impl Texts {
    /// The store in a folder. It is made when the first text is put into it, with a file that has git ignore it.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Keeps a text and returns its hash.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn put(&self, text: &str) -> Result<Sha256, TextsError> {
        let hash = Sha256::of(text.as_bytes());
        let path = self.path(&hash);
        if path.is_file() {
            return Ok(hash);
        }
        let parent = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent).map_err(failed("make", parent))?;
        let ignore = self.folder.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "*\n").map_err(failed("write", &ignore))?;
        }
        // The name is that of the content, so that runs which write the same text at once write the same file.
        let staged = path.with_extension(format!("{}.tmp", std::process::id()));
        let packed = compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let written = fs::File::create(&staged).and_then(|mut file| {
            file.write_all(&packed)?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&staged, &path)).map_err(|error| {
            let _ = fs::remove_file(&staged);
            failed("write", &path)(error)
        })?;
        Ok(hash)
    }

    /// The text of a hash, if it is kept.
    ///
    /// # Errors
    ///
    /// When the system refuses, or the file holds something else.
    pub fn get(&self, hash: &Sha256) -> Result<Option<String>, TextsError> {
        let path = self.path(hash);
        let packed = match fs::File::open(&path) {
            Ok(file) => file.take(2 * MAX_TEXT_BYTES as u64),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed("read", &path)(error)),
        };
        let mut bytes = Vec::new();
        let whole = StreamingDecoder::new(io::BufReader::new(packed))
            .map_err(io::Error::other)
            .and_then(|unpacked| unpacked.take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes));
        let text = whole.ok().and_then(|_| String::from_utf8(bytes).ok());
        let text = text.filter(|text| Sha256::of(text.as_bytes()) == *hash);
        text.map(Some).ok_or(TextsError::Damaged(path))
    }

    fn path(&self, hash: &Sha256) -> PathBuf {
        let digits = hash.to_string();
        self.folder.join(&digits[..2]).join(format!("{}.zst", &digits[2..]))
    }
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> TextsError + use<> {
    let path = path.to_owned();
    move |error| TextsError::Io { what, path, error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_under_their_hash() {
        let folder = tempfile::tempdir().unwrap();
        let texts = Texts::new(folder.path().join(".evidence"));
        let text = "We do not train on your data.\n".repeat(1000);
        let hash = texts.put(&text).unwrap();
        assert_eq!(texts.put(&text).unwrap(), hash);
        assert_eq!(texts.get(&hash).unwrap().as_deref(), Some(&*text));
        assert_eq!(texts.get(&Sha256::of(b"other")).unwrap(), None);
        let path = texts.path(&hash);
        assert!(fs::metadata(&path).unwrap().len() < 1000);
        assert_eq!(fs::read_to_string(folder.path().join(".evidence/.gitignore")).unwrap(), "*\n");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);

        for damage in [&b"nonsense"[..], b"", &compress_to_vec(&b"other"[..], CompressionLevel::Fastest)] {
            fs::write(&path, damage).unwrap();
            assert!(matches!(texts.get(&hash), Err(TextsError::Damaged(_))));
        }
    }
}
