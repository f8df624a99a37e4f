//! The data of one size.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use cli::Failure;
use model::Date;
use store::StoreError;

use super::programs::Programs;
use crate::arguments::Size;

/// The day on which generated registries are linted.
const TODAY: &str = "2026-07-15";

/// The data of one size, which are made when they are asked for.
pub(super) struct Corpus<'p> {
    pub(super) programs: &'p Programs,
    pub(super) size: Size,
    pub(super) seed: u64,
    /// The day on which the registry of this repository is linted, if not today.
    pub(super) today: Option<Date>,
}

impl Corpus<'_> {
    /// The folder with a registry without errors, as `data`.
    pub(super) fn clean(&self) -> Result<PathBuf, Failure> {
        Ok(self.generated("clean")?.unwrap_or_else(|| self.programs.root.clone()))
    }

    /// The folder with the JSON form of the offerings.
    pub(super) fn json(&self) -> Result<PathBuf, Failure> {
        if let Some(folder) = self.generated("json")? {
            return Ok(folder);
        }
        let (from, to) = (self.programs.root.join("data/offerings"), self.folder().join("json-of-data"));
        remove(&to)?;
        let mut command = Command::new(&self.programs.bench);
        self.said(command.arg("json").arg(from).arg(&to))?;
        Ok(to)
    }

    /// The folder of a generated corpus of a kind that `bench` knows; none of the registry of this repository.
    pub(super) fn generated(&self, kind: &str) -> Result<Option<PathBuf>, Failure> {
        let Size::Offerings(offerings) = self.size else { return Ok(None) };
        let mut command = Command::new(&self.programs.bench);
        command.arg("corpus").arg(self.folder()).arg(kind);
        let path = self.said(command.arg(offerings.to_string()).arg(self.seed.to_string()))?;
        Ok(Some(PathBuf::from(path.trim_end())))
    }

    /// The folder for what a program writes.
    pub(super) fn output(&self) -> PathBuf {
        self.folder().join("output")
    }

    /// The day on which it is linted, as an option of the command.
    pub(super) fn today(&self) -> Option<String> {
        match self.size {
            Size::Data => self.today.map(|day| format!("--today={day}")),
            Size::Offerings(_) => Some(format!("--today={TODAY}")),
        }
    }

    /// How many data files it has, and how many bytes these are.
    pub(super) fn extent(&self) -> Result<(usize, u64), Failure> {
        let folder = self.clean()?.join("data");
        Ok(extent(&folder).map_err(StoreError::io("read", &folder))?)
    }

    fn folder(&self) -> PathBuf {
        self.programs.root.join("target/bench")
    }

    /// What `bench` prints.
    fn said(&self, command: &mut Command) -> Result<String, Failure> {
        let output = command.output().map_err(StoreError::io("run", &self.programs.bench))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Failure::Usage(format!("the data to measure cannot be made: {message}")))
    }
}

/// Removes a folder, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("remove", folder)(error)),
        _ => Ok(()),
    }
}

fn extent(folder: &Path) -> io::Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let (more_files, more_bytes) =
            if path.is_dir() { extent(&path)? } else { (1, fs::metadata(&path)?.len()) };
        files += more_files;
        bytes += more_bytes;
    }
    Ok((files, bytes))
}
