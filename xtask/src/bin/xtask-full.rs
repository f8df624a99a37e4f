//! `cargo xtask` with all commands: it starts this for those that it is built without.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
