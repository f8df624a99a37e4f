//! The commands of `cargo xtask`.

use std::num::NonZero;

use clap::{Args, Subcommand};
use cli::{Commands, Failure, Global, Outcome, Product};

use crate::{commands, whole};

/// The commands: those of the product, and those that maintain the repository.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Product(Product),
    // After those of the product.
    /// Search for inputs that break a property test
    ///
    /// A property test states what must hold for every input, and tries many inputs that it draws from a seed.
    /// `cargo test` uses a fixed seed, so that it never fails by chance. This command runs the property tests
    /// again and again, each round with a new seed, until the time is over.
    ///
    /// A test that fails is not run again. Its output, with the smallest input that fails, is written to
    /// dist/fuzz/TEST-SEED.txt, and the command that repeats it is printed. When you fix the fault, write a
    /// test with that input beside the property.
    #[command(display_order = 90)]
    Fuzz(FuzzArguments),
    /// Check the repository for problems that no compiler finds
    ///
    /// The table of libraries must match the manifests and the lock file, the index of rules the rules, every snapshot needs a test, no file may
    /// have more than 500 lines, and the files of a crate must not depend on each other in a circle.
    #[command(display_order = 90)]
    Tidy,
}

impl Commands for Command {
    fn run(&self, global: &Global) -> Result<Outcome, Failure> {
        match self {
            Self::Product(product) => match product.run_in::<Self>(global) {
                Err(Failure::NotBuilt(command)) => whole::run(global, command),
                ended => ended,
            },
            Self::Fuzz(arguments) => commands::fuzz::run(global, arguments),
            Self::Tidy => commands::tidy::run(global),
        }
    }
}

/// Search for inputs that break a property test.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask fuzz                           all property tests, for ten minutes
  cargo xtask fuzz --minutes 60 import::     those of one crate, for an hour
  cargo xtask fuzz --seed 482910339 TEST     one test with the inputs of that seed, once
  cargo xtask fuzz --list                    list the tests")]
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
