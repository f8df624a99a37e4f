//! What the terminal can do, and how output reaches it.

use std::env;
use std::io::{self, IsTerminal, Write};

use textwrap::{Options, WordSeparator, WordSplitter};

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

/// Whether links may be used on standard output: where colours may, and the terminal can.
pub(crate) fn links_out(global: &Global) -> bool {
    color_out(global) && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)
}

/// The columns to write in: COLUMNS where it is set, else those of the terminal, else 100.
pub(crate) fn width() -> usize {
    let wished = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    wished.filter(|columns| *columns > 0).or_else(terminal).unwrap_or(100).clamp(40, 140)
}

/// The text in lines of at most `width` columns; a word that is longer stays whole. The first line
/// begins with `first`, the others with `rest`.
pub(crate) fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}

/// Writes to standard output in one go.
pub(crate) fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}

/// Writes unified diffs to standard output: exact, but on a terminal with the characters that must not
/// reach it in a visible form.
pub(crate) fn print_diff(diff: &str) -> io::Result<()> {
    if !io::stdout().is_terminal() {
        return print(diff.as_bytes());
    }
    let lines = diff.split_inclusive('\n').map(|line| line.trim_end_matches(['\r', '\n']));
    let visible: String = lines.map(|line| diagnostics::printable(line) + "\n").collect();
    print(visible.as_bytes())
}

/// Says on standard error why the command stops.
pub(crate) fn complain(global: &Global, message: &str) {
    let message = diagnostics::printable(message);
    let label = paint(color(global, io::stderr().is_terminal()), "1;31", "error");
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "{label}: {message}");
}

/// Shows on standard error what an error is about. The text must be printable.
pub(crate) fn excerpt(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
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
