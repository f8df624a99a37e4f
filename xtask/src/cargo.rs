//! Calls of cargo.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use cli::terminal::note;
use cli::{Failure, Global};
use diagnostics::quoted;
use serde_json::Value;
use store::StoreError;

/// How long a build may take before it is spoken of.
const MOMENT: Duration = Duration::from_secs(1);

/// Returns the folder of this workspace: above the crate that cargo runs, or, without cargo, from which this was built.
pub(crate) fn workspace() -> Result<PathBuf, Failure> {
    let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&folder).join("..");
    Ok(root.canonicalize().map_err(StoreError::io("open", &root))?)
}

/// A cargo command in the workspace that says in JSON what it compiles; for people it writes to standard error.
pub(crate) fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    // `cargo run` states the package of this process, and build scripts that look at that would run again: `ring` and
    // all that use it would be compiled again each time.
    for (name, _) in env::vars_os() {
        if is_of_package(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .arg("--message-format=json-render-diagnostics")
        .current_dir(root)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    command
}

/// Whether cargo states by this variable which package a process is of.
fn is_of_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// Builds the one binary that these arguments choose, the last of which names it, and returns its path. The message is
/// printed if that takes more than a moment.
pub(crate) fn build(
    global: &Global,
    root: &Path,
    arguments: &[&str],
    message: &str,
) -> Result<PathBuf, Failure> {
    let mut build = command(root, &[&["build", "--quiet"], arguments].concat());
    let (ended, built) = mpsc::channel();
    // If this has ended before, there is no reader.
    thread::spawn(move || ended.send(build.output()));
    let output = match built.recv_timeout(MOMENT) {
        Err(RecvTimeoutError::Timeout) => {
            note(global, message);
            built.recv()
        }
        output => output.map_err(|_| mpsc::RecvError),
    };
    let output = output.map_err(std::io::Error::other)?.map_err(not_run())?;
    let name = arguments.last().copied().unwrap_or_default();
    let is_it = |message: &Value| message.pointer("/target/name").is_some_and(|known| known == name);
    let path = messages(&output.stdout)
        .filter(is_it)
        .find_map(|message| Some(PathBuf::from(message.get("executable")?.as_str()?)));
    path.filter(|_| output.status.success())
        .ok_or_else(|| Failure::Usage(format!("{} cannot be built", quoted(name))))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_does_not_know_the_package_of_this_process() {
        // A test has them, as a binary that `cargo run` starts.
        assert!(env::vars().any(|(name, _)| name == "CARGO_MANIFEST_DIR"));
        let command = command(Path::new("."), &["build"]);
        let removed = |name: &str| command.get_envs().any(|(known, value)| known == name && value.is_none());
        assert!(
            ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION_MAJOR"]
                .into_iter()
                .all(removed)
        );
        assert!(!is_of_package("CARGO_TARGET_DIR") && !is_of_package("CARGO_HOME"));
    }
}
