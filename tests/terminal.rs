//! Output to a terminal, the log of a CI runner, or a shell: whatever the data and the names of files contain, no
//! line is a command to a runner, no control or bidirectional character is raw, and a shell runs nothing.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::site::hostile;
use crate::support::{self, Run, Scratch, TODAY, run_with};
use proptest::prelude::*;

/// What a runner of GitHub, Azure Pipelines or TeamCity obeys, and what a terminal does.
const ATTACKS: [&str; 9] = [
    "::error title=a::b",
    "::add-mask::a",
    " \u{a0}::stop-commands::x",
    "##[error]a",
    "##vso[task.setvariable variable=a]b",
    "##teamcity[message text='a']",
    "\u{1b}[31m\u{9b}2J\u{7}\u{85}",
    "\u{202e}\u{2066}a\u{feff}",
    "a\r::error::b\t##[c]",
];

/// Attacks at the start of a text, and after so many words that some width wraps a line just there.
fn attacks() -> Vec<String> {
    let behind = |attack: &&str| [0, 1, 17, 18, 19, 24, 25, 26, 33].map(|words| "x ".repeat(words) + attack);
    ATTACKS.iter().flat_map(behind).collect()
}

/// Every command that shows texts of the data, for two offerings `h0` and `h1`.
const COMMANDS: [&[&str]; 22] = [
    &["lint", "--all", "--verbose"],
    &["lint", "--format", "concise"],
    &["lint", "--format", "junit"],
    &["lint", "--format", "json"],
    &["lint", "--format", "sarif"],
    &["lint", "--format", "gitlab"],
    &["lint", "--unsafe-fixes", "--diff"],
    &["fmt", "--check"],
    &["fmt", "--diff"],
    &["show", "h0"],
    &["show", "h0", "--short"],
    &["show", "platform:h0"],
    &["show", "organization:h1"],
    &["show", "h0", "--format", "json"],
    &["compare", "h0", "h1", "--notes"],
    &["compare", "h0", "h1", "--format", "json"],
    &["find", "true", "--show", "iso_27001"],
    &["find", "true", "--format", "json"],
    &["export", "csv", "--check"],
    &["export", "json", "--check"],
    &["export", "markdown", "--check"],
    &["ci"],
];

/// Runs a command as CI does, with so many columns.
fn run(scratch: &Scratch, columns: &str, arguments: &[&str]) -> Run {
    run_with(scratch.path(), arguments, "", &[("CI", "true"), ("COLUMNS", columns)])
}

fn assert_harmless(run: &Run, about: &str) {
    for text in [&run.stdout, &run.stderr] {
        for line in text.lines() {
            let start = line.trim_start();
            assert!(!start.starts_with("::"), "{about}: {line:?}");
            for command in ["##[", "##vso[", "##teamcity["] {
                assert!(!line.contains(command), "{about}: {line:?}");
            }
        }
        let is_raw = |c: char| model::is_control(c) && c != '\n' || model::turns_direction(c);
        let raw = text.find(is_raw).map(|at| &text[text.floor_char_boundary(at.saturating_sub(40))..]);
        assert_eq!(raw.map(|rest| rest.chars().take(80).collect::<String>()), None, "{about}");
    }
}

/// The tables of a registry, to be imported over another.
fn with_tables(scratch: &Scratch) {
    let tables = scratch.path().join("tables");
    assert_eq!(scratch.run(&["export", "csv", "--out", tables.to_str().unwrap()]).status, 0);
    // They change every note, and one header is not known.
    let cells = fs::read_to_string(tables.join("cells.csv")).unwrap();
    fs::write(tables.join("cells.csv"), cells.replace("x x", "x y x")).unwrap();
    fs::write(tables.join("other.csv"), "owner,dimension,::x,##[y]\noffering:##vso[z],::u,v,w\n").unwrap();
}

const IMPORTS: [&[&str]; 4] = [
    &["import", "tables/cells.csv", "--all"],
    &["import", "tables/cells.csv", "--format", "json"],
    &["import", "tables/other.csv"],
    &["import", "tables/cells.csv", "tables/other.csv", "--format", "sarif"],
];

