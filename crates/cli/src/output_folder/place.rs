//! The folder of an export: what is in it, and whether the export may write to it.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use export::sha256_of;
use store::StoreError;

use super::Make;
use crate::Failure;
use crate::diff::{named, unified};

/// The most bytes of a file that is compared line by line.
const MAX_SHOWN: u64 = 16 * 1024 * 1024;

/// How many of the files that are in the way are named.
const MAX_NAMED: usize = 5;

/// The folder of an export. Paths in it have `/`.
pub(super) struct Place {
    folder: PathBuf,
}

/// A file that is there.
pub(super) struct Standing {
    /// The SHA-256 of its bytes.
    pub(super) hash: String,
}

impl Place {
    /// The folder, which need not be there. Neither it nor the data folder may hold the other: an export into
    /// the data folder, or over what is around it, would mix with files that people write.
    pub(super) fn new(folder: &Path, data: &Path) -> Result<Self, Failure> {
        let refuse = |why: &str| {
            let folder = folder.display();
            Err(Failure::Usage(format!(
                "cannot export to {folder}: {why}: name a separate folder with --out"
            )))
        };
        let real = real(folder).map_err(StoreError::io("open", folder))?;
        if data.starts_with(&real) {
            return refuse("it is the data folder or contains it");
        }
        if real.starts_with(data) {
            return refuse("it is in the data folder");
        }
        match fs::metadata(&real) {
            Ok(metadata) if !metadata.is_dir() => refuse("it is not a folder"),
            _ => Ok(Self { folder: folder.to_owned() }),
        }
    }

    /// The path of a file, to open it.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The file at a path, or nothing where there is none. Only a plain file in plain folders can be one of an
    /// export: a link would lead elsewhere, and a device or pipe may be waited on for ever.
    pub(super) fn standing(&self, path: &str) -> Result<Option<Standing>, Failure> {
        let Some(file) = self.open(path)? else { return Ok(None) };
        let hash = sha256_of(file).map_err(StoreError::io("read", &self.path(path)))?;
        Ok(Some(Standing { hash }))
    }

    /// The bytes of the file at a path; nothing where there is none or it is longer than `most`.
    pub(super) fn read(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
        let Some(file) = self.open(path)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(StoreError::io("read", &self.path(path)))?;
        Ok((bytes.len() as u64 <= most).then_some(bytes))
    }

    /// Returns whether the file at a path holds a text.
    pub(super) fn holds(&self, path: &str, text: &str) -> Result<bool, Failure> {
        let found = self.read(path, MAX_SHOWN)?.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(found.is_some_and(|found| found.contains(text)))
    }

    /// The unified diff from the file at a path to so many bytes that are written; empty where they are the same. Of
    /// files that are no texts or are too long, that they differ.
    pub(super) fn difference(&self, path: &str, size: usize, write: Make<'_>) -> Result<String, Failure> {
        let shown = self.path(path).display().to_string();
        if size as u64 > MAX_SHOWN {
            return Ok(format!("Binary file {} differs\n", named(&shown)));
        }
        let mut bytes = Vec::with_capacity(size);
        write(&mut bytes)?;
        let bytes = bytes.as_slice();
        let is_missing = self.open(path)?.is_none();
        let old = if is_missing { Some(Vec::new()) } else { self.read(path, MAX_SHOWN)? };
        Ok(match old {
            Some(old) if old == bytes && !is_missing => String::new(),
            Some(old) if [&old, bytes].iter().all(|bytes| std::str::from_utf8(bytes).is_ok()) => {
                unified(&shown, &old, bytes)
            }
            _ => format!("Binary file {} differs\n", named(&shown)),
        })
    }

    /// Moves a staged file into its place, and makes the folders that it needs.
    pub(super) fn bring(&self, temporary: &Path, path: &str) -> Result<(), Failure> {
        let target = self.path(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(StoreError::io("make the folder", folder))?;
        }
        Ok(fs::rename(temporary, &target).map_err(StoreError::io("write", &target))?)
    }

    /// Removes a file, and the folders that it leaves empty.
    pub(super) fn remove(&self, path: &str) -> Result<(), Failure> {
        let full = self.path(path);
        fs::remove_file(&full).map_err(StoreError::io("remove", &full))?;
        for folder in full.ancestors().skip(1).take_while(|folder| *folder != self.folder) {
            // One that is not empty stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Sees to it that the names of these files are on the disk, where the system can be asked for that.
    pub(super) fn sync_folders<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        let folders: BTreeSet<_> = paths.flat_map(|path| Path::new(path).ancestors().skip(1)).collect();
        for folder in folders.into_iter().map(|folder| self.folder.join(folder)) {
            match File::open(&folder).and_then(|folder| folder.sync_all()) {
                // One that was left empty is removed.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                synced => synced.map_err(StoreError::io("sync", &folder))?,
            }
        }
        Ok(())
    }

    /// The refusal to replace these files.
    pub(super) fn occupied(&self, files: &[String]) -> Failure {
        let mut named: Vec<_> =
            files.iter().take(MAX_NAMED).map(|path| self.path(path).display().to_string()).collect();
        if files.len() > MAX_NAMED {
            named.push(format!("{} more", files.len() - MAX_NAMED));
        }
        Failure::Usage(format!(
            "this export would replace files that it did not write, or that were changed since: {}: nothing was written. Name another folder with --out, move away what you need, or pass --force",
            named.join(", ")
        ))
    }

    /// The refusal to replace a file that changed while the export was made.
    pub(super) fn changed(&self, path: &str) -> Failure {
        let path = self.path(path);
        Failure::Usage(format!(
            "{} has changed since it was read: nothing was written, run the command again",
            path.display()
        ))
    }

    fn open(&self, path: &str) -> Result<Option<File>, Failure> {
        let mut at = self.folder.clone();
        let mut steps = path.split('/').peekable();
        while let Some(step) = steps.next() {
            at.push(step);
            let metadata = match at.symlink_metadata() {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                metadata => metadata.map_err(StoreError::io("read", &at))?,
            };
            let (is_plain, wanted) = match steps.peek() {
                Some(_) => (metadata.is_dir(), "a folder"),
                None => (metadata.is_file(), "a plain file"),
            };
            if !is_plain {
                let what = if metadata.is_symlink() { "is a symbolic link" } else { "is in the way" };
                let at = at.display();
                return Err(Failure::Usage(format!(
                    "{at} {what}, and {wanted} belongs there: nothing was written, move it away"
                )));
            }
        }
        Ok(Some(File::open(&at).map_err(StoreError::io("read", &at))?))
    }
}

/// The path of a folder with every link in it followed, whether or not the folder is there.
fn real(folder: &Path) -> io::Result<PathBuf> {
    let mut at = env::current_dir()?.canonicalize()?;
    for component in folder.components() {
        match component {
            Component::ParentDir => {
                at.pop();
            }
            component => at.push(component),
        }
        match at.canonicalize() {
            Ok(real) => at = real,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(at)
}
