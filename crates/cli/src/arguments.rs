//! The command line.

mod decision;
mod entity;
mod import;
mod init;
pub(crate) mod named;
mod new;
mod query;
mod reading;
mod recheck;
mod worklist;

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use self::decision::{AcceptArguments, CorrectArguments, DismissArguments, FlagArguments};
pub(crate) use self::entity::{MoveUpArguments, RenameArguments, RetireArguments};
pub(crate) use self::import::{ImportArguments, ImportFormat};
pub(crate) use self::init::InitArguments;
pub(crate) use self::new::{New, NewArguments, NewOffering, NewOrganization, NewPlatform};
pub(crate) use self::query::{CompareArguments, FindArguments, FindFormat, ReadFormat, ShowArguments};
pub(crate) use self::reading::{CiteArguments, RereadArguments, SurenessArguments, VerifyArguments};
pub(crate) use self::recheck::RecheckArguments;
pub(crate) use self::worklist::{DueArguments, DueFormat, ReviewArguments};
use crate::global::Global;
use crate::{Commands, Failure, Outcome, commands, terminal, version};

/// Check, edit, import and publish the AI Provider Trust Registry.
#[derive(Debug, Parser)]
#[command(name = "trustreg", version = version::version(), about)]
#[command(after_help = "\
Exit status:
  0  success
  1  errors found, an import refused, or files out of date
  2  wrong usage, or a file that cannot be opened")]
pub struct Cli<C: Subcommand> {
    /// The global options.
    #[command(flatten)]
    pub(crate) global: Global,
    /// The command.
    #[command(subcommand)]
    pub(crate) command: C,
}

/// Reads the command line. Ends the process after a usage error, or after it printed help.
pub(crate) fn parse<C: Subcommand>() -> Cli<C> {
    let parsed = command::<C>().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.unwrap_or_else(|error| terminal::end(&error))
}

/// Returns the command line under the name by which it was called. Its help is as wide as the rest of the output, at
/// most 100 columns.
pub(crate) fn command<C: Subcommand>() -> clap::Command {
    in_order(named::apply(Cli::<C>::command().term_width(terminal::width().min(100))))
}

/// Sorts the commands as the help does, for completions too.
fn in_order(command: clap::Command) -> clap::Command {
    let places = command.get_subcommands().map(|one| (one.get_display_order(), one.get_name().to_owned()));
    let mut places: Vec<_> = places.collect();
    places.sort();
    // `mut_subcommand` moves the command to the end.
    places.into_iter().fold(command, |command, (_, name)| command.mut_subcommand(name, |one| one))
}

/// The commands of the product.
#[derive(Debug)]
pub struct Product(Command);

impl FromArgMatches for Product {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Command::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl Subcommand for Product {
    fn augment_subcommands(command: clap::Command) -> clap::Command {
        Command::augment_subcommands(command)
    }

    fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
        Command::augment_subcommands_for_update(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Command::has_subcommand(name)
    }
}

impl Commands for Product {
    fn run(&self, global: &Global) -> Result<Outcome, Failure> {
        self.run_in::<Self>(global)
    }
}

impl Product {
    /// Runs the command, in a binary with these commands.
    ///
    /// # Errors
    ///
    /// When the command cannot do its work.
    pub fn run_in<C: Commands>(&self, global: &Global) -> Result<Outcome, Failure> {
        match &self.0 {
            Command::Init(arguments) => commands::init::run(global, arguments),
            Command::Lint(arguments) => commands::lint::run(global, arguments),
            Command::Ci(arguments) => commands::ci::run(global, arguments),
            Command::Explain(arguments) => commands::explain::run(global, arguments),
            Command::Rules(arguments) => commands::rules::run(global, arguments),
            Command::Fmt(arguments) => commands::fmt::run(global, arguments),
            Command::Show(arguments) => commands::show::run(global, arguments),
            Command::Compare(arguments) => commands::compare::run(global, arguments),
            Command::New(arguments) => commands::new::run(global, arguments),
            Command::Review(arguments) => commands::review::run(global, arguments),
            Command::Due(arguments) => commands::due::run(global, arguments),
            Command::Verify(arguments) => commands::verify::run(global, arguments),
            Command::Reread(arguments) => commands::reread::run(global, arguments),
            Command::Cite(arguments) => commands::cite::run(global, arguments),
            Command::Flag(arguments) => commands::flag::run(global, arguments),
            Command::Dismiss(arguments) => commands::dismiss::run(global, arguments),
            Command::Correct(arguments) => commands::correct::run(global, arguments),
            Command::Accept(arguments) => commands::accept::run(global, arguments),
            Command::Rename(arguments) => commands::rename::run(global, arguments),
            Command::Retire(arguments) => commands::retire::run(global, arguments),
            Command::MoveUp(arguments) => commands::move_up::run(global, arguments),
            Command::Completions(arguments) => commands::completions::run(global, arguments, command::<C>()),
            Command::Man(arguments) => commands::man::run(arguments, command::<C>()),
            Command::Hook(arguments) => commands::hook::run(global, arguments),
            #[cfg(feature = "full")]
            Command::Import(arguments) => commands::import::run(global, arguments),
            #[cfg(feature = "full")]
            Command::Export(arguments) => commands::export::run(global, arguments),
            #[cfg(feature = "full")]
            Command::Serve(arguments) => commands::serve::run(global, arguments),
            #[cfg(feature = "full")]
            Command::Find(arguments) => commands::find::run(global, arguments),
            #[cfg(feature = "full")]
            Command::Recheck(arguments) => commands::recheck::run(global, arguments),
            #[cfg(not(feature = "full"))]
            _ => Err(Failure::NotBuilt),
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Begin a registry
    Init(InitArguments),
    /// Check the registry; report what is wrong and how to fix it
    Lint(LintArguments),
    /// Check data and schemas, as CI does: lint, layout, and whether the schemas are up to date
    Ci(CiArguments),
    /// Show the page of a rule
    Explain(ExplainArguments),
    /// List the rules
    Rules(RulesArguments),
    /// Give data files their canonical key order and layout; comments stay
    Fmt(FmtArguments),
    /// Import tables: print a plan, or write it with --write
    ///
    /// All checks run before anything is written: on the tables, on each row, and with every lint rule on the
    /// resulting registry. An error that the import would cause refuses it; warnings, and errors that existed
    /// before, do not. The import changes only what a table states: a missing column and an empty cell change
    /// nothing.
    Import(ImportArguments),
    /// Publish the registry in another format
    Export(ExportArguments),
    /// Preview the site in a browser; pages reload when the data change
    Serve(ServeArguments),
    /// Show every answer of an offering, a platform or an organization
    Show(ShowArguments),
    /// Compare offerings side by side
    Compare(CompareArguments),
    /// Find the offerings that match an expression
    Find(FindArguments),
    /// Create the file of an offering, a platform or an organization
    New(NewArguments),
    /// List what there is to read again, by page
    Review(ReviewArguments),
    /// List the answers that are due to be read again, by day, or as a calendar
    Due(DueArguments),
    /// Look at the pages that answers cite, record visits, and flag what is missing
    Recheck(RecheckArguments),
    /// Confirm answers on a day; with --read, record the page that you opened
    Verify(VerifyArguments),
    /// Record an attempt to read a page, in every answer that cites it
    Reread(RereadArguments),
    /// Add a page to the evidence of an answer, or a quote to a page that it cites
    Cite(CiteArguments),
    /// Raise a question about answers
    Flag(FlagArguments),
    /// Close a flag that was unfounded
    Dismiss(DismissArguments),
    /// Correct an answer, and record who corrected it and why
    Correct(CorrectArguments),
    /// Accept a finding: write its `[[allow]]` block
    Accept(AcceptArguments),
    /// Change the id of an entity, and every reference to it
    Rename(RenameArguments),
    /// Remove an entity or an answer, and keep the date and the reason
    Retire(RetireArguments),
    /// Move an answer that all offerings share to their platform or developer
    MoveUp(MoveUpArguments),
    /// Print a script that completes commands, rules and ids in a shell
    Completions(CompletionsArguments),
    /// Print a manual page
    Man(ManArguments),
    /// Install or remove the git hooks that lint each commit
    Hook(HookArguments),
}

/// Install or remove the git hooks that lint each commit.
#[derive(Debug, Args)]
pub(crate) struct HookArguments {
    #[command(subcommand)]
    pub(crate) action: HookAction,
}

/// What to do with the hooks.
#[derive(Debug, Subcommand)]
pub(crate) enum HookAction {
    /// Write the hooks that git runs before a commit and before a merge
    Install {
        /// Replace hooks that this command did not write
        #[arg(long)]
        force: bool,
    },
    /// Remove the hooks
    Uninstall,
}

/// Give data files their canonical key order and layout. Comments stay with the lines they describe; texts
/// and numbers do not change. All line breaks become like the first one of the file; a byte-order mark is
/// removed.
#[derive(Debug, Args)]
pub(crate) struct FmtArguments {
    /// Format only these files or folders
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; list the files that differ, and fail if there are any
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; print a diff
    #[arg(long)]
    pub(crate) diff: bool,
}

/// Check everything that CI enforces: data, format and schemas.
#[derive(Debug, Args)]
pub(crate) struct CiArguments {
    /// Of the errors of the lint, count only what became worse since HEAD left REV: answers become too old by time alone
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,
}

/// Publish the registry in another format.
#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The format
    pub(crate) format: ExportFormat,
    /// The output folder [default: `schema` for json-schema, `docs/rules` for rules, `dist/FORMAT` for the rest]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; fail and print a diff if the existing files differ
    #[arg(long)]
    pub(crate) check: bool,
    /// Replace existing files that an earlier export did not write
    #[arg(long, conflicts_with = "check")]
    pub(crate) force: bool,
    /// csv: put an apostrophe before each text that a spreadsheet program could take for a formula; import
    /// removes it
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// xlsx: write empty tables with drop-downs and checks, to fill in and import
    #[arg(long)]
    pub(crate) template: bool,
}

/// Preview the site on this machine. When the data change, pages in the browser reload, and errors in the data
/// are printed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg serve              then open http://127.0.0.1:4000/
  trustreg serve --port 0     use any free port; the address is printed")]
pub(crate) struct ServeArguments {
    /// The port; 0 for any free port
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub(crate) port: u16,
}

/// The formats in which the registry is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// JSON Schemas of the data files, for validators and editors
    JsonSchema,
    /// Tables of organizations, platforms, offerings, cells and evidence, a matrix, and their
    /// descriptions
    Csv,
    /// One document with all data, and one for each offering, dimension, organization and platform
    Json,
    /// A page with the matrix, and one for each offering
    Markdown,
    /// A web site of static pages that need no server and load nothing from other sites
    Site,
    /// A workbook: the matrix, tables to edit and import, and the evidence with links
    Xlsx,
    /// The index of the lint rules
    Rules,
}

const SCOPE: &str = "What to check";
const RULES: &str = "Rules";
const OUTPUT: &str = "Output";
const FIXES: &str = "Fixes";

/// Check the registry; report what is wrong and how to fix it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg lint                             the whole registry
  trustreg lint data/offerings/ID.toml      report on one file
  trustreg lint --select 'evidence/*'       one group of rules
  trustreg lint --statistics                which rules find most
  trustreg lint --format concise | less     a line a finding
  trustreg explain RULE                     why a rule exists")]
pub(crate) struct LintArguments {
    /// Report only on these files or folders (the whole registry is still read); `-` for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Check what would be committed, and report what is worse than in HEAD (in a merge: than in each of
    /// its parents), or than since --since
    #[arg(long, help_heading = SCOPE)]
    pub(crate) staged: bool,
    /// Report what became worse, in any file, since HEAD diverged from this branch, tag or commit
    #[arg(long, value_name = "REV", help_heading = SCOPE)]
    pub(crate) since: Option<String>,
    /// The path in the data folder of the document on standard input; it need not exist
    #[arg(long, value_name = "PATH", conflicts_with_all = ["staged", "since"], help_heading = SCOPE)]
    pub(crate) stdin_path: Option<PathBuf>,
    /// The format of the findings [default: human]
    #[arg(long, value_name = "FORMAT", help_heading = OUTPUT)]
    pub(crate) format: Vec<LintFormat>,
    /// Write the findings to this file, and print the human format; repeat it for more formats
    #[arg(long, value_name = "[FORMAT=]FILE", help_heading = OUTPUT)]
    pub(crate) output: Vec<PathBuf>,
    /// Run only these rules: a rule, `group/*`, or a comma-separated list
    #[arg(long, value_name = "RULE", action = ArgAction::Append, help_heading = RULES)]
    pub(crate) select: Vec<String>,
    /// Skip these rules: a rule, `group/*`, or a comma-separated list
    #[arg(long, value_name = "RULE", action = ArgAction::Append, help_heading = RULES)]
    pub(crate) ignore: Vec<String>,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT", help_heading = RULES)]
    pub(crate) deny: Option<Deny>,
    /// Skip the findings that this baseline lists
    #[arg(long, value_name = "FILE", help_heading = RULES)]
    pub(crate) baseline: Option<PathBuf>,
    /// Write the baseline: all findings, or, if FILE exists, those of its findings that remain
    /// [default FILE: `baseline.json` next to the data folder]
    #[arg(long, conflicts_with_all = ["paths", "staged", "since", "stdin_path", "FixArguments"], help_heading = RULES)]
    pub(crate) write_baseline: bool,
    /// Show every warning, instead of three for each rule
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) all: bool,
    /// Report at most N findings, errors first, in every format; counts and exit status still include all
    #[arg(long, value_name = "N", help_heading = OUTPUT)]
    pub(crate) max_findings: Option<usize>,
    /// Count the findings of each rule instead of showing them
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) statistics: bool,
    #[command(flatten)]
    pub(crate) fixes: FixArguments,
}

