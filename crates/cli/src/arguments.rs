//! The command line.

mod import;
pub(crate) mod named;
mod new;
mod query;

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(crate) use self::import::{ImportArguments, ImportFormat};
pub(crate) use self::new::{New, NewArguments, NewOffering, NewOrganization, NewPlatform};
#[cfg(feature = "find")]
pub(crate) use self::query::FindFormat;
pub(crate) use self::query::{CompareArguments, FindArguments, ReadFormat, ShowArguments};
use crate::global::Global;
use crate::{Commands, Failure, Outcome, commands, terminal};

/// Keeps the AI Provider Trust Registry true: lints, imports and publishes it.
#[derive(Debug, Parser)]
#[command(name = "trustreg", version, about)]
#[command(after_help = "\
Exit status:
  0  all is well
  1  findings, a refused import, or files out of step
  2  wrong usage, or a folder or file that cannot be opened")]
pub struct Cli<C: Subcommand> {
    /// What every command takes.
    #[command(flatten)]
    pub(crate) global: Global,
    /// The command.
    #[command(subcommand)]
    pub(crate) command: C,
}

/// Reads the command line, or ends the process with a usage error or the help that was asked for.
pub(crate) fn parse<C: Subcommand>() -> Cli<C> {
    let parsed = command::<C>().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.unwrap_or_else(|error| terminal::end(&error))
}

/// Returns the command line as it was called, its help as wide as all else that is printed, but no wider than
/// reads well.
pub(crate) fn command<C: Subcommand>() -> clap::Command {
    in_order(named::apply(Cli::<C>::command().term_width(terminal::width().min(100))))
}

/// The commands in the order that they have in the help, for completions too.
fn in_order(command: clap::Command) -> clap::Command {
    let places = command.get_subcommands().map(|one| (one.get_display_order(), one.get_name().to_owned()));
    let mut places: Vec<_> = places.collect();
    places.sort();
    // This takes the command out and puts it behind all others.
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
            Command::Lint(arguments) => commands::lint::run(global, arguments),
            Command::Explain(arguments) => commands::explain::run(global, arguments),
            Command::Rules(arguments) => commands::rules::run(global, arguments),
            Command::Fmt(arguments) => commands::fmt::run(global, arguments),
            Command::Import(arguments) => commands::import::run(global, arguments),
            Command::Export(arguments) => commands::export::run(global, arguments),
            Command::Serve(arguments) => commands::serve::run(global, arguments),
            Command::Show(arguments) => commands::show::run(global, arguments),
            Command::Compare(arguments) => commands::compare::run(global, arguments),
            #[cfg(feature = "find")]
            Command::Find(arguments) => commands::find::run(global, arguments),
            #[cfg(not(feature = "find"))]
            Command::Find(_) => Err(Failure::NotBuilt("find")),
            Command::New(arguments) => commands::new::run(global, arguments),
            Command::Completions(arguments) => commands::completions::run(global, arguments, command::<C>()),
            Command::Man(arguments) => commands::man::run(arguments, command::<C>()),
            Command::Hook(arguments) => commands::hook::run(global, arguments),
        }
    }
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
    ///
    /// Everything is judged before anything is written: the tables, each row, and the registry as it would
    /// be by every lint rule. An error that the import would cause refuses it; warnings, and errors that
    /// stood before, do not. What a table does not state stays as it is: a column that is not there, and an
    /// empty cell.
    Import(ImportArguments),
    /// Publish the registry in another form
    Export(ExportArguments),
    /// Preview the site in a browser; changes of the data show by themselves
    Serve(ServeArguments),
    /// Show an offering, a platform or an organization with every answer
    Show(ShowArguments),
    /// Set offerings side by side
    Compare(CompareArguments),
    /// Find the offerings for which an expression holds
    Find(FindArguments),
    /// Begin the file of an offering, a platform or an organization
    New(NewArguments),
    /// Print a script that completes commands, rules and ids in a shell
    Completions(CompletionsArguments),
    /// Print a manual page
    Man(ManArguments),
    /// Install or remove the git hooks that lint what is committed
    Hook(HookArguments),
}

/// Install or remove the git hooks that lint what is committed.
#[derive(Debug, Args)]
pub(crate) struct HookArguments {
    #[command(subcommand)]
    pub(crate) action: HookAction,
}

/// What becomes of the hooks.
#[derive(Debug, Subcommand)]
pub(crate) enum HookAction {
    /// Write the hooks that git runs before a commit and before a merge
    Install {
        /// Replace hooks that this command has not written
        #[arg(long)]
        force: bool,
    },
    /// Take the hooks out
    Uninstall,
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
    /// Where to; without it `schema` for json-schema, `docs/rules` for rules, `dist/FORMAT` for the rest
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write nothing; fail with the differences if what stands there differs
    #[arg(long)]
    pub(crate) check: bool,
    /// Replace files that are in the way and that an earlier export did not make
    #[arg(long, conflicts_with = "check")]
    pub(crate) force: bool,
    /// csv: put an apostrophe before texts that a spreadsheet program could take for a formula; import
    /// takes it off again
    #[arg(long)]
    pub(crate) spreadsheet_safe: bool,
    /// xlsx: the tables without rows, with drop-downs and checks, to be filled in and imported
    #[arg(long)]
    pub(crate) template: bool,
}

/// Preview the site on this machine. Pages show the data as they are; when these change, pages in the
/// browser load again, and errors in the data are printed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg serve              then open http://127.0.0.1:4000/
  trustreg serve --port 0     on any free port; the address is printed")]
