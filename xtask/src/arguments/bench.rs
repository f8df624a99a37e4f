//! The arguments of `bench`.

use std::fmt;
use std::str::FromStr;

use clap::{Args, ValueEnum};
use model::limits::MAX_FILES;

/// Measure time and memory.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask bench                            everything: minutes
  cargo xtask bench --only floors,lint         a lint beside only reading
  cargo xtask bench --only taplo --sizes data  one program on this registry
  cargo xtask bench --sizes 99900 --rounds 3   a large registry: 8 GB in target/bench
  cargo xtask bench --json > bench.json        every time of every round
  cargo xtask bench --list                     list the measurements")]
pub(crate) struct BenchArguments {
    /// Measure only these: a group (floors, lint, git, import, export, peers) or a part of a name
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// The registries: `data` for this one, a number for a generated one of so many offerings
    #[arg(long, value_name = "SIZE", value_delimiter = ',', default_value = "data,34,1000,10000")]
    pub(crate) sizes: Vec<Size>,
    /// How often each is run
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) rounds: u32,
    /// The seed of the generated registries
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub(crate) seed: u64,
    /// The format of the results
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: BenchFormat,
    /// As --format json
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// List the measurements; run nothing
    #[arg(long)]
    pub(crate) list: bool,
}

impl BenchArguments {
    /// The format that is asked for.
    pub(crate) fn format(&self) -> BenchFormat {
        if self.json { BenchFormat::Json } else { self.format }
    }
}

/// The formats of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchFormat {
    /// A table for each size
    Table,
    /// One JSON document, with the times of every round
    Json,
}

/// A size of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// The registry of this repository.
    Data,
    /// A generated registry of so many offerings.
    Offerings(usize),
}

/// The most offerings of a registry that is read as a whole, with room for its other files.
const MOST_OFFERINGS: usize = MAX_FILES - 100;

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.replace('_', "").parse() {
            _ if text == "data" => Ok(Self::Data),
            Ok(offerings @ 1..=MOST_OFFERINGS) => Ok(Self::Offerings(offerings)),
            _ => Err(format!(
                "write `data` for this registry, or how many offerings to generate: 1 to {MOST_OFFERINGS}"
            )),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data => f.write_str("this registry"),
            Self::Offerings(1) => f.write_str("1 offering"),
            Self::Offerings(offerings) => write!(f, "{} offerings", grouped(*offerings)),
        }
    }
}

/// A number with a comma between thousands.
pub(crate) fn grouped(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, number) => number.to_string(),
        (thousands, rest) => format!("{},{rest:03}", grouped(thousands)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_of_offerings_or_this_registry() {
        assert_eq!("data".parse(), Ok(Size::Data));
        assert_eq!("34".parse(), Ok(Size::Offerings(34)));
        assert_eq!("10_000".parse(), Ok(Size::Offerings(10_000)));
        assert_eq!("99900".parse(), Ok(Size::Offerings(99_900)));
        for text in ["0", "-1", "", "1e3", "99901", "10000000", "dta"] {
            assert!(text.parse::<Size>().unwrap_err().starts_with("write `data`"), "{text}");
        }
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([7, 1_007, 1_234_567].map(grouped), ["7", "1,007", "1,234,567"]);
        assert_eq!(Size::Offerings(10_000).to_string(), "10,000 offerings");
    }
}
