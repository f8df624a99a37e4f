//! The command line of `import`.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command, ValueEnum};
use model::{DateOrder, Vocabulary};

#[cfg(not(feature = "full"))]
use self::unread::{Encoding, Map, date_order};
#[cfg(feature = "full")]
use import::{Encoding, Map, date_order};

const READING: &str = "Reading";
const MERGING: &str = "Changes";
const OUTPUT: &str = "Output";

const EXAMPLES: &str = "\
Examples:
  trustreg export csv                       tables to edit, in dist/csv
  trustreg import dist/csv                  print a plan of the changes
  trustreg import dist/csv --write          write it, in all files or none
  trustreg import cells.csv --all           show every finding and every change
  trustreg import vendor.xlsx --map 'Our answer=note' --map 'Id=#'
  trustreg import vendor.xlsx --save-profile vendor.toml    draft a profile from the headers
  trustreg import vendor.xlsx --profile vendor.toml
  trustreg import cells.csv --format json   the plan for a program";

const LIMITS: &str = "\
Reads CSV (also separated by `;` or tabs), .xlsx and .ods. Limits of one import: 100 MiB of files, 256 MiB and 10000 \
parts unpacked, 122000 rows, 1200 columns, 5000000 cells, 128 KiB a text, 100 MiB all texts.";

/// Reads an order of dates, also from a pattern such as `dd/mm/yyyy`.
#[derive(Clone)]
struct Dates;

impl TypedValueParser for Dates {
    type Value = DateOrder;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<DateOrder, clap::Error> {
        let read = |text: &str| date_order(text);
        read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let orders = DateOrder::ALL.iter();
        Some(Box::new(orders.map(|order| PossibleValue::new(order.id()).help(order.meaning()))))
    }
}

/// Import tables: print a plan, or write it with --write.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{LIMITS}"))]
pub(crate) struct ImportArguments {
    /// The tables, or folders of tables. Their headers show whether they hold organizations, platforms,
    /// offerings or cells
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Read this sheet of a workbook, even if it is hidden [default: visible sheets with the headers of
    /// a table]
    #[arg(long, value_name = "SHEET", help_heading = READING)]
    pub(crate) sheet: Vec<String>,
    /// The encoding of CSV files without a byte-order mark, such as windows-1252 [default: UTF-8]
    #[arg(long, value_name = "LABEL", help_heading = READING)]
    pub(crate) encoding: Option<Encoding>,
    /// How the tables write dates that do not begin with the year, also as a pattern such as dd/mm/yyyy.
    /// Without it, such dates are refused
    #[arg(long, value_name = "ORDER", help_heading = READING, value_parser = Dates)]
    pub(crate) dates: Option<DateOrder>,
    /// In columns of addresses, use the link of a cell if its text is not an address
    #[arg(long, help_heading = READING)]
    pub(crate) take_links: bool,
    /// Give all merged cells the value of the first, instead of refusing them
    #[arg(long, help_heading = READING)]
    pub(crate) fill_merged: bool,
    /// Read the column HEADER of the tables as COLUMN of the registry, or skip it with `#`; may be repeated
    #[arg(long, value_name = "HEADER=COLUMN", help_heading = READING)]
    pub(crate) map: Vec<Map>,
    /// A TOML file that maps the columns and words of a third party's tables; see docs/importing.md of the toolkit
    #[arg(long, value_name = "FILE", help_heading = READING)]
    pub(crate) profile: Option<PathBuf>,
    /// Save --map and --profile as a profile; draft one if headers are unknown
    #[arg(long, value_name = "FILE", help_heading = READING)]
    pub(crate) save_profile: Option<PathBuf>,
    /// Write the plan: all files, or none
    #[arg(long)]
    pub(crate) write: bool,
    /// Remove a value if the cell of the table is empty; required values stay
    #[arg(long, help_heading = MERGING)]
    pub(crate) clear_empty: bool,
    /// Replace the facts, parts and evidence of each cell: remove those that its row does not list
    #[arg(long, help_heading = MERGING)]
    pub(crate) replace: bool,
    /// Also overwrite cells that a person has confirmed or corrected
    #[arg(long, help_heading = MERGING)]
    pub(crate) override_reviewed: bool,
    /// The format of the plan
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = OUTPUT)]
    pub(crate) format: ImportFormat,
    /// Show every finding and every change, instead of the first hundred and three for each warning rule
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) all: bool,
    /// Print at most N findings, errors first; counts and exit status still include all
    #[arg(long, value_name = "N", help_heading = OUTPUT)]
    pub(crate) max_findings: Option<usize>,
}

/// The formats of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// Findings, changes and a summary, for people
    Human,
    /// One JSON document
    Json,
    /// Only the findings, as SARIF 2.1.0, for code scanning
    Sarif,
    /// Only the findings, as workflow commands: annotations in GitHub Actions
    Github,
}

/// Takes any value: a build with the command reads it again.
#[cfg(not(feature = "full"))]
mod unread {
    pub(crate) type Encoding = String;
    pub(crate) type Map = String;

    pub(super) fn date_order(_: &str) -> Result<model::DateOrder, String> {
        Ok(model::DateOrder::Ymd)
    }
}

#[cfg(all(test, feature = "full"))]
mod tests {
    #[test]
    fn the_help_states_the_limits() {
        let mib = |bytes: usize| format!("{} MiB", bytes / 1024 / 1024);
        for limit in [
            format!("{} of files", mib(import::MAX_FILE_BYTES)),
            format!("{} and {} parts unpacked", mib(import::MAX_UNPACKED_BYTES), import::MAX_PARTS),
            format!("{} rows", import::MAX_ROWS),
            format!("{} columns", import::MAX_COLUMNS),
            format!("{} cells", import::MAX_CELLS),
            format!("{} KiB a text", import::MAX_TEXT_BYTES / 1024),
            format!("{} all texts", mib(import::MAX_TEXTS_BYTES)),
        ] {
            assert!(super::LIMITS.contains(&format!(" {limit}")), "{limit}");
        }
    }
}
