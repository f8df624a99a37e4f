//! Measures the cost of a run of the command.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// Runs whose shortest time counts, where instructions cannot be counted.
const ROUNDS: usize = 7;

/// The way in which cost is measured.
enum Way {
    /// Instructions, counted by the processor.
    Perf,
    /// Instructions, counted by a simulated processor.
    Valgrind,
    /// Nanoseconds.
    Time,
}

/// Measures runs of a command.
pub(crate) struct Meter {
    command: PathBuf,
    way: Way,
}

impl Meter {
    /// The best way that this machine has.
    pub(crate) fn find(command: &Path) -> Self {
        let has = |way: Way| {
            let meter = Self { command: command.to_owned(), way };
            meter.instructions(Path::new("."), &["--version"]).is_some().then_some(meter)
        };
        let by_time = || Self { command: command.to_owned(), way: Way::Time };
        has(Way::Perf).or_else(|| has(Way::Valgrind)).unwrap_or_else(by_time)
    }

    /// What is counted.
    pub(crate) fn unit(&self) -> &'static str {
        match self.way {
            Way::Perf | Way::Valgrind => "million instructions",
            Way::Time => "milliseconds",
        }
    }

    /// The smallest cost that can be measured.
    pub(crate) fn least(&self) -> u64 {
        match self.way {
            Way::Perf | Way::Valgrind => 1_000_000,
            Way::Time => 2_000_000,
        }
    }

    /// The cost of a run in a folder, with one thread.
    pub(crate) fn cost(&self, folder: &Path, arguments: &[&str]) -> u64 {
        match self.way {
            Way::Perf | Way::Valgrind => self.instructions(folder, arguments).unwrap(),
            Way::Time => (0..ROUNDS).map(|_| self.time(folder, arguments)).min().unwrap(),
        }
    }

    fn time(&self, folder: &Path, arguments: &[&str]) -> u64 {
        let started = Instant::now();
        run(Command::new(&self.command).args(arguments), folder).unwrap();
        u64::try_from(started.elapsed().as_nanos()).unwrap()
    }

    fn instructions(&self, folder: &Path, arguments: &[&str]) -> Option<u64> {
        let (name, options, mark): (_, &[&str], _) = match self.way {
            Way::Perf => ("perf", &["stat", "-x", ",", "-e", "instructions:u", "--"], ",instructions"),
            Way::Valgrind => (
                "valgrind",
                &["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"],
                "refs:",
            ),
            Way::Time => return None,
        };
        let output = run(Command::new(name).args(options).arg(&self.command).args(arguments), folder)?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = told.lines().rev().find(|line| line.contains(mark))?;
        // `1234,,instructions:u,…`, and `==1== I refs: 1,234`.
        let number = match self.way {
            Way::Perf => line.split(',').next()?.to_owned(),
            _ => line.rsplit(' ').next()?.replace(',', ""),
        };
        number.parse().ok()
    }
}

/// Runs a command whatever its end: faults are found in what it reads. One that is killed, or panics, fails.
fn run(command: &mut Command, folder: &Path) -> Option<Output> {
    let command = command.current_dir(folder).env("RAYON_NUM_THREADS", "1").env("COLUMNS", "100");
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0..=2 | 127 | 255)), "{told}");
    Some(output)
}
