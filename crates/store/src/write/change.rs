//! Files to write.

use super::journal::Entry;

/// A file to write.
#[derive(Debug, Clone)]
pub struct Write {
    /// Its path in the data folder, with `/`.
    pub path: String,
    /// The bytes that it had when it was read; none if it is new.
    pub before: Option<Vec<u8>>,
    /// The bytes that it shall have; none if it shall go.
    pub after: Option<Vec<u8>>,
}

/// A staged change, and what leads back from it.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) entry: Entry,
    /// The bytes of the file before; none where there was no file.
    pub(super) before: Option<Vec<u8>>,
}