#[test]
fn no_line_is_a_command_at_any_width() {
    let scratch = hostile::filled(&attacks(), 2, false);
    with_tables(&scratch);
    for columns in ["40", "61", "80", "100"] {
        for arguments in COMMANDS.iter().chain(&IMPORTS) {
            let run = run(&scratch, columns, arguments);
            let about = format!("{arguments:?} at {columns}");
            assert!(!run.stdout.is_empty() || run.stderr.contains("error:"), "{about} says nothing");
            assert_harmless(&run, &about);
        }
    }
    let github = run(&scratch, "80", &["lint", "--format", "github"]).stdout;
    let is_own = |line: &str| {
        ["error", "warning", "notice"].iter().any(|level| line.starts_with(&format!("::{level} file=")))
    };
    let others: Vec<_> = github.lines().filter(|line| !is_own(line)).collect();
    assert!(matches!(others[..], [last] if last.contains(" in all; GitHub shows ")), "{others:?}");
    assert!(!github.contains("##[") && !github.contains("##vso[") && !github.contains('\u{1b}'));
}

#[test]
fn colours_and_links_are_never_those_of_the_data() {
    let attacks =
        ["x\u{1b}[38;5;201my", "\u{1b}]8;;https://evil.example/\u{1b}\\z\u{1b}]8;;\u{1b}\\", "\u{1b}[8mw"];
    let scratch = hostile::filled(&attacks.map(str::to_owned), 2, false);
    with_tables(&scratch);
    let colored = [("CLICOLOR_FORCE", "1"), ("FORCE_HYPERLINK", "1"), ("NO_COLOR", ""), ("COLUMNS", "70")];
    let mut found = 0;
    for arguments in COMMANDS.iter().chain(&IMPORTS) {
        let run = run_with(scratch.path(), arguments, "", &colored);
        for shown in [run.stdout, run.stderr] {
            let is_exact = arguments.contains(&"--diff") || arguments.contains(&"--check");
            if is_exact && *arguments != ["fmt", "--check"] {
                continue;
            }
            found += shown.matches('\u{1b}').count();
            for attack in ["\u{1b}[38;5;201m", "\u{1b}]8;;https://evil.example", "\u{1b}[8m"] {
                assert!(!shown.contains(attack), "{arguments:?}: {attack:?}");
            }
        }
    }
    assert!(found > 100, "colours are on");
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_filter("TOML has no such character", |c| *c != '\0').prop_map(String::from),
        prop::sample::select(ATTACKS.to_vec()).prop_map(str::to_owned),
        "(x{1,12} ){1,9}",
        "[:#\\[\n\r\t ]{1,4}",
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn any_texts_are_harmless_in_any_field(texts in prop::collection::vec(text(), 5..40), columns in 40..140_usize) {
        let scratch = hostile::filled(&texts, 2, false);
        with_tables(&scratch);
        for arguments in COMMANDS.iter().chain(&IMPORTS) {
            let run = run(&scratch, &columns.to_string(), arguments);
            assert_harmless(&run, &format!("{arguments:?} at {columns}"));
        }
    }
}

#[test]
fn json_says_the_same_with_every_character_visible() {
    let scratch = hostile::filled(&attacks(), 2, false);
    let out = scratch.path().join("json");
    assert_eq!(scratch.run(&["export", "json", "--out", out.to_str().unwrap()]).status, 0);
    let exported = fs::read_to_string(out.join("offerings/h0.json")).unwrap();
    let shown = scratch.run(&["show", "h0", "--format", "json"]);
    assert!(exported.contains("##vso["), "{exported}");
    assert_harmless(&shown, "show");
    assert_eq!(shown.json(), serde_json::from_str::<serde_json::Value>(&exported).unwrap());
}

