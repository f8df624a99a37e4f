//! Measures `lint` on registries of 34 to 10,000 offerings, compared with only reading the same files:
//! their bytes, their TOML events, their trees with the place of each value. `cargo bench -p xtask --bench lint`, with
//! numbers of offerings for other sizes. The floors are built for release; the command as `cargo xtask` builds it,
//! unless `XTASK=PATH` names another build.

#![allow(clippy::print_stdout, reason = "the figures are for people")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

#[path = "../common/command.rs"]
mod command;
mod corpus;
mod floors;
#[path = "../common/words.rs"]
mod words;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use floors::FLOORS;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 9;

fn main() {
    let command = env::var_os("XTASK").map_or_else(command::build, PathBuf::from);
    let mut sizes: Vec<usize> = env::args().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![34, 1_000, 10_000];
    }
    println!("offerings      read    events      tree      lint   lint/tree   with faults");
    for size in sizes {
        let [clean, faulty] = [false, true].map(|is_faulty| {
            let folder = tempfile::tempdir().unwrap();
            corpus::write(folder.path(), size, is_faulty);
            folder
        });
        measure(&command, size, clean.path(), faulty.path());
    }
}

/// All in turn, so that whatever else the machine does meets each.
fn measure(command: &Path, size: usize, clean: &Path, faulty: &Path) {
    let mut times = [const { Vec::new() }; FLOORS.len() + 2];
    for _ in 0..ROUNDS {
        for (read, times) in FLOORS.iter().zip(&mut times) {
            times.push(timed(|| assert!(floors::run(clean, *read) > 0)));
        }
        for ((folder, code), times) in [(clean, 0), (faulty, 1)].into_iter().zip(&mut times[FLOORS.len()..]) {
            times.push(timed(|| assert_eq!(lint(command, folder), Some(code), "in {}", folder.display())));
        }
    }
    let [read, events, tree, lint, faulty] = times.map(median);
    println!(
        "{size:9} {read:6.1} ms {events:6.1} ms {tree:6.1} ms {lint:6.1} ms {:11.2} {faulty:10.1} ms",
        lint / tree
    );
}

fn timed(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

/// The median, in milliseconds.
fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn lint(command: &Path, folder: &Path) -> Option<i32> {
    let mut command = Command::new(command);
    command.args(["lint", "--today", "2026-07-15", "--format", "concise"]).current_dir(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().code()
}
