//! The arguments of the commands that read the registry in the terminal.

use clap::{Args, ValueEnum};

/// Show an offering, a platform or an organization with every answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask show azure-openai                           watch-outs first, then every answer
  cargo xtask show azure-openai --short                   a line a dimension
  cargo xtask show azure-openai --dimension hipaa_baa     one answer
  cargo xtask show platform:aws-bedrock                   what every offering on it inherits
  cargo xtask show azure-openai --color always | less -R  page by page")]
pub(crate) struct ShowArguments {
    /// `offering:ID`, `platform:ID`, `organization:ID`, or an id alone: the offering's where there is one
    #[arg(value_name = "OFFERING")]
    pub(crate) name: String,
    /// Only these dimensions; repeats, and takes a comma list
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    pub(crate) dimension: Vec<String>,
    /// A line a dimension
    #[arg(long, conflicts_with = "format")]
    pub(crate) short: bool,
    /// How it is shown
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ReadFormat,
}

/// Set offerings side by side. What differs is marked.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo xtask compare azure-openai openai-api                every dimension
  cargo xtask compare azure-openai openai-api --differences  only where they differ
  cargo xtask compare claude-bedrock claude-vertex --dimension data_residency --notes")]
pub(crate) struct CompareArguments {
    /// The offerings, by id
    #[arg(value_name = "OFFERING", required = true, num_args = 2..)]
    pub(crate) offerings: Vec<String>,
    /// Only these dimensions; repeats, and takes a comma list
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    pub(crate) dimension: Vec<String>,
    /// Leave out what is the same for all
    #[arg(long)]
    pub(crate) differences: bool,
    /// Show headlines and notes too
    #[arg(long, conflicts_with = "format")]
    pub(crate) notes: bool,
    /// How they are shown
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ReadFormat,
}

/// How what is read is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// For people
    Human,
    /// As JSON, in the form in which it is published
    Json,
}

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