#[test]
fn diffs_are_exact_for_programs_and_harmless_in_logs() {
    let scratch = Scratch::new();
    let file = "offerings/acme-chat.toml";
    let text = scratch.read(file).replace("\nname =", "\n# \u{202e}\t##[error]x\nname  =");
    scratch.write(file, text);
    let patched = |diff: &str| {
        let copy = Scratch::empty();
        support::copy(&scratch.path().join("data"), &copy.path().join("data"));
        let diff_file = copy.path().join("x.diff");
        fs::write(&diff_file, diff).unwrap();
        let patch =
            Command::new("patch").args(["-p0", "-i"]).arg(&diff_file).current_dir(copy.path()).output();
        patch.is_ok_and(|patch| patch.status.success()).then(|| copy.read(file))
    };
    for arguments in [&["fmt", "--diff"][..], &["lint", "--fix", "--diff"]] {
        if arguments[0] == "lint" {
            scratch.replace(file, "needs the approval of Acme\"", "needs the approval of Acme \"");
        }
        let exact = run_with(scratch.path(), arguments, "", &[("CI", "")]).stdout;
        let log = run_with(scratch.path(), arguments, "", &[("TF_BUILD", "True"), ("CI", "")]);
        assert!(!exact.is_empty(), "{arguments:?}");
        assert_harmless(&log, "a diff in a log");
        if arguments[0] == "fmt" {
            assert!(exact.contains("# \u{202e}\t##[error]x\n"), "{exact}");
            assert!(log.stdout.contains("# U+202E\\t#U+0023[error]x\n"), "{}", log.stdout);
            let formatted = patched(&exact);
            assert!(formatted.is_none_or(|text| text.contains("##[error]x\nname =")));
        }
        // A file is no log, also on a CI runner.
        let path = scratch.path().join("kept.diff");
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).args(["--today", TODAY]).current_dir(scratch.path()).env("CI", "true");
        command.stdout(File::create(&path).unwrap()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), exact);
    }
}

#[cfg(unix)]
mod names {
    //! Names of files are texts of strangers, too: git brings them along.

    use super::*;

    const OFFERING: &str = "offerings/acme-chat.toml";

    fn with_names(names: &[&str]) -> Scratch {
        let scratch = Scratch::new();
        for name in names {
            for folder in ["offerings", "platforms", "organizations"] {
                let text = scratch.read(OFFERING).replace("acme-chat", "other").replace("id =", "id  =");
                scratch.write(&format!("{folder}/{name}.toml"), text);
            }
        }
        scratch
    }

    #[test]
    fn names_are_harmless_in_every_line() {
        let scratch =
            with_names(&["x\n::error title=a::b\u{1b}[31m", "##vso[a]", "\u{202e}x", "##teamcity[x]"]);
        scratch.write("offerings/::error title=a::b\n##[c].yaml", "");
        let out = scratch.path().join("o\n::error::x##[y]");
        let out = out.to_str().unwrap();
        for arguments in [
            &["fmt", "--diff"][..],
            &["fmt", "--check"],
            &["fmt", "--check", "data/offerings/x\n::error title=a::b\u{1b}[31m.toml"],
            &["fmt", "data/offerings/\n::error::no"],
            &["lint", "--all"],
            &["lint", "--format", "concise"],
            &["lint", "--format", "junit"],
            &["lint", "--fix", "--diff"],
            &["ci"],
            &["show", "\n::error::x"],
            &["find", "true"],
            &["find", "true", "--format", "ids"],
            &["compare", "x\n::error title=a::b\u{1b}[31m", "acme-chat"],
            &["export", "csv", "--out", out],
            &["export", "csv", "--out", out, "--check"],
            &["export", "json", "--check"],
            &["import", "\n::error::x.csv"],
            &["new", "offering", "\n::error::x"],
            &["new", "offering", "y", "--platform", "\n::error::x"],
            &["explain", "\n::error::x"],
            &["man", "\n::error::x"],
            &["lint", "--baseline", "\n::error::x"],
            &["lint", "--\n::error::\u{1b}[31mx"],
            &["\n::error::x"],
            &["fmt"],
        ] {
            let ran = run(&scratch, "60", arguments);
            assert_harmless(&ran, &format!("{arguments:?}"));
        }
    }

    #[test]
    fn tables_are_named_in_a_command_as_one_word() {
        let scratch = Scratch::new();
        let table = "Provider,Has SOC 2?,Note\nAcme,yes,x\n";
        for name in ["$(touch PWN).csv", "a b'.csv", "\n::error::x.csv"] {
            fs::write(scratch.path().join(name), table).unwrap();
        }
        let drafted = |name: &str, profile: &str| scratch.run(&["import", name, "--save-profile", profile]);
        let said = drafted("$(touch PWN).csv", "p.toml").stdout;
        assert!(said.contains("cargo xtask import '$(touch PWN).csv' --profile p.toml\n"), "{said}");
        let said = drafted("a b'.csv", "q;r.toml").stdout;
        assert!(said.contains(r"cargo xtask import 'a b'\''.csv' --profile 'q;r.toml'"), "{said}");
        assert_harmless(&drafted("\n::error::x.csv", "s.toml"), "a draft");
    }