pub(crate) struct ServeArguments {
    /// The port; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub(crate) port: u16,
}

/// The forms in which the registry is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// JSON Schemas of the data files, for validators and for editors
    JsonSchema,
    /// The tables of organizations, platforms, offerings, cells and evidence, the matrix, and what
    /// describes them
    Csv,
    /// One document with everything, a small one for each offering, dimension, organization and platform
    Json,
    /// A matrix page, and a page for each offering
    Markdown,
    /// A web site: static pages that need no server, and nothing from elsewhere
    Site,
    /// A workbook: the matrix, the tables to edit and import again, the evidence with links
    Xlsx,
    /// The index of the lint rules
    Rules,
}

const SCOPE: &str = "What is judged";
const RULES: &str = "Rules";
const OUTPUT: &str = "Output";
const FIXES: &str = "Fixes";

/// Check the registry and say where, what and how to mend.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  trustreg lint                             everything
  trustreg lint data/offerings/ID.toml      report on one file
  trustreg lint --select 'evidence/*'       one group of rules
  trustreg lint --statistics                which rules find most
  trustreg lint --format concise | less     a line a finding
  trustreg explain RULE                     why a rule exists")]
pub(crate) struct LintArguments {
    /// Report only on these files or folders (everything is still read); `-` for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Judge what would be committed, and report what it makes worse than HEAD (in a merge: than any of
    /// its parents), or since --since
    #[arg(long, help_heading = SCOPE)]
    pub(crate) staged: bool,
    /// Report what became worse, in any file, since HEAD left this revision: a branch, a tag or a commit
    #[arg(long, value_name = "REV", help_heading = SCOPE)]
    pub(crate) since: Option<String>,
    /// Where the document on standard input belongs: a path in the data folder, there or not
    #[arg(long, value_name = "PATH", conflicts_with_all = ["staged", "since"], help_heading = SCOPE)]
    pub(crate) stdin_path: Option<PathBuf>,
    /// How findings are written; human without it
    #[arg(long, value_name = "FORMAT", help_heading = OUTPUT)]
    pub(crate) format: Vec<LintFormat>,
    /// Write the findings to this file and print the human form; repeats, each with a FORMAT of its own
    #[arg(long, value_name = "[FORMAT=]FILE", help_heading = OUTPUT)]
    pub(crate) output: Vec<PathBuf>,
    /// Run only these rules; a rule, `group/*`, or a comma list
    #[arg(long, value_name = "RULE", action = ArgAction::Append, help_heading = RULES)]
    pub(crate) select: Vec<String>,
    /// Leave these rules out; a rule, `group/*`, or a comma list
    #[arg(long, value_name = "RULE", action = ArgAction::Append, help_heading = RULES)]
    pub(crate) ignore: Vec<String>,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT", help_heading = RULES)]
    pub(crate) deny: Option<Deny>,
    /// Hold back the findings that this baseline lists
    #[arg(long, value_name = "FILE", help_heading = RULES)]
    pub(crate) baseline: Option<PathBuf>,
    /// Write the baseline: all findings there are, or, where FILE is there, those that it still has
    /// [without --baseline: `baseline.json` beside the data folder]
    #[arg(long, conflicts_with_all = ["paths", "staged", "since", "stdin_path", "FixArguments"], help_heading = RULES)]
    pub(crate) write_baseline: bool,
    /// Show every warning, not three of each rule
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) all: bool,
    /// Report at most N findings, errors first, in every format; counts and exit status stay those of all
    #[arg(long, value_name = "N", help_heading = OUTPUT)]
    pub(crate) max_findings: Option<usize>,
    /// Count the findings by rule instead of showing them
    #[arg(long, help_heading = OUTPUT)]
    pub(crate) statistics: bool,
    #[command(flatten)]
    pub(crate) fixes: FixArguments,
}

/// Which fixes are made, and whether they are written. The name of the group for conflicts is
/// `FixArguments`.
#[derive(Debug, Args)]
pub(crate) struct FixArguments {
    /// Mend what can be mended safely, all files or none, and report on what is left
    #[arg(long, conflicts_with_all = ["staged", "since", "stdin_path"], help_heading = FIXES)]
    pub(crate) fix: bool,
    /// Make fixes too that a person must look at; implies --fix, unless --diff is given
    #[arg(long, conflicts_with_all = ["staged", "since", "stdin_path"], help_heading = FIXES)]
    pub(crate) unsafe_fixes: bool,
    /// Write nothing: show as a unified diff what the fixes would change
    #[arg(long, conflicts_with_all = ["format", "output", "staged", "since", "stdin_path"], help_heading = FIXES)]
    pub(crate) diff: bool,
}

impl FixArguments {
    /// Whether fixes are made at all.
    pub(crate) fn any(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }
}

/// What fails besides errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
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
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Workflow commands: annotations in GitHub Actions
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// JUnit XML: test results in most CI servers
    Junit,
}

/// Show the page of a rule, or list the rules.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The rule: `cell/stale`, or just `stale`; a group, `cell`, lists its rules
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

/// Print a script that completes commands, rules and ids in a shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  source <(trustreg completions bash)        bash and zsh, for this session
  trustreg completions fish | source         fish, for this session
  trustreg completions zsh > ~/.trustreg.zsh    to keep: source it in ~/.zshrc")]
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
    /// The command whose page it is; without it, the page of all commands
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}
