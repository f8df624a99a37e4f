//! The arguments of the commands that show the registry in the terminal.

use clap::{Args, ValueEnum};

/// Show every answer of an offering, a platform or an organization.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg show azure-openai                        every answer
  trustreg show azure-openai --short                one line for each question
  trustreg show azure-openai --dimension hipaa_baa  one answer
  trustreg show platform:aws-bedrock                what its offerings inherit
  trustreg show azure-openai --color always | less -R")]
pub(crate) struct ShowArguments {
    /// `offering:ID`, `platform:ID`, `organization:ID`, or only an id; an offering comes first. Lists the ids without
    /// one
    #[arg(value_name = "OFFERING")]
    pub(crate) name: Option<String>,
    /// Show only these dimensions, separated by commas; may be repeated
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    pub(crate) dimension: Vec<String>,
    /// Show one line for each dimension
    #[arg(long, conflicts_with = "format")]
    pub(crate) short: bool,
    /// The format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ReadFormat,
}

/// Compare offerings side by side. Differences are marked.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg compare azure-openai openai-api
  trustreg compare azure-openai openai-api --differences
  trustreg compare claude-bedrock claude-vertex --dimension hipaa_baa --notes")]
pub(crate) struct CompareArguments {
    /// The ids of the offerings
    #[arg(value_name = "OFFERING", required = true, num_args = 2..)]
    pub(crate) offerings: Vec<String>,
    /// Show only these dimensions, separated by commas; may be repeated
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    pub(crate) dimension: Vec<String>,
    /// Show only rows that differ
    #[arg(long)]
    pub(crate) differences: bool,
    /// Also show headlines and notes
    #[arg(long, conflicts_with = "format")]
    pub(crate) notes: bool,
    /// The format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ReadFormat,
}

/// The formats of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReadFormat {
    /// For people
    Human,
    /// JSON, as it is published
    Json,
}

/// Find the offerings that match an expression.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg find 'cells.hipaa_baa.status == \"yes_public\"' --show hipaa_baa
  trustreg find '\"EU\" in cells.data_residency.geography' --format ids
  trustreg find 'cells.soc2_type2.status.startsWith(\"yes\")'
  trustreg find 'cells.retention_zdr.facts.retention_days <= 30'
  trustreg find 'developer == \"openai\" && size(watch_outs) <= 3'
  trustreg find '!cells.exists(id, cells[id].status == \"no\")'

Expressions are written in CEL, the Common Expression Language; the page
docs/finding.md of the toolkit lists the names. An offering does not match if
the expression needs a value that is not stated.")]
pub(crate) struct FindArguments {
    /// The expression; its result must be true or false
    #[arg(value_name = "EXPRESSION")]
    pub(crate) expression: String,
    /// Also show the grades of these dimensions, separated by commas; in JSON, show only these. May be repeated
    #[arg(long, value_name = "DIMENSION", value_delimiter = ',')]
    pub(crate) show: Vec<String>,
    /// The format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: FindFormat,
}

/// The formats of the offerings found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindFormat {
    /// As a table
    Human,
    /// JSON: data.json with only these offerings
    Json,
    /// One id on each line
    Ids,
}
