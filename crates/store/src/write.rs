//! Writes several files, all or none.
//!
//! Every new text is written beside its target and synced; then a journal lists the targets; then the
//! renames follow, each of them atomic; then the journal goes. Killed before the journal is there,
//! nothing has happened and the next writer sweeps up; killed after, the next writer finishes the
//! renames. A rename that the system refuses is answered by a journal that leads back.
//!
//! Only data files are written, and no link is followed. What the standard library cannot exclude: between the last
//! look at a target and its rename lie some microseconds, in which an editor's save would be lost, or a folder could
//! be replaced by a link.

mod change;
mod create;
mod disk;
mod error;
mod journal;
mod lock;
mod names;
mod plain;
mod single;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use model::limits::MAX_FILE_BYTES;

use crate::StoreError;

use self::change::Change;
pub use self::change::Write;
pub use self::create::{NewFile, create_files, existing, is_vacant};
use self::disk::Disk;
pub use self::error::WriteError;
use self::journal::{Entry, Journal, Standing};
pub use self::lock::Lock;
use self::names::{JOURNAL, is_data_file, temporary};
use self::plain::MAX_BYTES;
pub use self::single::{replace_file, replace_unchanged};

/// Writes the files, all or none.
///
/// # Errors
///
/// As those of [`Writer::open`] and [`Writer::write`].
pub fn write_all(root: &Path, writes: &[Write]) -> Result<(), WriteError> {
    Writer::open(root)?.write(writes.iter().cloned())
}

/// Refuses to read a folder in which writes are half done.
///
/// # Errors
///
/// When they are, by a killed run or by one that is writing now; and when what looks like the journal of one was not
/// written there.
pub fn refuse_unfinished(root: &Path) -> Result<(), WriteError> {
    if Journal::read(root)?.is_none() {
        return Ok(());
    }
    match Lock::holder(root) {
        Some(number) => Err(WriteError::Locked { root: root.to_owned(), number }),
        // The run that held it may have ended since.
        None if root.join(JOURNAL).symlink_metadata().is_err() => Ok(()),
        None => Err(WriteError::Unfinished(root.to_owned())),
    }
}

/// What became of the files that a killed run was writing.
#[derive(Debug, Default)]
pub struct Recovered {
    /// Those that have their new text.
    pub written: Vec<String>,
    /// Those that do not change, since their new text is lost.
    pub left: Vec<String>,
}

