//! `man`: the manual page of the command, or of one of its commands.

use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use diagnostics::closest;

use crate::arguments::{ManArguments, named};
use crate::terminal::print_exact;
use crate::{Failure, Outcome};

pub(crate) fn run(arguments: &ManArguments, command: clap::Command) -> Result<Outcome, Failure> {
    let mut command = command
        .display_name(named::page(diagnostics::program()))
        .subcommand_value_name("COMMAND")
        .disable_help_subcommand(true);
    command.build();
    for name in &arguments.command {
        let names = || command.get_subcommands().map(clap::Command::get_name);
        let Some(found) = command.find_subcommand(name) else {
            let meant = closest(name, names()).map(|meant| format!(": did you mean `{meant}`?"));
            let message = format!("there is no command `{name}`{}", meant.unwrap_or_default());
            return Err(Failure::Usage(message));
        };
        command = found.clone();
    }
    print_exact(&page(&command)?)?;
    Ok(Outcome::Success)
}

/// The page of a command, roff with the macros of man(7).
fn page(command: &clap::Command) -> std::io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let name = command.get_display_name().unwrap_or_default();
    // By hand, since the library omits an empty date and would put the version in its place.
    let version = env!("CARGO_PKG_VERSION");
    let title = format!(".TH \"{name}\" 1 \"\" \"{version}\" \"AI Provider Trust Registry\"\n");
    let mut page = title.into_bytes();
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    // What follows the help: "Heading:", and lines that stay as they are.
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    if let Some((heading, lines)) = after.split_once(':') {
        let mut roff = Roff::new();
        roff.control("SH", [heading.to_uppercase().as_str()]);
        roff.control("nf", []);
        for line in lines.trim_matches('\n').lines() {
            roff.text([roman(line.trim())]);
        }
        roff.control("fi", []);
        roff.to_writer(&mut page)?;
    }
    Ok(page)
}
