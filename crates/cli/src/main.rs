//! The command line of the registry, on its own: `trustreg <command>`.

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let is_in_clone = env::var_os(cli::CALLED_AS).is_some_and(|name| name == cli::IN_A_CLONE);
    cli::main::<cli::Product>(if is_in_clone { cli::IN_A_CLONE } else { cli::PRODUCT })
}
