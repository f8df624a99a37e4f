//! The results of a search: counts its runs, shows them, and keeps the failures.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Instant;

use cli::terminal::{color_out, is_watched, paint, print, print_styled};
use cli::{Failure, Global, Outcome, Progress};
use diagnostics::{count, printable};
use store::StoreError;

use super::binaries::Test;
use super::rounds::Ran;

/// Where failures are kept, in the folder of the workspace.
const FOLDER: &str = "dist/fuzz";
/// How many lines of a failure are printed; its file has all of them.
const EXCERPT: usize = 10;

pub(super) struct Search {
    root: PathBuf,
    progress: Progress,
    /// Whether a line is printed every minute, since no terminal shows the progress.
    is_logged: bool,
    color: bool,
    started: Instant,
    minutes: u64,
    first: u64,
    last: u64,
    cases: u64,
    failures: usize,
}

impl Search {
    /// A search in the workspace with this folder, whose first round has this seed.
    pub(super) fn new(global: &Global, first: u64, root: PathBuf) -> Self {
        Self {
            root,
            progress: Progress::new(global),
            is_logged: !global.quiet && !is_watched(),
            color: color_out(global),
            started: Instant::now(),
            minutes: 0,
            first,
            last: first,
            cases: 0,
            failures: 0,
        }
    }

    /// Takes note of a run that ended, if one did, and shows how far the search is.
    pub(super) fn ended(&mut self, ran: Option<Ran<'_>>) -> Result<(), Failure> {
        if let Some(Ran { test, seed, failure }) = ran {
            self.last = self.last.max(seed);
            match failure {
                None => self.cases += test.cases,
                Some(output) => self.keep(test, seed, &output)?,
            }
        }
        let counts = self.counts();
        self.progress.stage(&counts);
        let minutes = self.started.elapsed().as_secs() / 60;
        if self.is_logged && minutes > self.minutes {
            self.minutes = minutes;
            print(&format!("{minutes} min: {counts}\n"))?;
        }
        Ok(())
    }

    /// Prints what was run and found, and returns how the command ends.
    pub(super) fn finish(self) -> io::Result<Outcome> {
        let counts = self.counts();
        // Its line must go before another one is printed.
        drop(self.progress);
        print(&format!("{counts}\n"))?;
        Ok(if self.failures == 0 { Outcome::Success } else { Outcome::Findings })
    }

    fn counts(&self) -> String {
        let rounds = usize::try_from(self.last - self.first).unwrap_or(usize::MAX).saturating_add(1);
        format!("{}, {} cases, {} failed", count(rounds, "round"), self.cases, count(self.failures, "test"))
    }

    /// Writes a failure to a file, and prints what matters most of it.
    fn keep(&mut self, test: &Test, seed: u64, output: &str) -> Result<(), Failure> {
        self.failures += 1;
        let again = format!("cargo xtask fuzz --seed {seed} {}", test.name);
        let path = format!("{FOLDER}/{}-{seed}.txt", test.name.replace("::", "."));
        let (folder, file) = (self.root.join(FOLDER), self.root.join(&path));
        fs::create_dir_all(&folder).map_err(StoreError::io("make the folder", &folder))?;
        fs::write(&file, format!("{again}\n\n{output}")).map_err(StoreError::io("write", &file))?;
        let mark = paint(self.color, "1;31", "FAIL");
        let mut text = format!("{mark} {} with seed {seed}\n", test.name);
        for line in excerpt(output) {
            text.push_str(&format!("     {}\n", printable(line)));
        }
        text.push_str(&format!("     kept in {path}\n     to repeat it: {again}\n"));
        Ok(print_styled(self.color, &text)?)
    }
}

/// What the output of a failed test says of the reason and the smallest input; its last lines where the reason
/// is not that the property does not hold.
fn excerpt(output: &str) -> Vec<&str> {
    let lines: Vec<&str> = output.lines().filter(|line| !line.trim().is_empty()).collect();
    let reason = lines.iter().position(|line| line.starts_with("Test failed: "));
    let from = reason.unwrap_or(lines.len().saturating_sub(EXCERPT));
    let relevant = lines[from..].iter().take_while(|line| !line.starts_with("\tsuccesses: "));
    relevant.take(EXCERPT).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_has_the_reason_and_the_input() {
        let output = "running 1 test\n\nthread 'a' panicked at a.rs:1:\nTest failed: it is not so.\n\
             minimal failing input: text = \"0\"\n\tsuccesses: 3\n\tlocal rejects: 0\n";
        assert_eq!(excerpt(output), ["Test failed: it is not so.", "minimal failing input: text = \"0\""]);
        assert_eq!(excerpt("thread 'a' has overflowed its stack\n\nsignal: 6\n").len(), 2);
    }
}
