//! The name of the command line, for messages that say which command to run.

use std::sync::OnceLock;

/// The name, once it is known.
static NAME: OnceLock<&str> = OnceLock::new();

/// The name with the data folder, where a command must state it.
static COMMAND: OnceLock<String> = OnceLock::new();

/// Sets how the command line was called: `trustreg`, or `cargo xtask` in a clone. The first call counts.
pub fn called_as(name: &'static str) {
    // The process is called by one name.
    let _ = NAME.set(name);
}

/// Sets the data folder, as a word of a shell, that a command must state since it would not find it.
pub fn called_with_data(folder: &str) {
    // The process has one data folder.
    let _ = COMMAND.set(format!("{} --data {folder}", program()));
}

/// Returns how the command line was called: `trustreg` unless [`called_as`] says otherwise.
pub fn program() -> &'static str {
    NAME.get().copied().unwrap_or("trustreg")
}

/// Returns what a command begins with that a message names: how the command line was called, and the data folder that
/// [`called_with_data`] states.
pub fn command() -> &'static str {
    COMMAND.get().map_or_else(program, String::as_str)
}
