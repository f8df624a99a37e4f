//! `cargo xtask <command>`: the command line of the registry in a clone, and what keeps the repository itself.

mod arguments;
mod commands;

use std::process::ExitCode;

use crate::arguments::Command;

fn main() -> ExitCode {
    cli::main::<Command>("cargo xtask")
}
