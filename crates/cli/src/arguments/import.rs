//! The command line of `import`.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command, ValueEnum};
use import::{Encoding, Map};
use model::{DateOrder, Vocabulary};

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

/// Returns examples, and the limits of tables.
fn help() -> String {
    let mib = |bytes: usize| bytes / 1024 / 1024;
    format!(
        "{EXAMPLES}\n\nReads CSV (also separated by `;` or tabs), .xlsx and .ods. Limits of one import: {} MiB of files, {} \
         MiB and {} parts unpacked, {} rows, {} columns, {} cells, {} KiB a text, {} MiB all texts.",
        mib(import::MAX_FILE_BYTES),
        mib(import::MAX_UNPACKED_BYTES),
        import::MAX_PARTS,
        import::MAX_ROWS,
        import::MAX_COLUMNS,
        import::MAX_CELLS,
        import::MAX_TEXT_BYTES / 1024,
        mib(import::MAX_TEXTS_BYTES),
    )
}

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
        let read = |text: &str| import::date_order(text);
        read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let orders = DateOrder::ALL.iter();
        Some(Box::new(orders.map(|order| PossibleValue::new(order.id()).help(order.meaning()))))
    }
}

/// Import tables: print a plan, or write it with --write.
#[derive(Debug, Args)]
#[command(after_help = help())]
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
