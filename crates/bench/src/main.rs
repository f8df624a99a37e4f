//! The program that `cargo xtask bench` starts: it makes corpora, only reads them, and measures processes. Built for
//! release, with the allocator of the command that is measured.

#![allow(clippy::print_stdout, reason = "the command reads what is printed")]

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::hint::black_box;
use std::path::Path;

use bench::kept::{self, Kind};
use bench::{floors, process};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "bench corpus FOLDER KIND OFFERINGS SEED | bench json FROM TO | \
                     bench read bytes|events|tree|csv|xlsx PATH | bench run INPUT|- PROGRAM ARGUMENT...";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [task, folder, kind, offerings, seed] if task == "corpus" => {
            let kind = Kind::ALL.into_iter().find(|known| *kind == *known.name()).ok_or(USAGE)?;
            let number = |text: &OsString| text.to_str().and_then(|text| text.parse().ok());
            let offerings = number(offerings).and_then(|number| usize::try_from(number).ok());
            let (offerings, seed) = (offerings.ok_or(USAGE)?, number(seed).ok_or(USAGE)?);
            println!("{}", kept::corpus(Path::new(folder), kind, offerings, seed)?.display());
        }
        [task, from, to] if task == "json" => kept::to_json(Path::new(from), Path::new(to))?,
        [task, floor, path] if task == "read" => {
            let floor = floor.to_str().ok_or(USAGE)?;
            black_box(floors::read(floor, Path::new(path)).ok_or(USAGE)??);
        }
        [task, input, program, arguments @ ..] if task == "run" => {
            let input = (input != "-").then(|| Path::new(input));
            println!("{}", process::run(input, program, arguments)?);
        }
        _ => return Err(USAGE.into()),
    }
    Ok(())
}
