//! Measures how long `import` takes to plan 110,000 rows of 20 columns into a registry without cells, every rule run,
//! beside a library only reading the same file: the csv crate a CSV file, the cells reader of calamine a
//! workbook. `cargo bench -p xtask --bench import`: the libraries are built for release, the command as
//! `cargo xtask` builds it.

#![allow(clippy::print_stdout, reason = "the figures are for people")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

#[path = "../common/command.rs"]
mod command;
mod corpus;
#[path = "../common/words.rs"]
mod words;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use words::DIMENSIONS;

const ROUNDS: usize = 7;

const OFFERINGS: usize = 10_000;

/// The rows of the table of cells, its header aside.
const ROWS: usize = OFFERINGS * DIMENSIONS.len();

/// The sentences of a note: short rows and long ones, since the ratio depends on them.
const SENTENCES: [usize; 2] = [3, 7];

fn main() {
    let command = command::build();
    println!("                  only reading    planned   ratio   peak memory");
    for sentences in SENTENCES {
        let folder = tempfile::tempdir().unwrap();
        corpus::write(folder.path(), OFFERINGS, sentences);
        measure(&command, folder.path(), "csv", read_csv);
        measure(&command, folder.path(), "xlsx", read_xlsx);
    }
}

/// Reads and plans in turn, so that whatever else the machine does meets both.
fn measure(command: &Path, folder: &Path, format: &str, read: fn(&Path) -> usize) {
    let cells = folder.join(format).join("cells").with_extension(format);
    let (mut reading, mut planning, mut peak) = (Vec::new(), Vec::new(), 0);
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let rows = read(&cells);
        reading.push(started.elapsed());
        assert_eq!(rows, ROWS);
        let (took, kib) = plan(command, folder, format);
        planning.push(took);
        peak = peak.max(kib);
    }
    let (reading, planning) = (median(reading), median(planning));
    println!(
        "{format:4} {:6.1} MB {:11.1} ms {:7.1} ms {:7.2} {:9} MiB",
        fs::metadata(&cells).unwrap().len() as f64 / 1e6,
        reading * 1e3,
        planning * 1e3,
        planning / reading,
        peak / 1024
    );
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

/// Reads a CSV file; returns its rows without the header.
fn read_csv(path: &Path) -> usize {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let (mut record, mut rows) = (csv::StringRecord::new(), 0);
    while reader.read_record(&mut record).unwrap() {
        rows += 1;
    }
    rows
}

/// Reads the first sheet of a workbook; returns its rows without the header.
fn read_xlsx(path: &Path) -> usize {
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let sheet = calamine::Reader::sheet_names(&workbook).remove(0);
    let mut reader = workbook.worksheet_cells_reader(&sheet).unwrap();
    let mut last = 0;
    while let Some(cell) = reader.next_cell().unwrap() {
        last = cell.get_position().0;
    }
    last as usize
}

/// How long the command takes, and the most memory that it has, in KiB; 0 where the system does not say.
fn plan(command: &Path, folder: &Path, tables: &str) -> (Duration, usize) {
    let started = Instant::now();
    let mut child = Command::new(command)
        .args(["import", tables, "--today", "2026-07-15", "--quiet"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    let took = started.elapsed();
    assert!(child.wait().unwrap().success(), "the corpus is not clean");
    (took, peak)
}
