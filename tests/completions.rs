//! Completions in real shells, behind `xtask` and behind `cargo xtask`. A shell that is not installed is not tried;
//! bash is.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::Scratch;

#[test]
fn completions_are_scripts_that_know_rules_and_ids() {
    let scratch = Scratch::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = scratch.run(&["completions", shell]);
        assert_eq!(run.status, 0);
        if matches!(shell, "bash" | "zsh" | "fish") {
            assert!(run.stdout.contains("cell/stale") && run.stdout.contains("acme-cloud"), "{shell}");
            assert!(run.stdout.contains("acme-chat") && run.stdout.contains("hipaa_baa"), "{shell}");
            assert!(run.stdout.contains("cargo"), "{shell} completes behind cargo");
        }
        let path = scratch.path().join(shell);
        fs::write(&path, run.stdout).unwrap();
        let flag = if shell == "fish" { "--no-execute" } else { "-n" };
        let check = Command::new(shell).arg(flag).arg(&path).stdin(Stdio::null()).output();
        // Where the shell takes no such flag, the script is not tried.
        if let (Ok(check), "bash" | "zsh" | "fish") = (check, shell) {
            assert!(check.status.success(), "{shell}: {}", String::from_utf8_lossy(&check.stderr));
        }
    }
}

/// Lines of which the last word is completed, and what it may become.
const LINES: [(&str, &str); 7] = [
    ("xtask show platform:ac", "platform:acme-cloud"),
    ("xtask show offering:acme-c", "offering:acme-chat"),
    ("xtask verify acme-chat organization:ac", "organization:acme"),
    ("xtask explain cell/sta", "cell/stale"),
    ("cargo xtask show platform:ac", "platform:acme-cloud"),
    ("cargo xtask verify acme-chat platform:ac", "platform:acme-cloud"),
    ("cargo xtask explain cell/sta", "cell/stale"),
];

/// A folder with the script of a shell.
fn folder(shell: &str) -> Scratch {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("script"), scratch.run(&["completions", shell]).stdout).unwrap();
    scratch
}

/// Runs a program in a shell, and returns what it prints.
fn output(shell: &str, arguments: &[&str], folder: &Path) -> Option<String> {
    let run = Command::new(shell)
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .stdin(Stdio::null())
        .output();
    let run = run.ok()?;
    assert!(run.status.success(), "{shell}: {}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8(run.stdout).unwrap())
}

#[test]
fn bash_completes_ids_with_a_colon() {
    let scratch = folder("bash");
    for (line, expected) in LINES {
        // Bash ends a word at each colon, and replaces what follows the last one.
        let words = line.replace(':', " : ");
        let program = line.split(' ').next().unwrap();
        let run = format!(
            "source ./script; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             [[ $(complete -p {program}) =~ -F\\ ([^ ]+) ]] && \
             ${{BASH_REMATCH[1]}} {program} \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"; \
             echo \"${{COMPREPLY[@]}}\""
        );
        let completed = output("bash", &["--norc", "-c", &run], scratch.path()).unwrap();
        let replaced = expected.rsplit(':').next().unwrap();
        assert_eq!(completed.trim_end(), replaced, "{line}");
    }
    // With a colon alone, and where no word ends at a colon.
    let run = "source ./script; COMP_WORDS=(xtask show platform :); COMP_CWORD=3; _xtask_with_colons xtask : platform; \
               echo \"${COMPREPLY[@]}\"; COMP_WORDBREAKS=${COMP_WORDBREAKS//:}; COMP_WORDS=(xtask show platform:ac); \
               COMP_CWORD=2; _xtask_with_colons xtask platform:ac show; echo \"${COMPREPLY[@]}\"";
    let completed = output("bash", &["--norc", "-c", run], scratch.path()).unwrap();
    assert_eq!(completed, "acme-cloud initech-cloud\nplatform:acme-cloud\n");
}

#[test]
fn fish_completes_ids_with_a_colon() {
    let scratch = folder("fish");
    for (line, expected) in LINES {
        let run = format!("source ./script; complete -C '{line}'");
        let Some(completed) = output("fish", &["--no-config", "-c", &run], scratch.path()) else { return };
        let words: Vec<_> = completed.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(words, [expected], "{line}");
    }
}

/// Types a line and a tab in a shell with a terminal, then has it print the line.
const ZSH: &str = r#"
zmodload zsh/zpty
zpty shell zsh -f -i
# Waits for a text, at most ten seconds.
await() {
  out=
  repeat 1000; do
    while zpty -r -t shell part; do out+=$part; done
    [[ $out == $~1 ]] && return
    sleep 0.01
  done
  print -r -- $out >&2
  return 1
}
zpty -w shell "PS1= ; bindkey -e; bindkey '^I' complete-word; source ./script; print REA''DY"
await '*READY*' || exit 1
zpty -w -n shell "$1"$'\t\x01print -r -- "<\x05>"\n'
await $'*\n<*>*' || exit 1
[[ $out =~ $'\n<([^>]*)>' ]] && print -r -- ${match[1]}
"#;

#[test]
fn zsh_completes_ids_with_a_colon_without_any_setting() {
    let scratch = folder("zsh");
    for (line, expected) in LINES {
        let Some(completed) = output("zsh", &["-f", "-c", ZSH, "zsh", line], scratch.path()) else { return };
        let before = line.rsplit_once(' ').unwrap().0;
        assert_eq!(completed.trim_end(), format!("{before} {expected}"), "{line}");
    }
}
