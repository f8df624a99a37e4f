//! A file of an export, and how it is written.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

/// A file that an export makes.
#[derive(Clone)]
pub struct OutputFile<'a> {
    /// Its path below the output folder, with `/`.
    pub path: String,
    content: Content<'a>,
    is_about_others: bool,
}

/// Writes what a file holds.
type Make<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'a;

#[derive(Clone)]
enum Content<'a> {
    Made(Vec<u8>),
    /// Made as it is written: all files together, or even one, may take more memory than the registry.
    Later(Arc<Make<'a>>),
}

impl<'a> OutputFile<'a> {
    /// A file that holds these bytes.
    pub fn new(path: String, bytes: Vec<u8>) -> Self {
        Self { path, content: Content::Made(bytes), is_about_others: false }
    }

    /// A file that is made as it is written, the same each time.
    pub(crate) fn later(
        path: String,
        write: impl Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'a,
    ) -> Self {
        Self { path, content: Content::Later(Arc::new(write)), is_about_others: false }
    }

    /// The same, of a file that describes the others. It is to be made after them: what it says of one that is not made
    /// yet must be made for that.
    pub(crate) fn about_others(
        path: String,
        write: impl Fn(&mut dyn Write) -> io::Result<()> + Send + Sync + 'a,
    ) -> Self {
        Self { is_about_others: true, ..Self::later(path, write) }
    }

    /// Returns whether it describes the other files of its export, so that it is best made after them.
    pub fn is_about_others(&self) -> bool {
        self.is_about_others
    }

    /// Writes what it holds.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.content {
            Content::Made(bytes) => out.write_all(bytes),
            Content::Later(write) => write(out),
        }
    }

    /// What it holds, as a whole.
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match &self.content {
            Content::Made(bytes) => Cow::Borrowed(bytes),
            Content::Later(write) => {
                let mut bytes = Vec::new();
                match write(&mut bytes) {
                    Ok(()) => Cow::Owned(bytes),
                    Err(error) => unreachable!("memory takes every byte: {error}"),
                }
            }
        }
    }

    /// What it holds, if it is made already.
    pub fn made(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Made(bytes) => Some(bytes),
            Content::Later(_) => None,
        }
    }
}

impl PartialEq for OutputFile<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.bytes() == other.bytes()
    }
}

impl fmt::Debug for OutputFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutputFile").field("path", &self.path).finish_non_exhaustive()
    }
}
