//! Counts the instructions of a lint of 1,000 offerings, and of imports of 11,000 rows, on one thread. They hardly differ
//! from run to run, as times do. To see what a shortcut saves, take it out and run this again: `docs/performance.md`
//! lists them. `cargo bench -p xtask --bench instructions --profile xtask`, with words of the names for some of them; needs valgrind.

#![allow(clippy::print_stdout, reason = "the figures are for people")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

mod command;

use std::env;
use std::path::Path;
use std::process::Command;

use bench::{TODAY, registry, tables};

const OFFERINGS: usize = 1_000;

const SEED: u64 = 1;

/// The sentences of a note.
const SENTENCES: usize = 7;

fn main() {
    let command = command::build();
    let [registry, tables] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    registry::write(registry.path(), OFFERINGS, SEED, false).unwrap();
    tables::write(tables.path(), OFFERINGS, SEED, SENTENCES).unwrap();
    let wanted: Vec<_> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    for (name, folder, arguments) in [
        ("lint", &registry, &["lint"][..]),
        ("import csv", &tables, &["import", "csv"]),
        ("import xlsx", &tables, &["import", "xlsx"]),
    ] {
        if wanted.is_empty() || wanted.iter().any(|wanted| name.contains(wanted)) {
            let instructions = count(&command, arguments, folder.path());
            println!("{name:12} {:8.1} million instructions", instructions as f64 / 1e6);
        }
    }
}

/// The instructions of a run.
fn count(command: &Path, arguments: &[&str], folder: &Path) -> u64 {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(command)
        .args(arguments)
        .args(["--today", TODAY, "--quiet"])
        .env("RAYON_NUM_THREADS", "1")
        .current_dir(folder)
        .output()
        .expect("valgrind runs");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
    let collected = told.lines().find_map(|line| line.split_once("Collected : "));
    collected.unwrap().1.trim().parse().unwrap()
}
