//! A line on the terminal that says what a run is doing, once it takes longer than a second.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::cli::Global;

/// How long a run may take before it says what it does.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says on standard error what a run is doing, where that is a terminal. The line goes when this does.
pub(crate) struct Progress(Option<(Sender<String>, JoinHandle<()>)>);

impl Progress {
    pub(crate) fn new(global: &Global) -> Self {
        if global.quiet || !io::stderr().is_terminal() {
            return Self(None);
        }
        let (stages, told) = mpsc::channel();
        let line = thread::spawn(move || {
            let started = Instant::now();
            let (mut stage, mut is_shown) = (String::new(), false);
            loop {
                match told.recv_timeout(Duration::from_millis(100)) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if started.elapsed() > PATIENCE {
                    is_shown = true;
                    show(&format!("{stage} … {} s", started.elapsed().as_secs()));
                }
            }
            if is_shown {
                show("");
            }
        });
        Self(Some((stages, line)))
    }

    /// Says what the run does next.
    pub(crate) fn stage(&self, stage: &str) {
        if let Some((stages, _)) = &self.0 {
            // Nobody shows it where the line is gone.
            let _ = stages.send(stage.to_owned());
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

/// Puts a text in the place of the line (ECMA-48: carriage return, erase in line).
fn show(text: &str) {
    let mut out = io::stderr().lock();
    // Nobody is left to tell when standard error is closed.
    let _ = write!(out, "\r\u{1b}[K{text}").and_then(|()| out.flush());
}
