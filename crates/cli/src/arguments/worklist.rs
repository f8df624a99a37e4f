//! The command lines of the commands that say what there is to do: `review`, `due`.

use clap::{Args, ValueEnum};

/// List what there is to read again, by page: answers with an open question first, then those that are due. One
/// reading of a page settles all answers that cite it; no answer is listed twice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg review                   what is flagged, or due within 30 days
  trustreg review --within 0        what is flagged, or due already
  trustreg review --interactive     page by page: verify, correct, flag, dismiss
  trustreg review --undated         answers without a dated reading
  trustreg review --format json     for a program")]
pub(crate) struct ReviewArguments {
    /// Answers that are due within so many days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(crate) within: u32,
    /// Instead of what is due: answers without an as-of date
    #[arg(long, conflicts_with = "within")]
    pub(crate) undated: bool,
    /// At most N pages
    #[arg(long, value_name = "N")]
    pub(crate) max: Option<usize>,
    /// Go through the pages one by one: answer what you read, and it is recorded at once
    #[arg(long, short, conflicts_with = "format")]
    pub(crate) interactive: bool,
    /// How they are listed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: super::ListFormat,
}

/// List the answers that are due to be read again, by day.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg due --within 90
  trustreg due --within 365 --format ics > readings.ics    an event a page, for a calendar")]
pub(crate) struct DueArguments {
    /// Within so many days; what is overdue is listed too
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(crate) within: u32,
    /// How they are listed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: DueFormat,
}

/// How what is due is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DueFormat {
    /// As a table
    Human,
    /// As JSON
    Json,
    /// As a calendar (iCalendar, RFC 5545): an event a page, on the day on which the first of its answers is due
    Ics,
}
