//! The texts that were read, under their hash, packed (zstd). They are what `--diff` compares; they are kept beside the
//! registry, not in it.

use std::path::PathBuf;

use crate::Sha256;
use crate::limits::MAX_TEXT_BYTES;
use crate::packed::{self, PackedError};

/// A folder of texts.
#[derive(Debug, Clone)]
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
    pub fn put(&self, text: &str) -> Result<Sha256, PackedError> {
        let hash = Sha256::of(text.as_bytes());
        let path = self.path(&hash);
        if !path.is_file() {
            packed::write(&self.folder, &path, text.as_bytes())?;
        }
        Ok(hash)
    }

    /// The text of a hash, if it is kept.
    ///
    /// # Errors
    ///
    /// When the system refuses, or the file holds something else.
    pub fn get(&self, hash: &Sha256) -> Result<Option<String>, PackedError> {
        let path = self.path(hash);
        let Some(bytes) = packed::read(&path, MAX_TEXT_BYTES)? else { return Ok(None) };
        let text = String::from_utf8(bytes).ok().filter(|text| Sha256::of(text.as_bytes()) == *hash);
        text.map(Some).ok_or(PackedError::Damaged(path))
    }

    fn path(&self, hash: &Sha256) -> PathBuf {
        let digits = hash.to_string();
        self.folder.join(&digits[..2]).join(format!("{}.zst", &digits[2..]))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

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

        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| (0..20).try_for_each(|at| texts.put(&at.to_string()).map(|_| ())).unwrap());
            }
        });
        assert_eq!(texts.get(&Sha256::of(b"19")).unwrap().as_deref(), Some("19"));

        for damage in [&b"nonsense"[..], b"", &compress_to_vec(&b"other"[..], CompressionLevel::Fastest)] {
            fs::write(&path, damage).unwrap();
            assert!(matches!(texts.get(&hash), Err(PackedError::Damaged(_))));
        }
    }
}
