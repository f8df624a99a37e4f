//! Writes several files, all or none.
//!
//! Every new text is written beside its target and synced; then a journal lists the targets; then the
//! renames follow, each of them atomic; then the journal goes. Killed before the journal stands,
//! nothing has happened and the next writer sweeps up; killed after, the next writer finishes the
//! renames. A rename that the system refuses is answered by a journal that leads back.

mod disk;
mod journal;
mod lock;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::StoreError;

use self::disk::{Disk, read_plain};
use self::journal::{Entry, JOURNAL, Journal, temporary};
pub use self::lock::Lock;

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

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A target is not as it was read.
    #[error("{0} has changed since it was read: nothing was written, run the command again")]
    Changed(PathBuf),
    /// A target, or a folder that holds it, is a link.
    #[error(
        "{0} is a link or no plain file: nothing was written, put a file or folder of its own in its place"
    )]
    NotPlain(PathBuf),
    /// Another run is writing.
    #[error("{} is writing to {root}: nothing was written, run the command again when that has ended", process(.number))]
    Locked {
        /// The folder.
        root: PathBuf,
        /// The number of its process, where it says.
        number: Option<u32>,
    },
    /// A killed run has left its writes half done.
    #[error(
        "a run was killed while it wrote to {0}: run its command again to finish that, or another that writes, such as `cargo xtask fmt`"
    )]
    Unfinished(PathBuf),
    /// A file that a killed run was writing has changed since.
    #[error(
        "a killed run was writing {target}, which has changed since: delete {temporary} to keep the file as it is, or the file to have what the run would have written, and run the command again"
    )]
    Disputed {
        /// The file.
        target: PathBuf,
        /// The file beside it with its new text.
        temporary: PathBuf,
    },
    /// What should be a journal is none.
    #[error("{path} is no journal of this program ({reason}): look at what it is, and remove it")]
    Journal {
        /// Where it stands.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The system refused halfway, and then refused the way back too.
    #[error("{0}: some files are written and some are not, the next command that writes finishes them")]
    Halfway(Box<WriteError>),
    /// The system refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn process(number: &Option<u32>) -> String {
    number.map_or_else(|| "another run".to_owned(), |number| format!("process {number}"))
}

/// Writes the files, all or none.
///
/// # Errors
///
/// As those of [`Writer::open`] and [`Writer::write`].
pub fn write_all(root: &Path, writes: &[Write]) -> Result<(), WriteError> {
    Writer::open(root)?.write(writes)
}

/// Whoever reads a folder must know that no writes to it are half done.
///
/// # Errors
///
/// When they are: by a killed run, or by one that is writing now.
pub fn refuse_unfinished(root: &Path) -> Result<(), WriteError> {
    if root.join(JOURNAL).symlink_metadata().is_err() {
        return Ok(());
    }
    Err(match Lock::holder(root) {
        Some(number) => WriteError::Locked { root: root.to_owned(), number },
        None => WriteError::Unfinished(root.to_owned()),
    })
}

/// The sole right to write to a folder. Files that are read while it is held change under nobody's
/// hands but those of editors, which is noticed.
#[derive(Debug)]
pub struct Writer {
    root: PathBuf,
    disk: Disk,
    finished: Vec<String>,
    written: Arc<AtomicUsize>,
    _lock: Lock,
}

impl Writer {
    /// Locks the folder, and finishes or sweeps up what a killed run has left.
    ///
    /// # Errors
    ///
    /// When another run holds the folder, what a killed one has left cannot be finished, or the system
    /// refuses.
    pub fn open(root: &Path) -> Result<Self, WriteError> {
        Self::with_disk(root, Disk::default())
    }

    fn with_disk(root: &Path, disk: Disk) -> Result<Self, WriteError> {
        let lock = Lock::take(root)?;
        let (finished, written) = (Vec::new(), Arc::default());
        let mut writer = Self { root: root.to_owned(), disk, finished, written, _lock: lock };
        if let Some(journal) = Journal::read(root)? {
            writer.finish(&journal)?;
            writer.finished = journal.entries.into_iter().map(|entry| entry.path).collect();
        }
        writer.disk.sweep(root)?;
        Ok(writer)
    }

    /// The files that a killed run had begun to write, and that are written now.
    pub fn finished(&self) -> &[String] {
        &self.finished
    }

