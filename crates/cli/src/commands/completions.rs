//! `completions`: a script that completes the command line in a shell.

use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap_complete::Shell;
use model::{DimensionId, Document, OfferingId, OrganizationId, PlatformId};
use store::Store;

use crate::arguments::{CompletionsArguments, named};
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::print_exact;
use crate::{Failure, Outcome};

/// Prints the script for the command line as it was called: behind one word, and where that is the last of
/// `cargo xtask`, behind this too.
pub(crate) fn run(
    global: &Global,
    arguments: &CompletionsArguments,
    command: clap::Command,
) -> Result<Outcome, Failure> {
    let name = named::short(diagnostics::program());
    let mut command = with_values(command, &Ids::read(global)).name(name).bin_name(name);
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    match arguments.shell {
        Shell::Bash => script.extend(include_str!("completions/colons.bash").replace("NAME", name).bytes()),
        Shell::Fish => script.extend(positional_values(&command, name).bytes()),
        // Where nothing has started the completions of the shell, the script does.
        Shell::Zsh => script = String::from_utf8_lossy(&script).replacen("\n\n", START_ZSH, 1).into_bytes(),
        _ => {}
    }
    if name != diagnostics::program() {
        script.extend(behind_cargo(arguments.shell).bytes());
    }
    print_exact(&script)?;
    Ok(Outcome::Success)
}

/// What follows the first line of a script for zsh.
const START_ZSH: &str = "\n\n(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n\n";

/// The ids of a registry; none where there is no registry to read. A file may have any name, and a shell runs what
/// is in its script: only what has the form of an id can get there.
#[derive(Default)]
struct Ids {
    organizations: Vec<OrganizationId>,
    platforms: Vec<PlatformId>,
    offerings: Vec<OfferingId>,
    dimensions: Vec<DimensionId>,
}

impl Ids {
    fn read(global: &Global) -> Self {
        let Ok(folder) = Folder::open(global) else { return Self::default() };
        let Ok(store) = Store::open(&folder.tree) else { return Self::default() };
        let dimensions = store.dimensions().unwrap_or_default();
        Self {
            organizations: parsed(store.files(Document::Organization).map(|file| file.name.as_str())),
            platforms: parsed(store.files(Document::Platform).map(|file| file.name.as_str())),
            offerings: parsed(store.files(Document::Offering).map(|file| file.name.as_str())),
            dimensions: parsed(dimensions.iter().map(|dimension| dimension.id.text())),
        }
    }
}

/// Those of the names that are ids.
fn parsed<'a, I: FromStr>(names: impl Iterator<Item = &'a str>) -> Vec<I> {
    names.filter_map(|name| name.parse().ok()).collect()
}

/// The values of an argument that names one of these.
fn of<I: AsRef<str>>(ids: &[I]) -> PossibleValuesParser {
    PossibleValuesParser::new(ids.iter().map(|id| PossibleValue::new(id.as_ref().to_owned())))
}

/// The command line with the values that it takes as text where it is parsed: rules, groups and ids.
fn with_values(command: clap::Command, ids: &Ids) -> clap::Command {
    let rule = |rule: &'static lint::Rule| PossibleValue::new(rule.id.as_str());
    let rules = || lint::catalogue().iter().copied().map(rule);
    let mut groups: Vec<_> = lint::catalogue().iter().map(|rule| rule.id.group()).collect();
    groups.dedup();
    let patterns = || {
        let groups = groups.iter().map(|group| PossibleValue::new(format!("{group}/*")));
        PossibleValuesParser::new(groups.chain(rules()))
    };
    let pages = PossibleValuesParser::new(groups.iter().copied().map(PossibleValue::new).chain(rules()));
    command
        .mut_subcommand("lint", |lint| {
            lint.mut_arg("select", |arg| arg.value_parser(patterns()))
                .mut_arg("ignore", |arg| arg.value_parser(patterns()))
        })
        .mut_subcommand("explain", |explain| explain.mut_arg("rule", |arg| arg.value_parser(pages.clone())))
        .mut_subcommand("show", |show| {
            with_subjects(show, "name", ids).mut_arg("dimension", |arg| arg.value_parser(of(&ids.dimensions)))
        })
        .mut_subcommand("compare", |compare| {
            compare
                .mut_arg("offerings", |arg| arg.value_parser(of(&ids.offerings)))
                .mut_arg("dimension", |arg| arg.value_parser(of(&ids.dimensions)))
        })
        .mut_subcommands(|command| match command.get_name() {
            "verify" | "flag" | "dismiss" | "recheck" => with_subjects(command, "subjects", ids),
            "cite" | "correct" | "accept" | "retire" | "move-up" => with_subjects(command, "subject", ids),
            "rename" => with_subjects(command, "old", ids),
            _ => command,
        })
        .mut_subcommand("accept", |accept| accept.mut_arg("finding", |arg| arg.value_parser(patterns())))
        .mut_subcommand("find", |find| find.mut_arg("show", |arg| arg.value_parser(of(&ids.dimensions))))
        .mut_subcommand("new", |new| {
            new.mut_subcommand("offering", |offering| {
                offering
                    .mut_arg("developer", |arg| arg.value_parser(of(&ids.organizations)))
                    .mut_arg("platform", |arg| arg.value_parser(of(&ids.platforms)))
            })
            .mut_subcommand("platform", |platform| {
                platform.mut_arg("operator", |arg| arg.value_parser(of(&ids.organizations)))
            })
        })
}

/// A command one of whose arguments names entities, or what is theirs. An offering may be named by its id alone.
fn with_subjects(command: clap::Command, argument: &'static str, ids: &Ids) -> clap::Command {
    let alone = ids.offerings.iter().map(ToString::to_string);
    let offerings = ids.offerings.iter().map(|id| format!("offering:{id}"));
    let platforms = ids.platforms.iter().map(|id| format!("platform:{id}"));
    let organizations = ids.organizations.iter().map(|id| format!("organization:{id}"));
    let names = alone.chain(offerings).chain(platforms).chain(organizations).map(PossibleValue::new);
    let values = PossibleValuesParser::new(names);
    command.mut_arg(argument, |arg| arg.value_parser(values))
}

/// The values of positional arguments for fish, which the generator leaves out.
fn positional_values(command: &clap::Command, name: &str) -> String {
    let mut lines = String::new();
    for command in command.get_subcommands() {
        let values = command.get_positionals().flat_map(|argument| argument.get_possible_values());
        let names: Vec<_> = values.map(|value| value.get_name().to_owned()).collect();
        if !names.is_empty() {
            lines.push_str(&format!(
                "complete -c {name} -n '__fish_{name}_using_subcommand {}' -f -a '{}'\n",
                command.get_name(),
                names.join(" ")
            ));
        }
    }
    lines
}

/// What makes the same completions appear behind `cargo xtask`; all else is left to cargo's own.
fn behind_cargo(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("completions/cargo.bash"),
        Shell::Zsh => include_str!("completions/cargo.zsh"),
        Shell::Fish => include_str!("completions/cargo.fish"),
        _ => "",
    }
}
