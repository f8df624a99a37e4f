//! The help uses the name by which the command was called. The source code says `trustreg`.

/// The name in the source code.
const NAME: &str = "trustreg";

/// Gives a command line the name by which it was called.
pub(super) fn apply(command: clap::Command) -> clap::Command {
    let name = diagnostics::program();
    let command = command.name(name).bin_name(name);
    if name == NAME { command } else { renamed(command, name) }
}

/// Replaces the name in the text after the help of a command and of its subcommands.
fn renamed(command: clap::Command, name: &str) -> clap::Command {
    let after = command.get_after_help().map(|text| words(&text.ansi().to_string(), name));
    let command = match after {
        Some(after) => command.after_help(after),
        None => command,
    };
    command.mut_subcommands(|command| renamed(command, name))
}

/// Replaces the name in a text, as a command and as part of a file name.
fn words(text: &str, name: &str) -> String {
    let file = format!(".{}", short(name));
    text.replace(&format!(".{NAME}"), &file)
        .replace(&format!("{NAME}-"), &format!("{}-", page(name)))
        .replace(NAME, name)
}

/// Returns the name as one word, which a shell completes.
pub(crate) fn short(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Returns the name as that of a manual page.
pub(crate) fn page(name: &str) -> String {
    name.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_the_command_as_it_was_called() {
        let text = "  trustreg man lint > trustreg-lint.1\n  trustreg completions zsh > ~/.trustreg.zsh";
        let renamed =
            "  cargo xtask man lint > cargo-xtask-lint.1\n  cargo xtask completions zsh > ~/.xtask.zsh";
        assert_eq!(words(text, "cargo xtask"), renamed);
        assert_eq!(words(text, NAME), text);
    }
}
