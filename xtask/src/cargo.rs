//! Calls of cargo.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cli::Failure;
use serde_json::Value;
use store::StoreError;

/// Returns the folder of this workspace: above the crate that cargo runs, or, without cargo, from which this was built.
pub(crate) fn workspace() -> Result<PathBuf, Failure> {
    let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&folder).join("..");
    Ok(root.canonicalize().map_err(StoreError::io("open", &root))?)
}

/// A cargo command in the workspace that says in JSON what it compiles; for people it writes to standard error.
pub(crate) fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command
        .args(arguments)
        .arg("--message-format=json-render-diagnostics")
        .current_dir(root)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    command
}

/// Says why cargo could not be run.
pub(crate) fn not_run() -> impl FnOnce(std::io::Error) -> StoreError {
    |error| StoreError::io("run", Path::new(&program()))(error)
}

/// Returns what cargo has said, message by message.
pub(crate) fn messages(output: &[u8]) -> impl Iterator<Item = Value> {
    output.split(|byte| *byte == b'\n').filter_map(|message| serde_json::from_slice(message).ok())
}

fn program() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}
