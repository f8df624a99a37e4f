//! A line on the terminal that says what a run is doing, once it takes longer than a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::global::Global;
use crate::terminal::{is_watched, show_progress};

/// How long a run may take before it says what it does.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says on standard error what a run is doing, where that is a terminal. The line goes when this does.
pub struct Progress(Option<(Sender<Stage>, JoinHandle<()>)>);

/// What a run is doing.
#[derive(Default)]
struct Stage {
    what: String,
    /// How many of how many things are done, and what these are.
    done: Option<(Arc<AtomicUsize>, usize, &'static str)>,
}

impl Stage {
    /// "writing the files … 4,000 of 10,000, 2 s".
    fn line(&self, elapsed: Duration) -> String {
        let done = self.done.as_ref().map(|(done, all, things)| {
            format!("{} of {} {things}, ", grouped(done.load(Ordering::Relaxed).min(*all)), grouped(*all))
        });
        format!("{} … {}{} s", self.what, done.unwrap_or_default(), elapsed.as_secs())
    }
}

/// A number with a comma between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl Progress {
    /// Begins to show what a run is doing, unless it is to be quiet or no terminal shows it.
    pub fn new(global: &Global) -> Self {
        if global.quiet || !is_watched() {
            return Self(None);
        }
        let (stages, told) = mpsc::channel();
        let line = thread::spawn(move || {
            let started = Instant::now();
            let (mut stage, mut is_shown) = (Stage::default(), false);
            loop {
                match told.recv_timeout(Duration::from_millis(100)) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if started.elapsed() > PATIENCE {
                    is_shown = true;
                    show_progress(&stage.line(started.elapsed()));
                }
            }
            if is_shown {
                show_progress("");
            }
        });
        Self(Some((stages, line)))
    }

    /// Says what the run does next.
    pub fn stage(&self, what: &str) {
        self.begin(Stage { what: what.to_owned(), done: None });
    }

    /// Says what the run does next with so many things, such as files, and how many of them are done.
    pub(crate) fn count(&self, what: &str, things: &'static str, done: Arc<AtomicUsize>, all: usize) {
        self.begin(Stage { what: what.to_owned(), done: Some((done, all, things)) });
    }

    fn begin(&self, stage: Stage) {
        if let Some((stages, _)) = &self.0 {
            // It is not shown if the line was removed.
            let _ = stages.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stages, line)) = self.0.take() {
            drop(stages);
            let _ = line.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted() {
        let done = Arc::new(AtomicUsize::new(4000));
        let stage = Stage { what: "writing the files".to_owned(), done: Some((done, 10_000, "files")) };
        assert_eq!(stage.line(Duration::from_secs(2)), "writing the files … 4,000 of 10,000 files, 2 s");
        assert_eq!((grouped(7), grouped(1_234_567)), ("7".to_owned(), "1,234,567".to_owned()));
    }
}
