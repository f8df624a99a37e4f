//! Commands that are slow to compile are not in this binary: for such a one, `xtask-full`, which has them all, is built
//! and started in its place.

use std::env;
use std::process::Command;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use cli::terminal::note;
use cli::{Failure, Global, Outcome};
use store::StoreError;

use crate::cargo;

/// How long the build may take before it is spoken of.
const MOMENT: Duration = Duration::from_secs(1);

/// Builds `xtask-full` if it is not built yet, and starts it with the arguments of this process.
pub(crate) fn run(global: &Global) -> Result<Outcome, Failure> {
    let mut whole = Command::new(build(global)?);
    whole.args(env::args_os().skip(1));
    start(whole)
}

/// Returns the path of `xtask-full`, built.
fn build(global: &Global) -> Result<String, Failure> {
    let root = cargo::workspace()?;
    let arguments = ["build", "--quiet", "--profile", "xtask", "--package", "xtask", "--bin", "xtask-full"];
    let mut build = cargo::command(&root, &arguments);
    let (ended, built) = mpsc::channel();
    // If this has ended before, there is no reader.
    thread::spawn(move || ended.send(build.output()));
    let output = match built.recv_timeout(MOMENT) {
        Err(RecvTimeoutError::Timeout) => {
            note(global, "this command is built when it is first used, which takes a while");
            built.recv()
        }
        output => output.map_err(|_| mpsc::RecvError),
    };
    let output = output.map_err(std::io::Error::other)?.map_err(cargo::not_run())?;
    let is_it = |message: &serde_json::Value| {
        message.pointer("/target/name").is_some_and(|name| name == "xtask-full")
    };
    let path = cargo::messages(&output.stdout)
        .filter(is_it)
        .find_map(|message| Some(message.get("executable")?.as_str()?.to_owned()));
    path.filter(|_| output.status.success())
        .ok_or_else(|| Failure::Usage("this command cannot be built".to_owned()))
}

/// Puts a process in the place of this one.
#[cfg(unix)]
fn start(mut command: Command) -> Result<Outcome, Failure> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(StoreError::io("run", command.get_program().as_ref())(error).into())
}

/// Runs a process in the place of this one, and ends as it does.
#[cfg(not(unix))]
fn start(mut command: Command) -> Result<Outcome, Failure> {
    let status =
        command.status().map_err(|error| StoreError::io("run", command.get_program().as_ref())(error))?;
    std::process::exit(status.code().unwrap_or(2))
}
