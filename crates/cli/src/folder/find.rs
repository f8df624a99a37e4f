//! Finds the data folder.
//!
//! It is a folder with a registry.toml. One that is called `data` is found from each folder in or beside it, at any
//! depth. One with another name is found in the same way, but its siblings are only looked at up to the top of the git
//! repository: what is beside that belongs to others.

use std::fs;
use std::path::{Path, PathBuf};

use diagnostics::command;
use store::{GitError, Repository, StoreError};

use crate::Failure;

/// Returns the nearest data folder for who is in a folder.
pub(super) fn nearest(here: &Path) -> Result<PathBuf, Failure> {
    match here.ancestors().find_map(at) {
        Some(folder) => Ok(folder),
        None => by_another_name(here),
    }
}

/// Returns the data folder, of which only git may have a registry: the one that is asked for, or the nearest.
pub(super) fn in_git(here: &Path, asked: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(folder) = asked {
        return match is_registry(folder) || is_registry_in_git(folder)? {
            true => Ok(folder.to_owned()),
            false => Err(StoreError::NoRegistry(folder.to_owned()).into()),
        };
    }
    for folder in here.ancestors() {
        if let Some(folder) = at(folder) {
            return Ok(folder);
        }
        let folder = folder.join("data");
        if is_registry_in_git(&folder)? {
            return Ok(folder);
        }
    }
    by_another_name(here)
}

/// The data folder that is called `data` in a folder, or is this folder.
fn at(folder: &Path) -> Option<PathBuf> {
    let data = folder.join("data");
    if is_registry(&data) {
        return Some(data);
    }
    is_named_otherwise(folder).then(|| folder.to_owned())
}

fn is_registry(folder: &Path) -> bool {
    folder.join("registry.toml").is_file()
}

/// Returns whether a folder of any name is a data folder: another program may have a registry.toml too.
fn is_named_otherwise(folder: &Path) -> bool {
    is_registry(folder) && folder.join("dimensions.toml").is_file()
}

/// The data folder of another name that is nearest to a folder, within its git repository.
fn by_another_name(here: &Path) -> Result<PathBuf, Failure> {
    let top = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(here);
    for folder in here.ancestors().take_while(|folder| folder.starts_with(top)) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let folders = entries.map(|entry| entry.path());
        let mut found: Vec<_> = folders.filter(|folder| is_named_otherwise(folder)).collect();
        found.sort();
        match found.as_slice() {
            [] => {}
            [_] => return Ok(found.remove(0)),
            [first, second, ..] => {
                let (first, second) = (first.display(), second.display());
                let message = format!("{first} and {second} are both data folders: name one with --data");
                return Err(Failure::Usage(message));
            }
        }
    }
    Err(none(here))
}

fn is_registry_in_git(folder: &Path) -> Result<bool, StoreError> {
    match Repository::of(folder).and_then(|repository| repository.has_registry()) {
        Err(StoreError::Git(GitError::NoRepository { .. } | GitError::NoGit(_))) => Ok(false),
        known => known,
    }
}

fn none(here: &Path) -> Failure {
    Failure::Usage(format!(
        "no folder with a registry.toml in {} or above: name the data folder with --data, or begin a registry with \
         {} init",
        here.display(),
        command()
    ))
}
