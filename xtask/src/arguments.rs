//! The commands of `cargo xtask`.

mod bench;

use std::num::NonZero;

use clap::{Args, Subcommand, ValueEnum};
use cli::{Commands, Failure, Global, Outcome, Product};

pub(crate) use self::bench::{BenchArguments, BenchFormat, Size, grouped};
use crate::commands;

/// The commands: those of the product, and those that maintain the repository.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Product(Product),
    // After those of the product.
    /// Measure time and memory, also of other programs
    ///
    /// Lint, import and export of this registry and of generated ones take turns with programs that only read the same
    /// files (their bytes, their TOML events, their trees; the rows of a table), and with programs that check TOML or
    /// JSON by a schema, if these are installed. Each is run as a process of its own. For each, the table has the
    /// median of its times, the shortest and the longest, the time of all processor cores, the most memory, and its
    /// ratio to what it is compared with: the median of the rounds, of the time and of that of all cores. The latter
    /// hardly depends on what else the machine does.
    ///
    /// The first run builds the released program, which takes minutes. Generated registries are kept in target/bench:
    /// about 1 GB for 10,000 offerings. A measurement that took a minute in all is not repeated.
    #[command(display_order = 90)]
    Bench(BenchArguments),
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
    /// Build what a release consists of, into dist/release
    ///
    /// The program (a Python wheel, and an archive with the same binary), the hook package for pre-commit, the published
    /// data as archives, the bill of materials, and SHA256SUMS. The same commit gives the same bytes in every folder and
    /// on every day. What other machines build is listed with the job of the release workflow that builds it.
    ///
    /// docs/releasing.md lists the tools that this needs.
    #[command(display_order = 90)]
    Dist(DistArguments),
    /// Check the repository for problems that no compiler finds
    ///
    /// The table of libraries must match the manifests and the lock file, the index of rules the rules, every snapshot needs a test, no file may
    /// have more than 500 lines, and the files of a crate must not depend on each other in a circle.
    #[command(display_order = 90)]
    Tidy,
}

impl Commands for Command {
    fn run(&self, global: &Global) -> Result<Outcome, Failure> {
        let ended = match self {
            Self::Product(product) => product.run_in::<Self>(global),
            Self::Bench(arguments) => commands::bench::run(global, arguments),
            Self::Fuzz(arguments) => commands::fuzz::run(global, arguments),
            Self::Tidy => commands::tidy::run(global),
            #[cfg(feature = "full")]
            Self::Dist(arguments) => commands::dist::run(global, arguments),
            #[cfg(not(feature = "full"))]
            Self::Dist(_) => Err(Failure::NotBuilt),
        };
        #[cfg(not(feature = "full"))]
        if let Err(Failure::NotBuilt) = ended {
            return crate::whole::run(global);
        }
        ended
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

/// Build what a release consists of.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask dist                      everything that this machine can make
  cargo xtask dist --dry-run            list it, and what the release workflow makes
  cargo xtask dist program --target x86_64-unknown-linux-musl
  cargo xtask dist hook data            two parts; other files in dist/release stay")]
pub(crate) struct DistArguments {
    /// Make only these parts [default: all, after dist/release was emptied]
    #[arg(value_name = "PART")]
    pub(crate) parts: Vec<Part>,
    /// The target of the program [default: that of this machine]
    #[arg(long, value_name = "TRIPLE")]
    pub(crate) target: Option<String>,
    /// List what would be made; make nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// A part of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The wheel, and the archive with its program, completions and manual page
    Program,
    /// The hook package for pre-commit and prek
    Hook,
    /// The published data and the schemas
    Data,
    /// What the program is made of (CycloneDX)
    BillOfMaterials,
}

impl Part {
    /// All parts.
    pub(crate) const ALL: [Self; 4] = [Self::Program, Self::Hook, Self::Data, Self::BillOfMaterials];

    /// What it is.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::Program => "the program",
            Self::Hook => "the hook package",
            Self::Data => "the published data",
            Self::BillOfMaterials => "the bill of materials",
        }
    }
}
