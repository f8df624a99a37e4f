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
    /// Show the page of a rule, or list the rules
    Explain(ExplainArguments),
    /// List the rules
    Rules(RulesArguments),
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
