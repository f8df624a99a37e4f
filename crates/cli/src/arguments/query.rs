//! The arguments of the commands that read the registry in the terminal.

use clap::{Args, ValueEnum};

/// Show an offering, a platform or an organization with every answer.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg show azure-openai                        every answer
  trustreg show azure-openai --short                a line a dimension
  trustreg show azure-openai --dimension hipaa_baa  one answer
  trustreg show platform:aws-bedrock                what its offerings share
  trustreg show azure-openai --color always | less -R")]
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
  trustreg compare azure-openai openai-api
  trustreg compare azure-openai openai-api --differences
  trustreg compare claude-bedrock claude-vertex --dimension hipaa_baa --notes")]
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

/// Find the offerings for which an expression holds.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg find 'cells.hipaa_baa.status == \"yes_public\"' --show hipaa_baa
  trustreg find '\"EU\" in cells.data_residency.geography' --format ids
  trustreg find 'cells.soc2_type2.status.startsWith(\"yes\")'
  trustreg find 'cells.retention_zdr.facts.retention_days <= 30'
  trustreg find 'developer == \"openai\" && size(watch_outs) <= 3'
  trustreg find '!cells.exists(id, cells[id].status == \"no\")'

Expressions are written in CEL, the Common Expression Language;
docs/finding.md lists what they may name. An offering for which one hangs on
something that is not stated does not match.")]
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
