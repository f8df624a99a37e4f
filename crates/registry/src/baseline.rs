//! The file of a baseline: what it lists, what is suppressed by it, and what is left of it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use diagnostics::Report;
use lint::{Baseline, BaselineEntry, BaselineError, BaselineOutcome, Digest, Linter, Suppression};
use model::limits::MAX_BASELINE_BYTES;
use store::{StoreError, Unreadable, WriteError, read_capped, replace_unchanged};

/// The baseline of a run.
pub struct BaselineFile {
    path: PathBuf,
    /// Its text; none where it is yet to be written.
    before: Option<String>,
    /// What it lists.
    listed: Option<Baseline>,
}

/// Why a baseline cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BaselineFileError {
    /// The file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The text is no baseline.
    #[error("{}:{error}", .path.display())]
    Faulty {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: BaselineError,
    },
}

/// What is left of a baseline once it was compared with a report.
pub struct Left {
    /// What it still lists.
    pub rest: Baseline,
    /// What is found no longer.
    pub gone: Vec<BaselineEntry>,
}

impl BaselineFile {
    /// Reads the file; where it is not there, that is an error unless it may be new.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or holds no baseline.
    pub fn open(path: PathBuf, may_be_new: bool) -> Result<Self, BaselineFileError> {
        let not_text = |_| StoreError::io("read", &path)(ErrorKind::InvalidData.into());
        let before = match read_capped(&path, MAX_BASELINE_BYTES) {
            Ok(bytes) => Some(String::from_utf8(bytes).map_err(not_text)?),
            Err(Unreadable::Io(error)) if error.kind() == ErrorKind::NotFound && may_be_new => None,
            Err(error) => return Err(error.at(&path).into()),
        };
        let read = |text: &String| {
            Baseline::read(text).map_err(|error| BaselineFileError::Faulty { path: path.clone(), error })
        };
        let listed = before.as_ref().map(read).transpose()?;
        Ok(Self { path, before, listed })
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns whether the file is yet to be written.
    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    /// Takes what the baseline lists out of a report; a new one lists all that there is.
    pub(crate) fn apply(
        &self,
        report: &mut Report,
        linter: &Linter,
        digest: &Digest,
    ) -> (Vec<Suppression>, Left) {
        let listed = self.listed.clone().unwrap_or_else(|| Baseline::of(report, digest));
        let BaselineOutcome { held, rest, gone } = listed.apply(report, linter, digest);
        (held, Left { rest, gone })
    }

    /// Writes what is left, where that differs: a new baseline has all that there is, one that is there loses what is
    /// found no longer.
    ///
    /// # Errors
    ///
    /// When the file cannot be written, or has changed since it was read.
    pub fn write(&self, left: &Left) -> Result<(), WriteError> {
        let after = left.rest.text();
        if self.before.as_ref() != Some(&after) {
            replace_unchanged(&self.path, self.before.as_deref().map(str::as_bytes), after.as_bytes())?;
        }
        Ok(())
    }
}
