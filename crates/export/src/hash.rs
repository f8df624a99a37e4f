//! The hash by which published files are known.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes (FIPS 180-4), in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::digest(bytes).as_slice())
}

/// The same of all that can be read, however much that is.
///
/// # Errors
///
/// When reading fails.
pub fn sha256_of(mut from: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        match from.read(&mut part) {
            Ok(0) => return Ok(hex(hash.finalize().as_slice())),
            Ok(read) => hash.update(&part[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Passes on what is written; hashes and counts it on its way.
pub struct Hashed<W> {
    out: W,
    hash: Sha256,
    size: usize,
}

impl<W: Write> Hashed<W> {
    /// Passes on to a writer.
    pub fn new(out: W) -> Self {
        Self { out, hash: Sha256::new(), size: 0 }
    }

    /// The SHA-256 of what was written, as [`sha256`] gives it, and how many bytes that is.
    ///
    /// # Errors
    ///
    /// When what the writer holds back cannot be written.
    pub fn end(mut self) -> io::Result<(String, usize)> {
        self.out.flush()?;
        Ok((hex(self.hash.finalize().as_slice()), self.size))
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.size += written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
