//! The last day of an answer, by its reading and by its facts: what is reported, listed and shown as it comes and goes.

use crate::daily::transcript;
use crate::support::Scratch;

const FILE: &str = "offerings/acme-chat.toml";
const FACTS: &str = "report_type = \"type_2\"\nscope = [\"Acme API\"]\n";

/// The example registry, with a report that supports an answer until 2026-08-10.
fn with_report() -> Scratch {
    let scratch = Scratch::new();
    scratch.replace(FILE, FACTS, &format!("report_date = 2025-08-10\n{FACTS}"));
    scratch
}

/// The rules about last days that fire on a day, with their severities and how often, and the exit status.
fn fired(scratch: &Scratch, day: &str, more: &[&str]) -> (Vec<String>, i32) {
    let rules = "cell/due-soon,cell/stale,cell/long-stale,fact/ends-soon,fact/expired,fact/long-expired";
    let lint = ["lint", "--format", "json", "--select", rules, "--today", day];
    let run = scratch.run(&[&lint, more].concat());
    let json = run.json();
    let mut fired: Vec<(String, usize)> = Vec::new();
    for finding in json["findings"].as_array().unwrap() {
        let [severity, rule] = ["severity", "rule"].map(|key| finding[key].as_str().unwrap());
        let name = format!("{severity} {rule}");
        match fired.iter_mut().find(|(known, _)| *known == name) {
            Some((_, number)) => *number += 1,
            None => fired.push((name, 1)),
        }
    }
    fired.sort();
    (fired.into_iter().map(|(name, number)| format!("{name}: {number}")).collect(), run.status)
}

#[test]
fn severity_grows_with_time() {
    let scratch = with_report();
    let days = [
        "2026-07-10",
        "2026-07-11",
        "2026-08-10",
        "2026-08-11",
        "2026-10-29",
        "2026-11-28",
        "2026-11-29",
        "2027-08-05",
        "2027-08-06",
        "2027-11-23",
        "2027-11-24",
    ];
    let steps = days.map(|day| {
        let (fired, status) = fired(&scratch, day, &[]);
        format!("{day} => {status}\n{}", fired.iter().map(|one| format!("  {one}\n")).collect::<String>())
    });
    insta::assert_snapshot!(steps.concat());
}

#[test]
fn the_end_of_a_fact_says_where_it_is_and_what_to_do() {
    let scratch = with_report();
    let lint = |rule, day| {
        let transcript = scratch.run(&["lint", "-v", "--select", rule, "--today", day]).stdout;
        // What follows is how long it took.
        transcript.split_once("\n10 files").unwrap().0.to_owned()
    };
    insta::assert_snapshot!(
        [
            lint("fact/ends-soon", "2026-07-15"),
            lint("fact/expired", "2026-08-11"),
            lint("fact/long-expired", "2027-12-01")
        ]
        .concat()
    );
}

#[test]
fn time_alone_fails_no_change() {
    let scratch = with_report();
    scratch.commit_all();
    scratch.run(&["export", "json-schema", "-q"]);
    scratch.run(&["export", "rules", "-q"]);
    scratch.replace("offerings/initech-host.toml", "summary = \"", "summary = \"Now: ");
    let late = "2028-01-01";
    let (whole, status) = fired(&scratch, late, &[]);
    assert!(whole.iter().all(|one| one.starts_with("error ")) && status == 1, "{whole:?}");
    assert_eq!(fired(&scratch, late, &["--since", "main"]), (vec![], 0));
    assert_eq!(scratch.run(&["ci", "--today", late]).status, 1);
    let since = scratch.run(&["ci", "--today", late, "--since", "main"]);
    assert_eq!(since.status, 0, "{}{}", since.stdout, since.stderr);
    let faulty = scratch.run(&["ci", "--today", late, "--since", "nowhere"]);
    assert_eq!(faulty.status, 2, "{}{}", faulty.stdout, faulty.stderr);
    scratch.replace("offerings/initech-host.toml", "platform = \"", "platform = \"no-");
    assert_eq!(scratch.run(&["ci", "--today", late, "--since", "main"]).status, 1);
}

#[test]
fn an_old_copy_that_a_change_records_is_a_warning() {
    let scratch = Scratch::new();
    scratch.commit_all();
    let text = scratch.read(FILE);
    let (before, after) = text.split_once("[cells.retention_zdr]").unwrap();
    scratch
        .write(FILE, format!("{}[cells.retention_zdr]{after}", before.replace("2026-06-01", "2020-06-01")));
    let today = "2026-07-15";
    assert_eq!(fired(&scratch, today, &["--since", "main"]), (vec!["warning cell/long-stale: 1".into()], 0));
    assert_eq!(fired(&scratch, today, &[]), (vec!["error cell/long-stale: 1".into()], 1));
}

#[test]
fn the_end_of_a_fact_is_a_due_day() {
    let scratch = with_report();
    insta::assert_snapshot!(
        transcript(
            &scratch,
            &[
                &["due"],
                &["due", "--within", "25"],
                &["due", "--format", "json"],
                &["due", "--format", "ics"],
                &["review"],
                &["find", "cells.soc2_type2.days_left < 30", "--format", "ids"],
            ]
        )
        .replace('\r', "")
    );
}

#[test]
fn what_ends_an_answer_is_shown() {
    let scratch = with_report();
    let show = |day| {
        let shown = scratch.run(&["show", "acme-chat", "--dimension", "soc2_type2", "--today", day]).stdout;
        shown.lines().find(|line| line.contains("due again")).unwrap().trim().to_owned()
    };
    let exported = |format: &str, file: &str| {
        let run = scratch.run(&["export", format, "--out", "out", "--force", "-q"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        std::fs::read_to_string(scratch.path().join("out").join(file)).unwrap()
    };
    let markdown = exported("markdown", "offerings/acme-chat.md");
    let markdown = markdown.lines().find(|line| line.contains("(fact: report date)")).unwrap().to_owned();
    let json: serde_json::Value =
        serde_json::from_str(&exported("json", "offerings/acme-chat.json")).unwrap();
    let cell = &json["offering"]["dimensions"]["soc2_type2"];
    let keys = ["as_of", "expires", "expires_by", "days_left"].map(|key| format!("{key}: {}", cell[key]));
    let csv = exported("csv", "answers.csv");
    let csv = csv
        .lines()
        .find(|line| line.starts_with("acme-chat,") && line.contains("soc2_type2"))
        .unwrap()
        .to_owned();
    insta::assert_snapshot!(
        [show("2026-08-10"), show("2026-08-11"), markdown, keys.join(", "), csv].join("\n")
    );
}

#[test]
fn limits_that_cannot_be_are_reported_at_their_place() {
    let scratch = Scratch::new();
    let text = scratch.read("dimensions.toml");
    let text = text.replacen(
        "stale_after_days = 180\n",
        "stale_after_days = 0\ndue_soon_days = -1\nfar_past_days = -360\n",
        1,
    );
    let text = text.replacen("valid_for_days = 365\n", "valid_for_days = -365\n", 1);
    let auditor = "type = \"text\"\nmeaning = \"audit firm\"\n";
    assert!(text.contains(auditor));
    scratch.write("dimensions.toml", text.replacen(auditor, &format!("valid_for_days = 0\n{auditor}"), 1));
    let rules = "registry/negative-limit,registry/end-without-day";
    let run = scratch.run(&["lint", "--format", "concise", "--select", rules]);
    insta::assert_snapshot!(run.stdout);
}
