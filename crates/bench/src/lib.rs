//! What benchmarks compare: registries and tables that a seed decides, programs that only read them, and the time and
//! memory of a process.

mod draw;
mod faults;
pub mod floors;
pub mod kept;
pub mod process;
pub mod registry;
mod repository;
pub mod tables;
mod words;

pub use self::words::CELLS;

/// The day on which generated registries are linted.
pub const TODAY: &str = "2026-07-15";
