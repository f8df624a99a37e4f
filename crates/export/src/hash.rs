//! The hash by which published files are known.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes (FIPS 180-4), in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
