//! The command line.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use model::Date;

/// Keeps the AI Provider Trust Registry true: lints, imports and publishes it.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 all is well; 1 findings, a refused import, or files out of step; 2 wrong usage, or a \
    folder or file that cannot be opened."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The data folder; without it, the nearest `data` upwards that holds a registry.toml
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The day that counts as today, for tests and reproducible runs
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
    /// When to use colours (NO_COLOR and CLICOLOR_FORCE are heeded)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
    /// Print findings and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print more: infos too
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check the registry and say where, what and how to mend
    Lint(LintArguments),
    /// Show the page of a rule
    Explain(ExplainArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Give data files their canonical key order and layout; comments stay
    Fmt(FmtArguments),
    /// Plan a bulk import of tables, or do it with --write
    Import(ImportArguments),
    /// Publish the registry in another form
    Export(ExportArguments),
    /// Check everything that CI enforces, one line each
    Ci,
}

/// Plan a bulk import of tables, or do it with --write. Columns that a table lacks, and empty cells,
/// leave their fields alone.
#[derive(Debug, Args)]
#[command(
    after_help = "Limits: 256 MiB a file, 2,000,000 rows, 500 columns, 1 MiB a text. CSV in UTF-8, split at `,`, `;` or tabs."
)]
pub(crate) struct ImportArguments {
    /// The tables: organizations, platforms, offerings, cells; the headers tell which is which
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Do it: all files are written, or none
    #[arg(long)]
    pub(crate) write: bool,
    /// How the plan is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

/// Give data files their canonical key order and layout. Comments stay with what they are about, texts
/// and numbers keep their written form; line breaks become those of the file's first one, and a
/// byte-order mark goes.
#[derive(Debug, Args)]
pub(crate) struct FmtArguments {
    /// Only these files or folders
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; name the files that differ, and fail if there are any
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    pub(crate) diff: bool,
}

/// Publish the registry in another form.
#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The form
    pub(crate) format: ExportFormat,
    /// Where to; without it `schema` for json-schema, `dist/FORMAT` for the rest
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; fail with the differences if what stands there differs
    #[arg(long)]
    pub(crate) check: bool,
}

/// The forms in which the registry is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// JSON Schemas of the data files, for validators and for editors
    JsonSchema,
    /// The tables of organizations, platforms, offerings, cells and evidence
    Csv,
    /// A matrix page, and a page for each offering
    Markdown,
}

/// Check the registry and say where, what and how to mend.
#[derive(Debug, Args)]
pub(crate) struct LintArguments {
    /// Report only on these files or folders (everything is still read)
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: LintFormat,
    /// Run only these rules; a rule, `group/*`, or a comma list
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) select: Vec<String>,
    /// Leave these rules out; a rule, `group/*`, or a comma list
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) ignore: Vec<String>,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
    /// Show every warning, not three of each rule
    #[arg(long)]
    pub(crate) all: bool,
}

/// What fails besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// With excerpts and help, for people
    Human,
    /// One line a finding
    Concise,
    /// One JSON document
    Json,
}

/// Show the page of a rule, or list the rules.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The rule: `cell/stale`, or just `stale`
    pub(crate) rule: Option<String>,
}

/// List the rules.
#[derive(Debug, Args)]
pub(crate) struct RulesArguments {
    /// How they are listed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// As a table
    Human,
    /// As JSON
    Json,
}