    /// Counts the files whose new text is on the disk while they are written.
    pub fn written(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.written)
    }

    /// Writes the files, all or none.
    ///
    /// # Errors
    ///
    /// When a target is a link or has changed since it was read, or the system refuses. The files are
    /// then as they were; the error says so where they could not be kept that way.
    pub fn write(&self, writes: &[Write]) -> Result<(), WriteError> {
        if writes.is_empty() {
            return Ok(());
        }
        let changes: Vec<_> = writes.iter().map(Change::of).collect();
        changes.iter().try_for_each(|change| self.check(change))?;
        let ended = self.stage(&changes).and_then(|journal| self.finish(&journal));
        let Err(error) = ended else { return Ok(()) };
        if self.undo(&changes).is_err() {
            return Err(WriteError::Halfway(Box::new(error)));
        }
        Err(match error {
            WriteError::Disputed { target, .. } => WriteError::Changed(target),
            error => error,
        })
    }

    /// A target must be as it was read, and must be no link.
    fn check(&self, change: &Change<'_>) -> Result<(), WriteError> {
        let found = read_plain(&self.root, change.path)?;
        if found.as_deref() == change.before {
            return Ok(());
        }
        Err(WriteError::Changed(self.root.join(change.path)))
    }

    /// Writes the new texts beside their targets, and the journal that lists them.
    fn stage(&self, changes: &[Change<'_>]) -> Result<Journal, WriteError> {
        for change in changes {
            let Some(after) = change.after else { continue };
            let target = self.root.join(change.path);
            if let Some(folder) = target.parent() {
                self.disk.make_folder(folder)?;
            }
            self.disk.write(&temporary(&self.root, change.path), after, &target)?;
            self.written.fetch_add(1, Ordering::Relaxed);
        }
        // Writing took its time.
        changes.iter().try_for_each(|change| self.check(change))?;
        let journal = Journal { entries: changes.iter().map(Entry::of).collect() };
        let (half, whole) = (temporary(&self.root, JOURNAL), self.root.join(JOURNAL));
        self.disk.write(&half, &journal.bytes(), &whole)?;
        self.disk.rename(&half, &whole)?;
        self.disk.sync_folder(&self.root)?;
        Ok(journal)
    }

    /// Makes the changes of a journal that are still to be made, and removes it.
    fn finish(&self, journal: &Journal) -> Result<(), WriteError> {
        let mut open = Vec::new();
        for entry in &journal.entries {
            if entry.is_open(&self.root)? {
                open.push(entry);
            }
        }
        for entry in open {
            let target = self.root.join(&entry.path);
            match entry.new {
                Some(_) => self.disk.rename(&temporary(&self.root, &entry.path), &target)?,
                None => self.disk.remove(&target)?,
            }
        }
        let mut folders: Vec<_> = journal
            .entries
            .iter()
            .filter_map(|entry| Some(self.root.join(&entry.path).parent()?.to_owned()))
            .collect();
        folders.sort();
        folders.dedup();
        folders.iter().try_for_each(|folder| self.disk.sync_folder(folder))?;
        // A journal that comes back, since this is not synced, finds everything done.
        Ok(self.disk.remove(&self.root.join(JOURNAL))?)
    }

    /// Takes the changes back that were made, by a journal that leads back.
    fn undo(&self, changes: &[Change<'_>]) -> Result<(), WriteError> {
        if self.root.join(JOURNAL).symlink_metadata().is_ok() {
            let made = changes.iter().filter(|change| {
                change.before != change.after
                    && read_plain(&self.root, change.path).is_ok_and(|found| found.as_deref() == change.after)
            });
            let back: Vec<_> = made.map(Change::back).collect();
            self.finish(&self.stage(&back)?)?;
        }
        self.disk.sweep(&self.root)?;
        Ok(())
    }
}

/// What becomes of a file: from these bytes to those; none where there is no file.
#[derive(Debug)]
struct Change<'w> {
    path: &'w str,
    before: Option<&'w [u8]>,
    after: Option<&'w [u8]>,
}

impl<'w> Change<'w> {
    fn of(write: &'w Write) -> Self {
        Self { path: &write.path, before: write.before.as_deref(), after: Some(&write.after) }
    }

    fn back(&self) -> Self {
        Self { path: self.path, before: self.after, after: self.before }
    }
}
