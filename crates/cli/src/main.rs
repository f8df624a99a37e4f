//! The command line of the registry, on its own: `trustreg <command>`.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main::<cli::Product>(cli::PRODUCT)
}
