//! What a measurement runs.

use std::ffi::OsString;
use std::path::PathBuf;

/// What a measurement does.
pub(super) enum Task {
    /// It runs a program.
    Run(Job),
    /// It cannot be run, and why.
    Skip(String),
    /// Data of this size have no such thing.
    NotHere,
}

/// A run of a program.
pub(super) struct Job {
    pub(super) program: PathBuf,
    pub(super) arguments: Vec<OsString>,
    /// Where it is run.
    pub(super) folder: PathBuf,
    /// The file that it reads as its input.
    pub(super) input: Option<PathBuf>,
    /// The folder that it writes, which is removed before each run.
    pub(super) output: Option<PathBuf>,
    /// How it may end.
    pub(super) codes: &'static [i32],
}

impl Job {
    pub(super) fn new(program: PathBuf, arguments: &[&str], folder: PathBuf) -> Self {
        let arguments = arguments.iter().map(OsString::from).collect();
        Self { program, arguments, folder, input: None, output: None, codes: &[0] }
    }
}
