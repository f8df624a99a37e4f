//! Writes several files, all or none.
//!
//! Every new text is written beside its target and synced; then a journal names the pairs; then the
//! renames follow, each of them atomic; then the journal goes. Killed before the journal stands,
//! nothing has happened and the next run sweeps up; killed after, the next run finishes the renames.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::StoreError;

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
    /// Another run is writing.
    #[error("another run is writing to {0}: nothing was written")]
    Locked(PathBuf),
    /// The system refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

const LOCK: &str = ".write.lock";
const JOURNAL: &str = ".write.journal";
const SUFFIX: &str = ".write.tmp";

/// Writes the files, all or none, after finishing or sweeping up what a killed run has left.
///
/// # Errors
///
/// When another run holds the folder, a target has changed since it was read, or the system refuses.
/// The files are then as they were.
pub fn write_all(root: &Path, writes: &[Write]) -> Result<(), WriteError> {
    let lock_path = root.join(LOCK);
    let lock = File::create(&lock_path).map_err(StoreError::io("write", &lock_path))?;
    if lock.try_lock().is_err() {
        return Err(WriteError::Locked(root.to_owned()));
    }
    let ended = recover(root).map_err(WriteError::from).and_then(|()| locked(root, writes));
    // The lock itself is what counts; a file left behind hinders nobody.
    let _ = fs::remove_file(&lock_path);
    ended
}

fn locked(root: &Path, writes: &[Write]) -> Result<(), WriteError> {
    let staged = stage(root, writes);
    if staged.is_err() {
        sweep(root, writes.iter().map(|write| write.path.as_str()));
    }
    staged?;
    rename_all(root, writes.iter().map(|write| write.path.as_str()))?;
    remove_journal(root)?;
    Ok(())
}

/// Writes the new texts beside their targets, and the journal that names them.
fn stage(root: &Path, writes: &[Write]) -> Result<(), WriteError> {
    for write in writes {
        let target = root.join(&write.path);
        let found = match fs::read(&target) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(StoreError::io("read", &target)(error).into()),
        };
        let plain = target.symlink_metadata().map_or(true, |metadata| metadata.is_file());
        if found != write.before || !plain {
            return Err(WriteError::Changed(target));
        }
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(StoreError::io("make the folder", folder))?;
        }
        let temporary = temporary(root, &write.path);
        synced(&temporary, &write.after).map_err(StoreError::io("write", &temporary))?;
    }
    let names: Vec<&str> = writes.iter().map(|write| write.path.as_str()).collect();
    let journal = root.join(JOURNAL);
    let half = root.join(format!("{JOURNAL}{SUFFIX}"));
    synced(&half, names.join("\n").as_bytes()).map_err(StoreError::io("write", &half))?;
    fs::rename(&half, &journal).map_err(StoreError::io("write", &journal))?;
    sync_folder(root)?;
    Ok(())
}

fn rename_all<'p>(root: &Path, paths: impl Iterator<Item = &'p str>) -> Result<(), StoreError> {
    let mut folders = Vec::new();
    for path in paths {
        let (temporary, target) = (temporary(root, path), root.join(path));
        match fs::rename(&temporary, &target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            ended => ended.map_err(StoreError::io("write", &target))?,
        }
        folders.extend(target.parent().map(Path::to_owned));
    }
    folders.sort();
    folders.dedup();
    folders.iter().try_for_each(|folder| sync_folder(folder))
}

fn remove_journal(root: &Path) -> Result<(), StoreError> {
    let journal = root.join(JOURNAL);
    fs::remove_file(&journal).map_err(StoreError::io("remove", &journal))?;
    sync_folder(root)
}

/// Finishes what a killed run has left.
fn recover(root: &Path) -> Result<(), StoreError> {
    let journal = root.join(JOURNAL);
    match fs::read_to_string(&journal) {
        Ok(names) => {
            // Only what stands below the folder can have been ours.
            let inside = |path: &&str| crate::document_of(path).is_some();
            rename_all(root, names.lines().filter(inside))?;
            remove_journal(root)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::io("read", &journal)(error)),
    }
}

fn sweep<'p>(root: &Path, paths: impl Iterator<Item = &'p str>) {
    for path in paths {
        // What is not there, or cannot go, does not make the failure worse.
        let _ = fs::remove_file(temporary(root, path));
    }
}

/// The file beside a target that holds its new text; a hidden one, so that no reader takes it.
fn temporary(root: &Path, path: &str) -> PathBuf {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    root.join(folder).join(format!(".{name}{SUFFIX}"))
}

fn synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io("sync", folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &str, before: Option<&str>, after: &str) -> Write {
        Write {
            path: path.into(),
            before: before.map(|text| text.as_bytes().to_vec()),
            after: after.as_bytes().to_vec(),
        }
    }

    fn files(root: &Path) -> Vec<String> {
        let names = |folder: &Path| {
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = names(root)
            .into_iter()
            .chain(names(&root.join("offerings")))
            .filter(|path| path.is_file())
            .collect();
        all.sort();
        all.iter().map(|path| path.strip_prefix(root).unwrap().display().to_string()).collect()
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("offerings")).unwrap();
        fs::write(folder.path().join("offerings/a.toml"), "old").unwrap();
        folder
    }

    #[test]
    fn writes_all_and_leaves_nothing_else() {
        let folder = folder();
        let writes = [write("offerings/a.toml", Some("old"), "new"), write("offerings/b.toml", None, "b")];
        write_all(folder.path(), &writes).unwrap();
        assert_eq!(files(folder.path()), ["offerings/a.toml", "offerings/b.toml"]);
        assert_eq!(fs::read_to_string(folder.path().join("offerings/a.toml")).unwrap(), "new");
    }

    #[test]
    fn a_changed_target_refuses_everything() {
        let folder = folder();
        let writes = [write("offerings/b.toml", None, "b"), write("offerings/a.toml", Some("other"), "new")];
        assert!(matches!(write_all(folder.path(), &writes), Err(WriteError::Changed(_))));
        assert_eq!(files(folder.path()), ["offerings/a.toml"]);
    }

    #[test]
    fn a_killed_run_is_finished_once_its_journal_stands_and_forgotten_before() {
        let writes = [write("offerings/a.toml", Some("old"), "new"), write("offerings/b.toml", None, "b")];
        for renamed in 0..=2 {
            let folder = folder();
            stage(folder.path(), &writes).unwrap();
            rename_all(folder.path(), writes[..renamed].iter().map(|write| write.path.as_str())).unwrap();
            write_all(folder.path(), &[]).unwrap();
            assert_eq!(
                files(folder.path()),
                ["offerings/a.toml", "offerings/b.toml"],
                "killed after {renamed} renames"
            );
            assert_eq!(fs::read_to_string(folder.path().join("offerings/a.toml")).unwrap(), "new");
        }
        let folder = folder();
        synced(&temporary(folder.path(), "offerings/a.toml"), b"half").unwrap();
        write_all(folder.path(), &writes).unwrap();
        assert_eq!(files(folder.path()), ["offerings/a.toml", "offerings/b.toml"]);
    }
}
