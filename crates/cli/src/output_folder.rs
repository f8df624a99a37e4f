//! The folder of an export. An export owns the files that it knows as its own, and touches nothing else.
//!
//! All files are made and staged before the first one is published, so that an error on the way changes
//! nothing. Then the list is written with the old and the new names, each file is moved into its place,
//! files that are no longer made are removed, and the list is written with the new names alone. A run
//! that was killed leaves only files that its list names; the next run replaces or removes them.

mod list;
mod place;
mod staging;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use export::{Format, Hashed, OutputFile};
use rayon::prelude::*;

use self::list::List;
use self::place::{Place, Standing};
use self::staging::Staging;
use crate::Failure;

/// The folder of an export. Files are put into it, then it is finished.
pub(crate) struct OutputFolder {
    place: Place,
    owned: Owned,
    task: Task,
    /// The files of this export so far, with their hashes.
    made: BTreeMap<String, String>,
}

/// By what an export knows the files that an earlier one made.
#[derive(Debug, Clone)]
pub(crate) enum Ownership {
    /// By `NAME.sha256`, the list that it keeps beside them. NAME is that of the format.
    List(Format),
    /// By words that its file of this name holds. Such files are committed: git merges them, which a list of
    /// hashes would not survive.
    Mark(fn(&str) -> String),
}

/// What is done with the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Only report what differs.
    Check,
    /// Write them. A file that the export does not own is not replaced.
    Write,
    /// Write them, and replace such files too.
    Force,
}

enum Owned {
    List(List),
    Mark(fn(&str) -> String),
}

enum Task {
    /// The unified diffs so far.
    Check(String),
    Write(Writing),
}

/// What is ready to be published.
struct Writing {
    staging: Staging,
    staged: Vec<Staged>,
    /// The files that are in the way and are not owned.
    foreign: Vec<String>,
    force: bool,
}

/// A file that is ready to be moved into its place.
struct Staged {
    path: String,
    temporary: PathBuf,
    /// The hash of the file that it replaces.
    before: Option<String>,
}

/// How a file of the export compares with what is in its place.
enum Compared {
    Same,
    Differs(String),
    Staged(Staged),
    Foreign,
}

/// Writes what a file holds, the same each time.
type Make<'a> = &'a dyn Fn(&mut dyn Write) -> io::Result<()>;

/// What came of an export.
pub(crate) struct Ended {
    /// How many files it made.
    pub(crate) files: usize,
    /// Unified diffs from what is in the folder to the export; empty where it was written.
    pub(crate) differences: String,
    /// The files of an earlier export that have been changed since, so that they were left.
    pub(crate) left: Vec<String>,
}

impl OutputFolder {
    /// Opens the folder of an export. It must be apart from the data folder.
    pub(crate) fn open(
        folder: &Path,
        data: &Path,
        ownership: Ownership,
        mode: Mode,
    ) -> Result<Self, Failure> {
        let place = Place::new(folder, data)?;
        // The list is read after the lock is taken.
        let task = match mode {
            Mode::Check => Task::Check(String::new()),
            Mode::Write | Mode::Force => Task::Write(Writing {
                staging: Staging::open(folder)?,
                staged: Vec::new(),
                foreign: Vec::new(),
                force: mode == Mode::Force,
            }),
        };
        let owned = match ownership {
            Ownership::List(format) => Owned::List(List::read(&place, format)?),
            Ownership::Mark(mark) => Owned::Mark(mark),
        };
        Ok(Self { place, owned, task, made: BTreeMap::new() })
    }

    /// Stages or compares files, each of which is made as it is written, so that large exports take little memory. Gives
    /// their sizes in bytes. Those that are `is_last` are made after the others.
    pub(crate) fn put<T: Sync>(
        &mut self,
        files: &[T],
        path: impl Fn(&T) -> &str + Sync,
        is_last: impl Fn(&T) -> bool,
        write: impl Fn(&T, &mut dyn Write) -> io::Result<()> + Sync,
    ) -> Result<Vec<usize>, Failure> {
        let (last, first): (Vec<_>, Vec<_>) = files.iter().enumerate().partition(|(_, file)| is_last(file));
        let compare = |(at, file)| (at, path(file), self.compare(path(file), &|out| write(file, out)));
        let mut compared: Vec<_> = first.into_par_iter().map(compare).collect();
        compared.par_extend(last.into_par_iter().map(compare));
        compared.sort_unstable_by_key(|(at, ..)| *at);
        let mut sizes = Vec::with_capacity(files.len());
        for (_, path, compared) in compared {
            let (hash, size, compared) = compared?;
            sizes.push(size);
            self.made.insert(path.to_owned(), hash);
            match (&mut self.task, compared) {
                (Task::Check(differences), Compared::Differs(difference)) => {
                    differences.push_str(&difference);
                }
                (Task::Write(writing), Compared::Staged(staged)) => writing.staged.push(staged),
                (Task::Write(writing), Compared::Foreign) => writing.foreign.push(path.to_owned()),
                _ => {}
            }
        }
        Ok(sizes)
    }

