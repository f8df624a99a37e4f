//! The arguments of `fuzz`.

use std::num::NonZero;

use clap::Args;

/// Search for inputs that break a property test.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask fuzz                           all property tests, for ten minutes
  cargo xtask fuzz --minutes 60 import::     those of one crate, for an hour
  cargo xtask fuzz --seed 482910339 TEST     one test with the inputs of that seed, once
  cargo xtask fuzz --list                    which tests there are")]
pub(crate) struct FuzzArguments {
    /// Run only the property tests with this in their name
    #[arg(value_name = "TEST")]
    pub(crate) tests: Vec<String>,
    /// How long to search
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub(crate) minutes: u64,
    /// Run one round only, with this seed: the inputs are those of the run that printed it
    #[arg(long, value_name = "SEED", conflicts_with = "minutes")]
    pub(crate) seed: Option<u64>,
    /// List the property tests and how many inputs each tries in a round; run nothing
    #[arg(long)]
    pub(crate) list: bool,
    /// How many tests to run at a time [default: one for each processor core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZero<usize>>,
}
