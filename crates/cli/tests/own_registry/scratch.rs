//! A folder in which `trustreg`, git and shells run.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder.
pub(crate) struct Scratch(TempDir);

impl Scratch {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The top of a git repository.
    pub(crate) fn repository() -> Self {
        let scratch = Self::new();
        scratch.git(&["init", "--quiet", "--initial-branch", "main"]);
        scratch
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    /// Runs `trustreg` at the top. Returns its exit status and what it prints, without the path of the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String) {
        self.run_in("", arguments)
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustreg"));
        command.args(arguments).args(["--today", "2026-07-01"]);
        self.output(command, folder)
    }

    /// Runs git at the top.
    pub(crate) fn git(&self, arguments: &[&str]) -> (i32, String) {
        self.in_reach(Command::new("git"), arguments)
    }

    /// Runs a program at the top, with `trustreg` in its reach.
    pub(crate) fn in_reach(&self, mut command: Command, arguments: &[&str]) -> (i32, String) {
        let bin = Path::new(env!("CARGO_BIN_EXE_trustreg")).parent().unwrap().to_owned();
        let path = env::var_os("PATH").unwrap();
        let path = env::join_paths([bin].into_iter().chain(env::split_paths(&path))).unwrap();
        for person in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{person}_NAME"), "Jo")
                .env(format!("GIT_{person}_EMAIL"), "jo@acme.example");
        }
        command.args(arguments).env("PATH", path);
        self.output(command, "")
    }

    fn output(&self, mut command: Command, folder: &str) -> (i32, String) {
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(variable);
        }
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", self.path("no-settings"));
        command.env("NO_COLOR", "1").env("COLUMNS", "100").env_remove("CLICOLOR_FORCE");
        let Output { status, stdout, stderr } = command.current_dir(self.path(folder)).output().unwrap();
        let said = [stdout, stderr].map(|text| String::from_utf8(text).unwrap()).concat();
        let top = self.0.path().canonicalize().unwrap();
        (status.code().unwrap(), said.replace(top.to_str().unwrap(), "[top]"))
    }

    /// The files at the top and below, but for those of git.
    pub(crate) fn files(&self) -> BTreeSet<String> {
        let (mut files, mut folders) = (BTreeSet::new(), vec![self.0.path().to_owned()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.ends_with(".git") {
                    continue;
                }
                if entry.is_dir() {
                    folders.push(entry);
                } else {
                    files.insert(entry.strip_prefix(self.0.path()).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        files
    }

    /// Checks that the registry of a folder has everything that CI wants.
    pub(crate) fn passes(&self, folder: &str) {
        let (status, said) = self.run_in(folder, &["ci"]);
        assert_eq!((status, said.matches("ok  ").count()), (0, 4), "{said}");
        let (status, said) = self.run_in(folder, &["lint"]);
        assert!(status == 0 && said.contains("no findings"), "{said}");
    }
}
