//! `tidy`: what keeps the repository in order and no compiler checks.

mod circles;
mod dependencies;
mod paths;
mod rules;
mod sizes;
mod snapshots;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cli::terminal::{note, print};
use cli::{Failure, Global, Outcome};
use diagnostics::count;
use store::StoreError;

use crate::cargo;

pub(crate) fn run(global: &Global) -> Result<Outcome, Failure> {
    let root = cargo::workspace()?;
    let faults = faults(&root).map_err(StoreError::io("read", &root))?;
    let lines = faults.iter().map(|fault| format!("{}: {}\n", fault.file.display(), fault.message));
    print(&lines.collect::<String>())?;
    if faults.is_empty() {
        return Ok(Outcome::Success);
    }
    note(global, &count(faults.len(), "fault"));
    Ok(Outcome::Findings)
}

/// The source folders, from the root of the repository.
const SOURCES: [&str; 3] = ["crates", "xtask", "tests"];

/// Something that is not in order.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    /// The file, from the root of the repository.
    file: PathBuf,
    /// What is wrong, and what to do.
    message: String,
}

/// Looks at the whole repository.
fn faults(root: &Path) -> io::Result<Vec<Fault>> {
    let mut faults = sizes::faults(root)?;
    faults.extend(snapshots::faults(root)?);
    faults.extend(dependencies::faults(root)?);
    faults.extend(circles::faults(root)?);
    faults.extend(paths::faults(root)?);
    faults.extend(rules::faults(root)?);
    Ok(faults)
}

/// The files below a folder whose names end so, in the order of their paths; build output aside.
fn files(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                found.extend(files(&path, ending)?);
            }
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A path as people see it: from the root.
fn from_root(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}
