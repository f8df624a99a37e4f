//! The command line of `import`.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command, ValueEnum};
use import::{Encoding, Map};
use model::{DateOrder, Vocabulary};

const READING: &str = "What is read";
const MERGING: &str = "What may change";
const OUTPUT: &str = "Output";

const EXAMPLES: &str = "\
Examples:
  trustreg export csv                       tables to edit, in dist/csv
  trustreg import dist/csv                  what they would change: a plan
  trustreg import dist/csv --write          do it, all files or none
  trustreg import cells.csv --all           show every finding and every change
  trustreg import vendor.xlsx --map 'Our answer=note' --map 'Id=#'
  trustreg import vendor.xlsx --save-profile vendor.toml    draft a profile from its headers
  trustreg import vendor.xlsx --profile vendor.toml
  trustreg import cells.csv --format json   the plan for a program";

/// Examples, and what tables may hold.
fn help() -> String {
    let mib = |bytes: usize| bytes / 1024 / 1024;
    format!(
        "{EXAMPLES}\n\nReads CSV (also split at `;` or tabs), .xlsx and .ods. Limits of one import: {} MiB of files, {} \
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

/// Reads an order of days. It may be written as a form of dates, such as `dd/mm/yyyy`.
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

/// Plan a bulk import of tables, or do it with --write.
#[derive(Debug, Args)]
#[command(after_help = help())]
pub(crate) struct ImportArguments {
    /// The tables, or folders of them: organizations, platforms, offerings, cells; the headers tell which
    /// is which
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Take this sheet of a workbook, also a hidden one; without, those that show and whose headers are
    /// those of a table
    #[arg(long, value_name = "SHEET", help_heading = READING)]
    pub(crate) sheet: Vec<String>,
    /// The encoding of CSV files that have no byte-order mark, such as windows-1252; UTF-8 without
    #[arg(long, value_name = "LABEL", help_heading = READING)]
    pub(crate) encoding: Option<Encoding>,
    /// How the tables write days that do not begin with their year, also as a form such as dd/mm/yyyy; without,
    /// such days are refused
    #[arg(long, value_name = "ORDER", help_heading = READING, value_parser = Dates)]
    pub(crate) dates: Option<DateOrder>,
    /// In columns of addresses, take the address behind a text that is none
    #[arg(long, help_heading = READING)]
    pub(crate) take_links: bool,
    /// Give all cells that are merged the value of the first, instead of refusing them
    #[arg(long, help_heading = READING)]
    pub(crate) fill_merged: bool,
    /// Take the column HEADER of the tables for COLUMN of the registry, or leave it out with `#`; repeats
    #[arg(long, value_name = "HEADER=COLUMN", help_heading = READING)]
    pub(crate) map: Vec<Map>,
    /// What the columns and words of somebody else's tables are, in a TOML file; docs/importing.md says how
    #[arg(long, value_name = "FILE", help_heading = READING)]
    pub(crate) profile: Option<PathBuf>,
    /// Save what --map and --profile say as a profile for the next time; draft one where headers are unknown
    #[arg(long, value_name = "FILE", help_heading = READING)]
    pub(crate) save_profile: Option<PathBuf>,
    /// Do it: all files are written, or none
    #[arg(long)]
    pub(crate) write: bool,
    /// Take out what stands where a cell of the table is empty; what must be there stays
    #[arg(long, help_heading = MERGING)]
    pub(crate) clear_empty: bool,
    /// State the facts, parts and evidence of each cell whole: remove what its row does not name
    #[arg(long, help_heading = MERGING)]
    pub(crate) replace: bool,
    /// Overwrite cells too that a person has confirmed or corrected
    #[arg(long, help_heading = MERGING)]
    pub(crate) override_reviewed: bool,
    /// How the plan is written
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = OUTPUT)]
    pub(crate) format: ImportFormat,
    /// Show every finding and every change, not the first hundred and three of each warning rule
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) all: bool,
    /// Print at most N findings, errors first; counts and exit status stay those of all
    #[arg(long, value_name = "N", help_heading = OUTPUT)]
    pub(crate) max_findings: Option<usize>,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// Findings, changes and a summary, for people
    Human,
    /// One JSON document
    Json,
    /// The findings alone as SARIF 2.1.0, for code scanning
    Sarif,
    /// The findings alone as workflow commands: annotations in GitHub Actions
    Github,
}
