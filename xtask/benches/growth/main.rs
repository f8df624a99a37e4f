//! Measures how the cost of a command grows with its input, for inputs designed to be expensive. Each shape is run at sizes n,
//! 2n and 4n; where the cost more than doubles with the size (with some room for what sorting costs), the shape is
//! marked and the benchmark fails.
//!
//! `cargo bench -p xtask --bench growth --profile xtask`, with the beginning of a shape's name for that shape alone.
//! `XTASK=PATH` measures another build. Instructions are counted where the machine can (`perf`, or else `valgrind`),
//! so that the figures do not depend on what else it does; elsewhere the shortest of several times is taken.

#![allow(clippy::print_stdout, reason = "the figures are for people")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on fails")]

mod data;
mod measure;
mod shapes;
mod tables;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use measure::Meter;
use shapes::{Shape, base};

/// The most by which the cost may grow when the size doubles.
const MOST: f64 = 2.3;

fn main() -> ExitCode {
    // Cargo passes `--bench`.
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with("--")).unwrap_or_default();
    let command = env::var("XTASK").unwrap_or_else(|_| env!("CARGO_BIN_EXE_xtask").to_owned());
    let meter = Meter::find(Path::new(&command));
    let shapes: Vec<Shape> = data::shapes()
        .into_iter()
        .chain(tables::shapes())
        .filter(|shape| shape.name.starts_with(&wanted))
        .collect();
    println!(
        "{:30} {:8} {:>7} {:>29} {:>7}",
        "shape",
        "command",
        "n",
        format!("{} at n, 2n, 4n", meter.unit()),
        "growth"
    );
    let mut failed = 0;
    for shape in &shapes {
        failed += usize::from(!is_linear(&meter, shape));
    }
    println!("{} of {} shapes grow by more than {MOST} a doubling", failed, shapes.len());
    if failed == 0 && !shapes.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measures a shape at its three sizes. What the command costs whatever the size is falls out of the differences:
/// where the cost is linear, the second is twice the first.
fn is_linear(meter: &Meter, shape: &Shape) -> bool {
    let [one, two, four] = [1, 2, 4].map(|times| {
        let folder = tempfile::tempdir().unwrap();
        base(folder.path());
        (shape.make)(folder.path(), shape.size * times);
        meter.cost(folder.path(), shape.arguments)
    });
    // What is too small to measure does not grow.
    let grown = |from: u64, to: u64| to.saturating_sub(from).max(meter.least());
    let growth = grown(two, four) as f64 / grown(one, two) as f64;
    let mark = if growth <= MOST { "" } else { "  !" };
    let [one, two, four] = [one, two, four].map(|cost| cost as f64 / 1e6);
    let Shape { name, arguments, size, .. } = shape;
    println!("{name:30} {:8} {size:7} {one:9.1} {two:9.1} {four:9.1} {growth:7.2}{mark}", arguments[0]);
    mark.is_empty()
}
