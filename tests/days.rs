//! Which day counts as today, and which days are still to come.

use std::process::Command;

use crate::support::{Scratch, TODAY};

const FILE: &str = "offerings/acme-chat.toml";

/// The rules that report a day.
fn reported(scratch: &Scratch) -> Vec<String> {
    let findings = scratch.findings();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn tomorrow_has_begun_for_a_person_further_east() {
    assert_eq!(TODAY, "2026-07-15");
    for (day, expected) in [("2026-07-16", &[][..]), ("2026-07-17", &["cell/verified-in-future"])] {
        let scratch = Scratch::new();
        let text = scratch.read(FILE);
        scratch.write(FILE, text.replacen("verified_on = 2026-06-01", &format!("verified_on = {day}"), 1));
        assert_eq!(reported(&scratch), expected, "{day}");
    }
    for (day, expected) in [("2026-07-16", &[][..]), ("2026-07-17", &["registry/faulty-retirement"])] {
        let scratch = Scratch::new();
        let retired =
            format!("\n[[retired]]\nentity = \"offering:acme-talk\"\non = {day}\nreason = \"Merged.\"\n");
        scratch.write("registry.toml", scratch.read("registry.toml") + &retired);
        assert_eq!(reported(&scratch), expected, "{day}");
    }
}

#[test]
fn today_is_the_day_of_the_caller() {
    let scratch = Scratch::new();
    let text = scratch.read(FILE);
    scratch.write(FILE, text.replacen("verified_on = 2026-06-01", "verified_on = 9000-01-01", 1));
    // These two are 26 hours apart, so it is never the same day in both.
    let today = |zone: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command.args(["lint", "--format", "concise", "--select", "cell/verified-in-future"]);
        let output = output.current_dir(scratch.path()).env("TZ", zone).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let (_, day) = text.split_once("after today (").unwrap_or_else(|| panic!("{text}"));
        day.trim_end().trim_end_matches(')').to_owned()
    };
    let (east, west) = (today("UTC-14"), today("UTC+12"));
    assert!(east > west, "{east} {west}");
}