/// Which fixes to apply, and whether to write them. The name of the group for conflicts is
/// `FixArguments`.
#[derive(Debug, Args)]
pub(crate) struct FixArguments {
    /// Apply safe fixes, in all files or none, and report what remains
    #[arg(long, conflicts_with_all = ["staged", "since", "stdin_path"], help_heading = FIXES)]
    pub(crate) fix: bool,
    /// Also apply fixes that a person must review; implies --fix, unless --diff is given
    #[arg(long, conflicts_with_all = ["staged", "since", "stdin_path"], help_heading = FIXES)]
    pub(crate) unsafe_fixes: bool,
    /// Write nothing; print the fixes as a unified diff
    #[arg(long, conflicts_with_all = ["format", "output", "staged", "since", "stdin_path"], help_heading = FIXES)]
    pub(crate) diff: bool,
}

impl FixArguments {
    /// Returns whether any fix is to be applied.
    pub(crate) fn any(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }
}

/// What makes the command fail, in addition to errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    Warnings,
}

/// The formats of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// Excerpts and help, for people
    Human,
    /// One line a finding
    Concise,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Workflow commands: annotations in GitHub Actions
    Github,
    /// A Code Quality report for GitLab
    Gitlab,
    /// JUnit XML, which most CI servers show as test results
    Junit,
}

/// Show the page of a rule, or the rules of a group.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A rule, such as `cell/stale` or `stale`, or a group, such as `cell`
    pub(crate) rule: Option<String>,
}

/// List the rules.
#[derive(Debug, Args)]
pub(crate) struct RulesArguments {
    /// The format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: ListFormat,
}

/// The formats of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// As a table
    Human,
    /// As JSON
    Json,
}

/// Print a script that completes commands, rules and ids in a shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  source <(trustreg completions bash)        bash and zsh, for this session
  trustreg completions fish | source         fish, for this session
  trustreg completions zsh > ~/.trustreg.zsh    permanently: then source it in ~/.zshrc")]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// Print a manual page, for `man -l -`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg man | man -l -
  trustreg man lint > trustreg-lint.1")]
pub(crate) struct ManArguments {
    /// The command [default: the page of all commands]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}
