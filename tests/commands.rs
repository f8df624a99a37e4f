//! `docs/commands.md` is the help of every command, and the README shows a finding as `lint` prints it.
//! `BLESS=1 cargo test -p xtask --test integration commands` writes the page again.

use std::fmt::Write;
use std::{env, fs};

use crate::support::{Scratch, repository};

const INTRODUCTION: &str = "# Commands

This page is the help of each command, as `cargo xtask COMMAND --help` prints it. The same commands, except for `bench`,
`dist`, `fuzz` and `tidy`, are in the program `trustreg`, which works outside a clone.

Every command exits with status 0 if it succeeded; with 1 if there are errors, an import is refused, or files are out of
date; and with 2 after wrong usage, or if a file cannot be opened.
";

/// Returns the commands of a help, in its order.
fn commands(help: &str) -> Vec<String> {
    let (_, list) = help.split_once("Commands:\n").unwrap_or_default();
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    // A wrapped line is indented further.
    let lines = lines.filter(|line| !line.starts_with("   "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Writes the help of a command, and of those below it.
fn write_help(page: &mut String, scratch: &Scratch, path: &[&str]) {
    let help = scratch.run(&[path, &["--help"]].concat()).stdout;
    // Each command has the global options, which the first section states.
    let shown = match help.split_once("\nGlobal options:\n") {
        Some((before, after)) if !path.is_empty() => {
            // Options are indented; what follows them is not.
            let rest: Vec<_> =
                after.lines().skip_while(|line| line.is_empty() || line.starts_with(' ')).collect();
            format!("{before}\n{}", rest.join("\n"))
        }
        _ => help.clone(),
    };
    let shown = shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let level = "#".repeat(path.len().max(1) + 1);
    let title = if path.is_empty() { "All commands".to_owned() } else { path.join(" ") };
    write!(page, "\n{level} {title}\n\n```text\n{}\n```\n", shown.trim()).unwrap();
    for command in commands(&help) {
        write_help(page, scratch, &[path, &[command.as_str()]].concat());
    }
}

#[test]
fn the_page_of_commands_is_their_help() {
    let mut written = INTRODUCTION.to_owned();
    write_help(&mut written, &Scratch::empty(), &[]);
    for command in ["lint", "new offering", "hook install", "fuzz"] {
        assert!(written.contains(&format!("# {command}\n")), "{command}");
    }
    assert!(written.contains("\nIn a terminal, what is not given is asked for.\n"), "what is not an example");
    let path = repository().join("docs/commands.md");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap();
    assert_eq!(page, written, "BLESS=1 cargo test -p xtask --test integration commands writes it again");
}

/// Returns the letters and digits of a text; of a manual page without its macros and fonts.
fn letters(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with('.'));
    let text = lines.collect::<Vec<_>>().join(" ");
    let text = ["\\fB", "\\fI", "\\fR", "\\*(Aq"].iter().fold(text, |text, font| text.replace(font, ""));
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Compares the manual page of a command, and of those below it, with the help; returns how many there are.
fn compare_manual(scratch: &Scratch, path: &[&str]) -> usize {
    let help = scratch.run(&[path, &["--help"]].concat()).stdout;
    let page = scratch.run(&[&["man"], path].concat()).stdout;
    let (about, rest) = help.split_once("\nUsage: ").unwrap();
    assert!(letters(&page).contains(&letters(about)), "{path:?}: {about}\n{page}");
    let own = rest.split("\nGlobal options:\n").next().unwrap_or_default();
    for option in own.lines().filter_map(|line| line.trim_start().strip_prefix("--")) {
        let option = option.split([' ', '[']).next().unwrap_or_default();
        let written = format!("\\-\\-{}", option.replace('-', "\\-"));
        assert!(page.contains(&written), "{path:?}: --{option}\n{page}");
    }
    let below = commands(&help);
    below.iter().map(|name| compare_manual(scratch, &[path, &[name.as_str()]].concat())).sum::<usize>() + 1
}

#[test]
fn a_manual_page_says_what_the_help_says() {
    assert!(compare_manual(&Scratch::empty(), &[]) > 30);
}

/// Returns the rows of the table of commands in the README.
fn rows(readme: &str) -> Vec<&str> {
    let (_, section) = readme.split_once("## Commands\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    section.lines().filter_map(|line| line.strip_prefix("| `cargo xtask ")).collect()
}

#[test]
fn the_readme_names_commands_that_exist() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let known = commands(&Scratch::empty().run(&["--help"]).stdout);
    let rows = rows(&readme);
    assert!((5..=10).contains(&rows.len()), "{rows:?}");
    for row in rows {
        let name = row.split([' ', '`']).next().unwrap();
        assert!(known.iter().any(|one| one == name), "{row}");
    }
}

#[test]
fn the_readme_shows_a_finding_as_it_is_printed() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let (_, block) = readme.split_once("```text\n").unwrap();
    let shown = block.split("```").next().unwrap();
    let scratch = Scratch::new();
    scratch.replace(
        "offerings/acme-chat.toml",
        "[cells.retention_zdr]\nstatus = \"yes_sales_gated\"",
        "[cells.retention_zdr]\nstatus = \"yes-sales-gated\"",
    );
    let printed = scratch.run(&["lint"]).stdout;
    assert!(printed.contains(shown.trim_end()), "{printed}");
}