/// The sole right to write to a folder. Files that are read while it is held do not change under anyone's
/// hands but those of editors, which is noticed.
#[derive(Debug)]
pub struct Writer {
    root: PathBuf,
    disk: Disk,
    recovered: Recovered,
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
        let (recovered, written) = (Recovered::default(), Arc::default());
        let mut writer = Self { root: root.to_owned(), disk, recovered, written, _lock: lock };
        if let Some(journal) = Journal::read(root)? {
            writer.recovered = writer.apply(&journal)?;
            writer.end()?;
        }
        writer.disk.sweep(root)?;
        Ok(writer)
    }

    /// What became of the files that a killed run was writing.
    pub fn recovered(&self) -> &Recovered {
        &self.recovered
    }

    /// Counts the files whose new text is on the disk while they are written.
    pub fn written(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.written)
    }

    /// Writes the files and removes those that shall go, all or none. Each is taken when it is its turn, so a caller can make large ones one by one.
    ///
    /// # Errors
    ///
    /// When a target is a link, no data file or has changed since it was read, or the system refuses. The files
    /// are then as they were; the error says so where they could not be kept that way.
    pub fn write(&self, writes: impl IntoIterator<Item = Write>) -> Result<(), WriteError> {
        let mut changes = Vec::new();
        let staged = writes.into_iter().try_for_each(|write| self.stage_write(write, &mut changes));
        if staged.is_ok() && changes.is_empty() {
            return Ok(());
        }
        let entries = || changes.iter().map(|change| change.entry.clone()).collect();
        let ended =
            staged.and_then(|()| self.write_journal(entries())).and_then(|journal| self.finish(&journal));
        let Err(error) = ended else { return Ok(()) };
        if self.undo(changes).is_err() {
            return Err(WriteError::Halfway(Box::new(error)));
        }
        Err(match error {
            WriteError::Disputed { target, .. } => WriteError::Changed(target),
            error => error,
        })
    }

    /// Writes the new text of a file beside it, if it has one, and keeps what leads back.
    fn stage_write(&self, write: Write, changes: &mut Vec<Change>) -> Result<(), WriteError> {
        let Write { path, before, after } = write;
        let target = self.root.join(&path);
        if !is_data_file(&path) {
            return Err(WriteError::NoDataFile(target));
        }
        if let Some(bytes) = after.as_ref().map(Vec::len).filter(|bytes| *bytes as u64 > MAX_FILE_BYTES) {
            return Err(WriteError::TooLarge { path: target, bytes });
        }
        let entry = Entry::new(path, before.as_deref(), after.as_deref());
        self.check(&entry)?;
        if let Some(text) = &after {
            self.stage(&entry.path, text)?;
        }
        self.written.fetch_add(1, Ordering::Relaxed);
        changes.push(Change { entry, before });
        Ok(())
    }

    /// A target must be as it was read, and must be no link.
    fn check(&self, entry: &Entry) -> Result<(), WriteError> {
        if entry.is_as_before(&self.root)? {
            return Ok(());
        }
        Err(WriteError::Changed(self.root.join(&entry.path)))
    }

    /// Writes a text beside its target.
    fn stage(&self, path: &str, text: &[u8]) -> Result<(), WriteError> {
        let target = self.root.join(path);
        let folder = target.parent().unwrap_or(&self.root);
        self.disk.make_folder(folder)?;
        let temporary = temporary(&self.root, path);
        let mut file = self.disk.create(&temporary, &target)?;
        // The folder may have been replaced by a link in between.
        if !folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) && folder != self.root {
            let _ = fs::remove_file(&temporary);
            return Err(WriteError::NotPlain(folder.to_owned()));
        }
        Ok(self.disk.fill(&mut file, text, &target)?)
    }

    /// Writes the journal that lists the staged files.
    fn write_journal(&self, entries: Vec<Entry>) -> Result<Journal, WriteError> {
        // Staging took its time.
        entries.iter().try_for_each(|entry| self.check(entry))?;
        let (half, whole) = (temporary(&self.root, JOURNAL), self.root.join(JOURNAL));
        let mut file = self.disk.create(&half, &whole)?;
        let journal = Journal::new(&file, entries).map_err(StoreError::io("write", &whole))?;
        let bytes = journal.bytes();
        if bytes.len() as u64 > MAX_BYTES {
            return Err(StoreError::io("write", &whole)(io::ErrorKind::FileTooLarge.into()).into());
        }
        self.disk.fill(&mut file, &bytes, &whole)?;
        self.disk.rename(&half, &whole)?;
        self.disk.sync_folder(&self.root)?;
        Ok(journal)
    }

    /// Makes all changes of a journal, and removes it.
    fn finish(&self, journal: &Journal) -> Result<(), WriteError> {
        match self.apply(journal)?.left.first() {
            Some(path) => Err(WriteError::Removed(self.root.join(path))),
            None => self.end(),
        }
    }

    /// Makes the changes of a journal that are still to be made, as far as their new texts are there.
    fn apply(&self, journal: &Journal) -> Result<Recovered, WriteError> {
        // Nothing is done where one of them is in dispute.
        for entry in &journal.entries {
            entry.standing(&self.root)?;
        }
        let mut recovered = Recovered::default();
        for entry in &journal.entries {
            let target = self.root.join(&entry.path);
            // Looked at again, as late as can be.
            match (entry.standing(&self.root)?, &entry.new) {
                (Standing::Lost, _) => {
                    recovered.left.push(entry.path.clone());
                    continue;
                }
                (Standing::Made, _) => {}
                (Standing::Open, Some(_)) => {
                    self.disk.rename(&temporary(&self.root, &entry.path), &target)?;
                }
                (Standing::Open, None) => self.disk.remove(&target)?,
            }
            recovered.written.push(entry.path.clone());
        }
        let mut folders: Vec<_> = journal
            .entries
            .iter()
            .filter_map(|entry| Some(self.root.join(&entry.path).parent()?.to_owned()))
            .collect();
        folders.sort();
        folders.dedup();
        folders.iter().try_for_each(|folder| self.disk.sync_folder(folder))?;
        Ok(recovered)
    }

    /// Removes the journal. One that comes back, since this is not synced, finds everything done.
    fn end(&self) -> Result<(), WriteError> {
        Ok(self.disk.remove(&self.root.join(JOURNAL))?)
    }

    /// Takes the changes back that were made, by a journal that leads back.
    fn undo(&self, changes: Vec<Change>) -> Result<(), WriteError> {
        if self.root.join(JOURNAL).symlink_metadata().is_ok() {
            let mut back = Vec::new();
            for Change { entry, before } in changes {
                if entry.old == entry.new || !entry.is_as_after(&self.root).unwrap_or(false) {
                    continue;
                }
                if let Some(text) = before {
                    self.stage(&entry.path, &text)?;
                }
                back.push(Entry { path: entry.path, old: entry.new, new: entry.old });
            }
            self.finish(&self.write_journal(back)?)?;
        }
        self.disk.sweep(&self.root)?;
        Ok(())
    }
}
