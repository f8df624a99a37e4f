//! `cargo xtask <command>`: the command line of the registry in a clone, and what keeps the repository itself.

mod arguments;
mod cargo;
mod commands;
mod whole;

use std::process::ExitCode;

use crate::arguments::Command;

fn main() -> ExitCode {
    cli::main::<Command>(cli::IN_A_CLONE)
}
