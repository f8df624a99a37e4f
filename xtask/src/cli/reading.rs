//! The arguments of the commands that read the registry in the terminal.

use clap::{Args, ValueEnum};

/// Find the offerings for which an expression holds. Expressions are written in CEL, the Common
/// Expression Language; docs/finding.md lists what they may name.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask find 'cells.hipaa_baa.status == \"yes_public\" && \"EU\" in cells.data_residency.geography'
  cargo xtask find 'cells.soc2_type2.status.startsWith(\"yes\")' --show soc2_type2,iso_27001
  cargo xtask find 'has(cells.retention_zdr.facts.retention_days) && cells.retention_zdr.facts.retention_days <= 30'
  cargo xtask find 'developer == \"openai\" && size(watch_outs) <= 3' --format ids
  cargo xtask find 'cells.exists(id, cells[id].verified_on < \"2026-01-01\")'

An offering for which the expression hangs on something that is not stated does not match, and is told
on standard error.")]
pub(crate) struct FindArguments {
    /// The expression, which must give true or false
    #[arg(value_name = "EXPRESSION")]
    pub(crate) expression: String,
    /// Show the grades of these dimensions too, in JSON only these; repeats, and takes a comma list
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    pub(crate) show: Vec<String>,
    /// How the offerings are shown
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: FindFormat,
}

/// How found offerings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindFormat {
    /// As a table
    Human,
    /// As JSON: data.json with these offerings alone
    Json,
    /// An id a line
    Ids,
}
