//! Excerpts of lines that are as long as a file: wherever a finding is, people are shown it, in a few columns.

use std::fs;

use crate::support::{Run, Scratch, run_with};

const FILE: &str = "offerings/acme-chat.toml";

/// More columns than a number of 16 bits can hold: blanks, tabs and wide characters. TOML takes only blanks
/// between values, and all of them in a text.
const FILLS: [(&str, bool); 5] =
    [(" ", true), ("\t", true), ("一", false), ("😀 ", false), ("e\u{301}", false)];
const COLUMNS: usize = 70_000;
/// What a text may hold of a fill.
const IN_TEXT: usize = 3_500;

/// Checks that findings are shown, each with its excerpt, and that no line is long.
fn assert_shown(run: &Run, rule: &str, place: &str, about: &str) {
    assert_eq!(run.status, 1, "{about}: {}", run.stderr);
    assert!(run.stdout.contains(&format!("[{rule}]")), "{about}: {}", cut(&run.stdout));
    assert!(run.stdout.contains(place), "{about}: {}", cut(&run.stdout));
    let longest = run.stdout.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(longest < 1_000, "{about} has a line of {longest} characters");
    assert!(!run.stderr.contains("panicked"), "{about}: {}", run.stderr);
}

fn cut(text: &str) -> String {
    text.chars().take(3_000).collect()
}

#[test]
fn a_place_far_to_the_right_is_shown() {
    for (one, is_blank) in FILLS {
        let fill = one.repeat(COLUMNS);
        let scratch = Scratch::new();
        let clean = scratch.read(FILE);
        if is_blank {
            let cases = [
                (
                    "schema/unknown-value",
                    clean.replacen("tier = \"self_serve\"", &format!("tier ={fill}\"self\""), 1),
                ),
                ("schema/syntax", clean.replacen("tier = \"self_serve\"", &format!("tier = {fill}= 1"), 1)),
                ("schema/unknown-key", format!("{fill}nmae = \"x\"\n{clean}")),
            ];
            for (rule, text) in cases {
                assert_ne!(text, clean);
                scratch.write(FILE, &text);
                assert_shown(&scratch.run(&["lint"]), rule, ":7000", rule);
                let stdin = ["lint", "-", "--stdin-path", "data/offerings/acme-chat.toml"];
                assert_shown(
                    &run_with(scratch.path(), &stdin, &text, &[]),
                    rule,
                    "acme-chat.toml:",
                    "standard input",
                );
                assert_shown(&scratch.run(&["lint", "--fix"]), rule, "acme-chat.toml:", "--fix");
            }
        }
        let fill = one.repeat(IN_TEXT);
        let note = format!("note = \"{fill} jo@acme.example {fill}\"");
        scratch.write(
            FILE,
            clean.replacen("note = \"Acme keeps prompts for 30 days and waives that on request.\"", &note, 1),
        );
        let run = scratch.run(&["lint", "--all", "--deny", "warnings"]);
        assert_shown(&run, "text/email-address", "jo@acme.example", "a note");
        let profile = format!("skip = [\"{fill}\", 1]\n");
        fs::write(scratch.path().join("p.toml"), profile).unwrap();
        fs::write(scratch.path().join("t.csv"), "a,b\n1,2\n").unwrap();
        let run = scratch.run(&["import", "t.csv", "--profile", "p.toml"]);
        assert_shown(&run, "schema/wrong-type", "p.toml:1:", "a profile");
    }
}

#[test]
fn related_places_far_apart_are_shown() {
    let scratch = Scratch::new();
    let gap = " ".repeat(COLUMNS);
    let text = scratch.read(FILE)
        + &format!("\n[cells.hipaa_baa]\nstatus = \"no\"\ngeography = [\"DE\",{gap}\"FR\",{gap}\"DE\"]\n");
    scratch.write(FILE, &text);
    let run = scratch.run(&["lint", "--all"]);
    assert_shown(&run, "cell/listed-twice", "it is listed here first", "a list");
    assert!(run.stdout.contains("\"DE\",") && run.stdout.contains("…"), "{}", cut(&run.stdout));
    // The name of another file is shown in a report within the report.
    let name = |scratch: &Scratch, path: &str, from: &str| {
        let text = scratch.read(path).replacen(from, &format!("name ={gap}\"Twice\""), 1);
        scratch.write(path, text);
    };
    name(&scratch, FILE, "name = \"Acme Chat\"");
    name(&scratch, "offerings/initech-host.toml", "name = \"Initech Open Models\"");
    let run = scratch.run(&["lint", "--all"]);
    assert_shown(&run, "entity/duplicate-name", &format!(":{}", COLUMNS + 7), "two files");
}

#[test]
fn findings_on_one_line_are_shown_in_a_screen_each() {
    let scratch = Scratch::new();
    let clean = scratch.read(FILE);
    let size = |codes: usize| {
        let list = (0..codes).map(|nth| format!("\"X{nth}\"")).collect::<Vec<_>>().join(", ");
        scratch.write(FILE, format!("{clean}\n[cells.hipaa_baa]\nstatus = \"no\"\ngeography = [{list}]\n"));
        let run = scratch.run(&["lint", "--all"]);
        assert_shown(&run, "schema/unknown-value", "acme-chat.toml:", "a list");
        run.stdout.len()
    };
    let (some, twice) = (size(500), size(1_000));
    assert!(twice < some * 21 / 10, "{some} bytes, then {twice}");
}