    /// As [`Self::put`], with the files of an export.
    pub(crate) fn put_all(&mut self, files: &[OutputFile<'_>]) -> Result<Vec<usize>, Failure> {
        self.put(files, |file| &file.path, OutputFile::is_about_others, OutputFile::write)
    }

    /// Publishes what was put into the folder, and removes what the export before made and this one did
    /// not. Where a file is in the way that the export does not own, nothing is done.
    pub(crate) fn finish(self) -> Result<Ended, Failure> {
        let (gone, left) = self.gone()?;
        let list = match &self.owned {
            Owned::List(list) => Some(list),
            Owned::Mark(_) => None,
        };
        let differences = match self.task {
            Task::Check(mut differences) => {
                for path in &gone {
                    differences.push_str(&self.place.difference(path, 0, &|_| Ok(()))?);
                }
                if let Some(list) = list {
                    let text = list.text(&self.made);
                    let write: Make<'_> = &|out| out.write_all(text.as_bytes());
                    differences.push_str(&self.place.difference(list.path(), text.len(), write)?);
                }
                differences
            }
            Task::Write(writing) => {
                writing.publish(&self.place, list, &self.made, &gone)?;
                String::new()
            }
        };
        Ok(Ended { files: self.made.len(), differences, left })
    }

    /// The hash and size of a file of the export, and how it compares with what is in its place.
    fn compare(&self, path: &str, write: Make<'_>) -> Result<(String, usize, Compared), Failure> {
        let standing = self.place.standing(path)?;
        let is_same = |hash: &str| standing.as_ref().is_some_and(|standing| standing.hash == hash);
        match &self.task {
            Task::Check(_) => {
                let mut out = Hashed::new(io::sink());
                let (hash, size) = write(&mut out).and_then(|()| out.end())?;
                let compared = match is_same(&hash) {
                    true => Compared::Same,
                    false => Compared::Differs(self.place.difference(path, size, write)?),
                };
                Ok((hash, size, compared))
            }
            Task::Write(writing) => {
                let (temporary, hash, size) = writing.staging.write(write, &self.place.path(path))?;
                let compared = match standing {
                    Some(standing) if standing.hash == hash => Compared::Same,
                    Some(standing) if !writing.force && !self.owns(path, &standing)? => Compared::Foreign,
                    standing => {
                        let before = standing.map(|standing| standing.hash);
                        let staged = Staged { path: path.to_owned(), temporary, before };
                        writing.staging.sync(&staged.temporary, &self.place.path(path))?;
                        return Ok((hash, size, Compared::Staged(staged)));
                    }
                };
                writing.staging.discard(&temporary)?;
                Ok((hash, size, compared))
            }
        }
    }

    /// Returns whether an earlier export made the file that is at a path.
    fn owns(&self, path: &str, standing: &Standing) -> Result<bool, Failure> {
        match &self.owned {
            Owned::List(list) => Ok(list.holds(path, &standing.hash)),
            Owned::Mark(mark) => self.place.holds(path, &mark(path)),
        }
    }

    /// The files that an earlier export made and this one does not: those that are still as it made them,
    /// and those that were changed since.
    fn gone(&self) -> Result<(Vec<String>, Vec<String>), Failure> {
        let (mut gone, mut left) = (Vec::new(), Vec::new());
        let Owned::List(list) = &self.owned else { return Ok((gone, left)) };
        for path in list.paths().filter(|path| !self.made.contains_key(*path)) {
            let Some(standing) = self.place.standing(path)? else { continue };
            let of_it = if list.holds(path, &standing.hash) { &mut gone } else { &mut left };
            of_it.push(path.to_owned());
        }
        Ok((gone, left))
    }
}

impl Writing {
    fn publish(
        mut self,
        place: &Place,
        list: Option<&List>,
        made: &BTreeMap<String, String>,
        gone: &[String],
    ) -> Result<(), Failure> {
        if let Some(list) = list
            && list.is_foreign()
            && !self.force
        {
            self.foreign.push(list.path().to_owned());
        }
        if !self.foreign.is_empty() {
            return Err(place.occupied(&self.foreign));
        }
        if self.staged.is_empty() && list.is_none_or(|list| list.says(made)) {
            return Ok(());
        }
        // Making the files took its time.
        for file in &self.staged {
            if place.standing(&file.path)?.map(|standing| standing.hash) != file.before {
                return Err(place.changed(&file.path));
            }
        }
        if let Some(list) = list {
            self.write_list(place, list.path(), &list.text_with_old(made))?;
        }
        for file in &self.staged {
            place.bring(&file.temporary, &file.path)?;
        }
        for path in gone {
            place.remove(path)?;
        }
        let staged = self.staged.iter().map(|file| &file.path);
        place.sync_folders(staged.chain(gone).map(String::as_str))?;
        match list {
            Some(list) => self.write_list(place, list.path(), &list.text(made)),
            None => Ok(()),
        }
    }

    fn write_list(&self, place: &Place, path: &str, text: &str) -> Result<(), Failure> {
        let target = place.path(path);
        let (temporary, ..) = self.staging.write(&|out| out.write_all(text.as_bytes()), &target)?;
        self.staging.sync(&temporary, &target)?;
        place.bring(&temporary, path)?;
        place.sync_folders([path].into_iter())
    }
}
