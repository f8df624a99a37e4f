//! The name of the command line, for messages that say which command to run.

use std::sync::OnceLock;

/// The name, once it is known.
static NAME: OnceLock<&str> = OnceLock::new();

/// Sets how the command line was called: `trustreg`, or `cargo xtask` in a clone. The first call counts.
pub fn called_as(name: &'static str) {
    // The process is called by one name.
    let _ = NAME.set(name);
}

/// Returns how the command line was called, to name a command in a message: `trustreg` unless
/// [`called_as`] says otherwise.
pub fn command() -> &'static str {
    NAME.get().copied().unwrap_or("trustreg")
}
