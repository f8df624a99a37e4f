//! What the terminal can do, and how output reaches it.

use std::env;
use std::io::{self, IsTerminal, Write};

use crate::cli::{Global, When};

/// Whether colours may be used on a stream.
fn color(global: &Global, is_terminal: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match global.color {
        When::Always => true,
        When::Never => false,
        When::Auto if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        When::Auto if set("CLICOLOR_FORCE") => true,
        When::Auto => is_terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Whether colours may be used on standard output.
pub(crate) fn color_out(global: &Global) -> bool {
    color(global, io::stdout().is_terminal())
}

/// The columns of the terminal; 100 where the output is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0)).clamp(40, 140)
}

/// Writes to standard output in one go.
pub(crate) fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}

/// Says on standard error why the command stops.
pub(crate) fn complain(global: &Global, message: &str) {
    let message = diagnostics::printable(message);
    let label = paint(color(global, io::stderr().is_terminal()), "1;31", "error");
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{label}: {message}");
}

/// Says something on standard error that does not stop the command.
pub(crate) fn note(global: &Global, message: &str) {
    if !global.quiet {
        let _ = writeln!(io::stderr().lock(), "note: {}", diagnostics::printable(message));
    }
}

/// The text in a colour (SGR parameters of ECMA-48), where colours may be used.
pub(crate) fn paint(color: bool, sgr: &str, text: &str) -> String {
    if color { format!("\u{1b}[{sgr}m{text}\u{1b}[0m") } else { text.to_owned() }
}
