//! Runs what is measured, all in turn in each round, so that whatever else the machine does meets all.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use cli::terminal::{is_watched, note};
use cli::{Failure, Global, Progress};
use diagnostics::count;
use store::StoreError;

use super::corpus::{Corpus, remove};
use super::measurements::Measurement;
use super::row::{Cost, Measured, Row, Skipped};
use super::task::{Job, Task};

/// What takes so long in all its rounds together is not run again.
const MOST: Duration = Duration::from_secs(60);

/// Runs measurements on data of one size.
pub(super) fn run(
    global: &Global,
    corpus: &Corpus<'_>,
    chosen: &[&'static Measurement],
    rounds: u32,
) -> Result<Measured, Failure> {
    let progress = Progress::new(global);
    let size = corpus.size;
    progress.stage(&format!("{size}: making the data"));
    let (files, bytes) = corpus.extent()?;
    let mut rows = Vec::new();
    let mut jobs = Vec::new();
    for (at, measurement) in chosen.iter().enumerate() {
        progress.stage(&format!("{size}: making the data, {} of {}", at + 1, chosen.len()));
        let skipped = match (measurement.task)(corpus)? {
            Task::Run(job) => {
                jobs.push((rows.len(), job));
                None
            }
            Task::Skip(reason) => Some(Skipped::Unable(reason)),
            Task::NotHere => continue,
        };
        rows.push(Row { measurement, costs: Vec::new(), skipped });
    }
    for round in 1..=rounds {
        if !is_watched() {
            let what = count(jobs.len(), "measurement");
            note(global, &format!("{size}: {what}, round {round} of {rounds}"));
        }
        for (done, (row, job)) in jobs.iter().enumerate() {
            let row = &mut rows[*row];
            if row.skipped.is_some() || row.costs.iter().map(|cost| cost.time).sum::<Duration>() > MOST {
                continue;
            }
            let name = row.measurement.name;
            let (at, all) = (done + 1, jobs.len());
            progress.stage(&format!("{size}: round {round} of {rounds}, {at} of {all}, {name}"));
            match cost(&corpus.programs.bench, job)? {
                Ok(cost) => row.costs.push(cost),
                Err(reason) => row.skipped = Some(Skipped::Failed(reason)),
            }
        }
    }
    remove(&corpus.output())?;
    Ok(Measured { size, files, bytes, rounds, rows })
}

/// What a run costs, or why it failed.
fn cost(bench: &Path, job: &Job) -> Result<Result<Cost, String>, StoreError> {
    if let Some(output) = &job.output {
        remove(output)?;
    }
    let mut command = Command::new(bench);
    command.arg("run").arg(job.input.as_deref().unwrap_or(Path::new("-")));
    command.arg(&job.program).args(&job.arguments).current_dir(&job.folder).stdin(Stdio::null());
    let output = match command.output() {
        // Too many arguments, for example.
        Err(error) => return Ok(Err(error.to_string())),
        Ok(output) => output,
    };
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let last = errors.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let Some((cost, code)) = read(printed.trim()) else { return Ok(Err(last.to_owned())) };
    Ok(match job.codes.contains(&code) {
        true => Ok(cost),
        false => Err(format!("exit status {code}: {last}")),
    })
}

/// Reads what `bench run` prints: two times in microseconds, bytes, and the exit status.
fn read(line: &str) -> Option<(Cost, i32)> {
    let numbers: Vec<&str> = line.split(' ').collect();
    let [time, cores, memory, code] = numbers.as_slice() else { return None };
    let microseconds = |text: &str| Some(Duration::from_micros(text.parse().ok()?));
    let cost = Cost { time: microseconds(time)?, cores: microseconds(cores)?, memory: memory.parse().ok()? };
    Some((cost, code.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_run_is_read() {
        let cost =
            Cost { time: Duration::from_micros(1_500), cores: Duration::from_micros(2_500), memory: 4_096 };
        assert_eq!(read("1500 2500 4096 0"), Some((cost, 0)));
        assert_eq!(read("1500 2500 4096 -1"), Some((cost, -1)));
        assert_eq!(read("1500 2500 4096"), None);
        assert_eq!(read("thread panicked at 1 2"), None);
    }
}
