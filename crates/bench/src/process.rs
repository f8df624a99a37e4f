//! The cost of a process.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a process cost, with those that it started.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// From its start to its end.
    pub time: Duration,
    /// The time of processor cores, in the program and in the system.
    pub cores: Duration,
    /// The most memory that it had at once, in bytes; 0 where the system does not say.
    pub memory: u64,
    /// Its exit status; none where it was killed.
    pub code: Option<i32>,
}

impl fmt::Display for Cost {
    /// Microseconds, microseconds, bytes, exit status.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { time, cores, memory, code } = self;
        write!(f, "{} {} {memory} {}", time.as_micros(), cores.as_micros(), code.unwrap_or(-1))
    }
}

/// Runs a program, with a file as its input or none; what it prints is lost, its errors are printed. The system counts the memory of the process that
/// starts another as that of the other: this must be a small one.
///
/// # Errors
///
/// When the program cannot be started.
pub fn run(input: Option<&Path>, program: &OsStr, arguments: &[OsString]) -> io::Result<Cost> {
    let input = input.map_or(Ok(Stdio::null()), |path| File::open(path).map(Stdio::from))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(input).stdout(Stdio::null());
    let started = Instant::now();
    let ended = command.spawn()?.wait4()?;
    let time = started.elapsed();
    let usage = ended.rusage;
    Ok(Cost { time, cores: usage.utime + usage.stime, memory: usage.maxrss, code: ended.status.code() })
}
