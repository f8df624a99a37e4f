//! Hashes of files, in hexadecimal digits.

use sha1::Sha1;
use sha2::{Digest, Sha256};

/// The SHA-256 of a content.
pub(crate) fn sha256(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

/// The id that git gives to a content, with as many digits as those of the repository: 40 of SHA-1, 64 of SHA-256
/// (gitformat-pack, `hash-function-transition`).
pub(crate) fn blob_id(content: &[u8], digits: usize) -> String {
    let header = format!("blob {}\0", content.len());
    match digits {
        40 => hex(&Sha1::new().chain_update(header).chain_update(content).finalize()),
        _ => hex(&Sha256::new().chain_update(header).chain_update(content).finalize()),
    }
}

fn hex(digest: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_git() {
        // `git hash-object`, in a repository of each kind.
        assert_eq!(blob_id(b"", 40), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(blob_id(b"", 64), "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
        assert_eq!(blob_id(b"hello\n", 40), "ce013625030ba8dba906f756967f9e9ca394464a");
    }
}
