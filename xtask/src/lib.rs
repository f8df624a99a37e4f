//! `cargo xtask <command>`: the command line of the registry in a clone, and what keeps the repository itself.

// The further commands use it.
#![cfg_attr(not(feature = "full"), allow(dead_code))]

mod arguments;
mod cargo;
mod commands;
#[cfg(not(feature = "full"))]
mod whole;

use std::process::ExitCode;

use crate::arguments::Command;

/// Runs the command that the command line names, and returns how the process ends.
pub fn main() -> ExitCode {
    cli::main::<Command>(cli::IN_A_CLONE)
}
