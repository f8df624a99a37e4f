//! The terminal: its abilities, and all writes to standard output and standard error.

#![allow(clippy::disallowed_methods, reason = "this is the place")]

use std::borrow::Cow;
use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufWriter, IsTerminal, Write};

use diagnostics::{printable, printable_lines, visible};
use textwrap::{Options, WordSeparator, WordSplitter};

use crate::global::{Global, When};

/// Returns whether colours may be used on a stream.
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

/// Returns whether colours may be used on standard output.
pub fn color_out(global: &Global) -> bool {
    color(global, io::stdout().is_terminal())
}

/// Returns whether links may be used on standard output: where colours may, and the terminal can.
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

/// Writes lines without colours to standard output, whatever names and texts they hold.
pub fn print(lines: &str) -> io::Result<()> {
    print_exact(printable_lines(lines, false).as_bytes())
}

/// Writes lines to standard output that have colours and links if these may be used. What they take from data and from the
/// file system must be printable: an escape character in it would be taken for that of a colour.
pub fn print_styled(color: bool, lines: &str) -> io::Result<()> {
    print_exact(printable_lines(lines, color).as_bytes())
}

/// Writes a JSON document to standard output, line by line, with every character in it visible.
pub(crate) fn print_json(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    print_document(|out| {
        let mut lines = Lines { out, line: Vec::new() };
        write(&mut lines)?;
        lines.end_line()
    })
}

/// Passes on lines of JSON with every character in them visible.
struct Lines<'o> {
    out: &'o mut dyn Write,
    /// What is not passed on yet.
    line: Vec<u8>,
}

impl Lines<'_> {
    fn end_line(&mut self) -> io::Result<()> {
        let line =
            str::from_utf8(&self.line).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        self.out.write_all(visible::escaped(line).as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

impl Write for Lines<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.end_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // A line is passed on as a whole.
        Ok(())
    }
}

/// Writes what programs read to standard output, as it is and in one go.
pub(crate) fn print_exact(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Writes to standard output what may be too large to be made as a whole. Each line must be printable, as those of
/// [`print_exact`].
pub(crate) fn print_document(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush()
}

/// Writes unified diffs to standard output: exact where a program may read them, else with lines that are
/// harmless to read.
pub(crate) fn print_diff(diff: &str) -> io::Result<()> {
    if !is_shown() {
        return print_exact(diff.as_bytes());
    }
    // The line ends of a file are no news.
    let lines: Vec<_> = diff.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    print(&lines.join("\n"))
}

/// Returns whether standard output is read by people: on a terminal, or in the log of a CI runner, which looks for
/// commands in it. There it is a pipe, as it is for a program; a file never is a log.
fn is_shown() -> bool {
    const RUNNERS: [&str; 4] = ["CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"];
    let is_set = |name: &&str| {
        env::var_os(name)
            .is_some_and(|value| !["", "0", "false"].iter().any(|off| value.eq_ignore_ascii_case(off)))
    };
    io::stdout().is_terminal() || RUNNERS.iter().any(is_set) && !is_file(&io::stdout())
}

#[cfg(unix)]
fn is_file(stream: &impl std::os::fd::AsFd) -> bool {
    let file = stream.as_fd().try_clone_to_owned().map(File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|metadata| metadata.is_file())
}

#[cfg(windows)]
fn is_file(stream: &impl std::os::windows::io::AsHandle) -> bool {
    let file = stream.as_handle().try_clone_to_owned().map(File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|metadata| metadata.is_file())
}

/// Ends the process as the parser of the command line wishes: with the help that was asked for, or with what is
/// wrong. That names the arguments, and a shell puts names of files among them.
pub(crate) fn end(error: &clap::Error) -> ! {
    let text = error.render().to_string();
    let shown = printable_lines(&text, false);
    let is_plain = |argument: OsString| matches!(printable(&argument.to_string_lossy()), Cow::Borrowed(_));
    if shown == text && env::args_os().all(is_plain) {
        error.exit();
    }
    tell(&shown);
    std::process::exit(error.exit_code());
}

/// Says on standard error why the command stops.
pub(crate) fn complain(global: &Global, message: &str) {
    let label = paint(color(global, io::stderr().is_terminal()), "1;31", "error");
    tell(&format!("{label}: {}\n", printable(message)));
}

/// Shows on standard error what an error is about.
pub(crate) fn excerpt(text: &str) {
    tell(&(printable_lines(text, false) + "\n"));
}

/// Says something on standard error that does not stop the command.
pub fn note(global: &Global, message: &str) {
    if !global.quiet {
        tell(&format!("note: {}\n", printable(message)));
    }
}

/// Whether a person can be asked: where both standard input and standard output are terminals.
pub(crate) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Asks a question and returns the line that is answered; none where the input ends.
pub(crate) fn ask(question: &str) -> io::Result<Option<String>> {
    print_exact(format!("{}: ", printable_lines(question, false).trim_end()).as_bytes())?;
    let mut line = String::new();
    Ok((io::stdin().lock().read_line(&mut line)? > 0).then_some(line))
}

/// Whether somebody watches standard error.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Puts a text in the place of the line on standard error that says what a run is doing (ECMA-48: carriage return,
/// erase in line).
pub(crate) fn show_progress(text: &str) {
    tell(&format!("\r\u{1b}[K{}", printable(text)));
    let _ = io::stderr().flush();
}

/// Writes to standard error. If it is closed, the message is lost.
fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// The text in a colour (SGR parameters of ECMA-48), where colours may be used.
pub fn paint(color: bool, sgr: &str, text: &str) -> String {
    if color { format!("\u{1b}[{sgr}m{text}\u{1b}[0m") } else { text.to_owned() }
}
