//! Files to write.

/// A file to write.
#[derive(Debug, Clone)]
pub struct Write {
    /// Its path in the data folder, with `/`.
    pub path: String,
    /// The bytes that it had when it was read; none if it is new.
    pub before: Option<Vec<u8>>,
    /// The bytes that it shall have.
    pub after: Vec<u8>,
}

/// What becomes of a file: from these bytes to those; none where there is no file.
#[derive(Debug)]
pub(super) struct Change<'w> {
    pub(super) path: &'w str,
    pub(super) before: Option<&'w [u8]>,
    pub(super) after: Option<&'w [u8]>,
}

impl<'w> Change<'w> {
    pub(super) fn of(write: &'w Write) -> Self {
        Self { path: &write.path, before: write.before.as_deref(), after: Some(&write.after) }
    }

    pub(super) fn back(&self) -> Self {
        Self { path: self.path, before: self.after, after: self.before }
    }
}
