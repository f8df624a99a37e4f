//! What the end-to-end tests share: scratch registries, and runs of the real command.

#![allow(dead_code, reason = "each test uses its part of this module")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The day on which the example registry is clean.
pub(crate) const TODAY: &str = "2026-07-15";

/// The folder of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// A copy of the example registry, gone when dropped.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

/// What a run of the command gave.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }
}

impl Scratch {
    /// A copy of the example registry in `data`.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&repository().join("tests/fixtures/base"), &folder.path().join("data"));
        Self { folder }
    }

    /// The folder that holds `data`.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A data file.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.path().join("data").join(path)
    }

    /// The text of a data file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap()
    }

    /// Writes a data file.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.file(path).parent().unwrap()).unwrap();
        fs::write(self.file(path), text).unwrap();
    }

    /// Replaces a text that stands exactly once in a data file.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {path}");
        self.write(path, text.replace(from, to));
    }

    /// Runs the command in the folder, with the day fixed and no colours.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.path(), arguments)
    }

    /// The findings of `lint`, as JSON.
    pub(crate) fn findings(&self) -> Vec<Value> {
        let run = self.run(&["lint", "--format", "json"]);
        run.json()["findings"].as_array().unwrap().clone()
    }
}

/// Runs the command in a folder, with the day fixed, 100 columns and no colours.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    run_at(folder, 100, arguments)
}

/// Runs the command in a folder, with the day and the columns fixed and no colours.
pub(crate) fn run_at(folder: &Path, columns: usize, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .args(["--today", TODAY])
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("COLUMNS", columns.to_string())
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