    #[test]
    fn only_ids_are_offered() {
        let scratch = with_names(&["$(touch PWN)", "acme-cha$", "Acme-Talk", "nul l"]);
        for (arguments, offered) in [
            (&["show", "acme-cha"][..], Some("`acme-chat`")),
            (&["show", "Acme-Talc"], Some("`organization:acme`")),
            (&["show", "touch"], None),
            (&["compare", "nul", "acme-chat"], None),
            (&["new", "offering", "x", "--platform", "$(touch PWN"], None),
            (&["fmt", "data/offerings/acme-cha.toml"], Some("data/offerings/acme-chat.toml")),
            (&["fmt", "data/offerings/Acme-Talc.toml"], Some("data/offerings/acme-chat.toml")),
        ] {
            let run = run(&scratch, "100", arguments);
            let meant = run
                .stderr
                .trim_end()
                .split_once("did you mean ")
                .map(|(_, meant)| meant.trim_end_matches('?'));
            assert_eq!((run.status, meant), (2, offered), "{arguments:?}: {}", run.stderr);
        }
        let ids = scratch.run(&["find", "true", "--format", "ids"]).stdout;
        assert_eq!(ids, "acme-chat\nglobex-on-initech\ninitech-host\n");
    }

    /// Names that end a word, a string or a line of some shell, or run a command in one.
    const CODE: [&str; 14] = [
        "x\";; esac; }; touch PWN; y() { case a in b) z=\"x",
        "$(touch PWN)",
        "`touch PWN`",
        "x'; touch PWN; echo '",
        "x'; touch PWN #",
        "x\ntouch PWN\n",
        "x; touch PWN;",
        "x|touch PWN",
        "x&&touch PWN",
        "$[touch PWN]",
        "(touch PWN)",
        "x)touch PWN",
        "x\\",
        "x\");touch PWN;(\"",
    ];

    #[test]
    fn a_shell_runs_no_name_of_a_file() {
        let (hostile, clean) = (with_names(&CODE), Scratch::new());
        let work = tempfile::tempdir().unwrap();
        let shells = ["bash", "zsh", "fish", "elvish", "powershell"];
        for shell in shells {
            let script = |scratch: &Scratch| scratch.run(&["completions", shell]).stdout;
            let text = script(&hostile);
            // Nothing gets in: the script is that of a registry without these files.
            assert_eq!(text, script(&clean), "{shell}");
            let path = work.path().join(shell);
            fs::write(&path, &text).unwrap();
            let source = match shell {
                "fish" => {
                    "source ./fish; complete -C 'xtask show '; complete -C 'xtask compare acme'; touch RAN"
                }
                "elvish" => "eval (slurp < elvish); touch RAN",
                "powershell" => ". ./powershell; New-Item RAN",
                "zsh" => "autoload -U compinit; compinit -D -u; source ./zsh; touch RAN",
                _ => {
                    "source ./bash; for word in '' x '$' '`' acme; do COMP_WORDS=(xtask show \"$word\"); COMP_CWORD=2; \
                     _xtask_with_colons xtask \"$word\" show; echo \"${COMPREPLY[@]}\"; done; touch RAN"
                }
            };
            let program = if shell == "powershell" { "pwsh" } else { shell };
            let mut command = Command::new(program);
            command.args(match shell {
                "bash" => &["--norc", "-c"][..],
                "zsh" => &["-f", "-c"],
                "powershell" => &["-NoProfile", "-Command"],
                _ => &["-c"],
            });
            // A shell that is not installed is not tried; bash is.
            let Ok(ran) = command.arg(source).current_dir(work.path()).env("HOME", work.path()).output()
            else {
                assert_ne!(shell, "bash");
                continue;
            };
            let said =
                String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
            assert!(fs::remove_file(work.path().join("RAN")).is_ok(), "{shell}: {said}");
            assert!(
                matches!(shell, "elvish" | "powershell" | "zsh") || said.contains("acme-chat"),
                "{shell}: {said}"
            );
            assert_nothing_ran(work.path(), shell);
        }
    }

    fn assert_nothing_ran(folder: &Path, about: &str) {
        let mut names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(names.all(|name| !name.to_string_lossy().contains("PWN")), "{about}");
    }
}
