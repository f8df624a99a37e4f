//! Commands that are slow to compile are not in this binary: for such a one, `xtask-full`, which has them all, is built
//! and started in its place.

use std::env;
use std::process::Command;

use cli::{Failure, Global, Outcome};
use store::StoreError;

use crate::cargo;

/// Builds `xtask-full` if it is not built yet, and starts it with the arguments of this process.
pub(crate) fn run(global: &Global) -> Result<Outcome, Failure> {
    let build = ["--profile", "xtask", "--package", "xtask", "--bin", "xtask-full"];
    let message = "this command is built when it is first used, which takes a while";
    let mut whole = Command::new(cargo::build(global, &cargo::workspace()?, &build, message)?);
    whole.args(env::args_os().skip(1));
    start(whole)
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
