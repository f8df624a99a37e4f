//! The commands of a maintainer's day: what there is to read, what was read, and what holds for all of them.

use std::collections::BTreeSet;

use crate::support::{Scratch, TODAY, run_with};

/// Commands as they are typed, with what each prints.
pub(crate) fn transcript(scratch: &Scratch, commands: &[&[&str]]) -> String {
    let transcript = commands.iter().map(|arguments| {
        let run = scratch.run(arguments);
        format!("$ {}\n{}{}=> {}\n\n", arguments.join(" "), run.stdout, run.stderr, run.status)
    });
    transcript.collect()
}

/// The example registry with a comment on every line that states something.
pub(crate) fn commented() -> Scratch {
    let scratch = Scratch::new();
    let mut number = 0;
    for file in files(&scratch) {
        let line = |line: &str| {
            number += 1;
            if line.contains(" = ") { format!("{line} # c{number}\n") } else { format!("{line}\n") }
        };
        let text: String = scratch.read(&file).lines().map(line).collect();
        scratch.write(&file, text);
    }
    scratch
}

/// The paths of the data files.
fn files(scratch: &Scratch) -> Vec<String> {
    let mut files = vec!["registry.toml".to_owned()];
    for folder in ["offerings", "organizations", "platforms"] {
        let entries = std::fs::read_dir(scratch.file(folder)).unwrap();
        files.extend(
            entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap())),
        );
    }
    files.sort();
    files
}

/// The comments in all files that [`commented`] made.
fn comments(scratch: &Scratch) -> BTreeSet<String> {
    let texts = files(scratch).into_iter().map(|file| scratch.read(&file));
    let of = |text: String| {
        let lines = text.lines().filter_map(|line| Some(line.rsplit_once(" # ")?.1.to_owned()));
        lines.collect::<Vec<_>>()
    };
    texts.flat_map(of).collect()
}

/// The fingerprints of what is an error or a warning.
fn wrong(scratch: &Scratch) -> BTreeSet<String> {
    let findings = scratch.findings().into_iter().filter(|finding| finding["severity"] != "info");
    findings.map(|finding| format!("{} {}", finding["rule"], finding["fingerprint"])).collect()
}

const BY: [&str; 4] = ["--by", "Jane Roe", "--reason", "The page says so."];

#[test]
fn each_command_keeps_comments_and_layout_and_leaves_lint_no_worse() {
    let with_by = |arguments: &[&'static str]| [arguments, &BY].concat();
    let commands: Vec<Vec<&str>> = vec![
        vec!["verify", "acme-chat/soc2_type2"],
        vec!["verify", "--read", "https://acme.example/dpa"],
        with_by(&["verify", "--read", "https://commission.example/signatories"]),
        vec!["reread", "https://acme.example/soc2", "--outcome", "ok", "--quote", "A report."],
        vec!["reread", "https://acme.example/retention", "--outcome", "blocked", "--http-status", "403"],
        vec!["cite", "acme-chat/soc2_type2", "https://acme.example/trust", "--title", "Trust page"],
        vec![
            "cite",
            "platform:acme-cloud/gdpr_dpa",
            "https://acme.example/dpa",
            "--quote",
            "This addendum …",
        ],
        vec!["flag", "acme-chat/soc2_type2", "--what", "The page names another auditor."],
        with_by(&["dismiss", "acme-chat/soc2_type2"]),
        with_by(&["correct", "acme-chat/retention_zdr", "--set", "facts.retention_days=14"]),
        vec![
            "accept",
            "cell/self-serve-behind-sales",
            "acme-chat",
            "--owner",
            "Jane",
            "--reason",
            "It is so.",
        ],
        vec!["rename", "platform:acme-cloud", "acme-works"],
    ];
    let scratch = commented();
    let before = wrong(&scratch);
    for command in &commands {
        let known = comments(&scratch);
        let plan = scratch.run(command);
        let shown = [command.as_slice(), &["--write"]].concat();
        if command[0] == "accept" {
            assert_eq!(plan.status, 2, "there is nothing to accept: {}", plan.stderr);
            continue;
        }
        assert_eq!(plan.status, 0, "{command:?}: {}{}", plan.stdout, plan.stderr);
        assert!(
            plan.stdout.contains("@@") && comments(&scratch) == known,
            "a plan writes nothing: {command:?}"
        );
        let run = scratch.run(&shown);
        assert_eq!(run.status, 0, "{command:?}: {}", run.stderr);
        assert_eq!(comments(&scratch), known, "{command:?}");
        assert_eq!(scratch.run(&["fmt", "--check"]).status, 0, "{command:?}");
        let mut after = wrong(&scratch);
        after.retain(|finding| !finding.contains("review/open-flag"));
        assert!(after.is_subset(&before), "{command:?}: {after:?}");
    }
}

#[test]
fn cells_are_verified_where_a_reading_supports_it() {
    let scratch = Scratch::new();
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["verify", "acme-chat/soc2_type2"],
            &["verify", "--read", "https://acme.example/dpa", "--by", "Jane Roe", "--write"],
            &["verify", "--read", "https://acme.example/dpa", "--write"],
            &[
                "verify",
                "platform:acme-cloud",
                "--read",
                "https://acme.example/baa",
                "--on",
                "2026-07-01",
                "--write"
            ],
            &["verify", "platform:acme-cloud", "--read", "https://acme.example/baa", "--on", "2026-06-02"],
        ]
    ));
}

#[test]
fn what_cannot_be_verified_is_refused_with_what_to_state() {
    let scratch = Scratch::new();
    scratch.replace(
        "platforms/acme-cloud.toml",
        "https://acme.example/baa\"\nfetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }",
        "https://acme.example/baa\"\nfetch = { outcome = \"ok\", via = \"stored_copy\" }",
    );
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["verify", "platform:acme-cloud/hipaa_baa"],
            &["verify", "globex-on-initech/soc2_type2"],
            &["verify", "globex-on-initech"],
            &["verify", "acme-chat/soc2"],
            &["verify", "acme-chatt/soc2_type2"],
            &["verify", "acme-chat/soc2_type2", "--read", "https://acme.example/other"],
            &["verify", "acme-chat/retention_zdr", "--read", "https://acme.example/soc2"],
            &["verify", "acme-chat/soc2_type2", "--on", "2026-07-16"],
            &["verify"],
        ]
    ));
}

#[test]
fn a_cell_that_was_read_says_how_sure_it_is() {
    let scratch = Scratch::new();
    scratch.replace(
        "platforms/acme-cloud.toml",
        "confidence = \"high\"\nheadline = \"A BAA of Acme",
        "confidence = \"medium\"\nconfidence_reasons = [\"not_read\"]\nheadline = \"A BAA of Acme",
    );
    scratch.replace(
        "platforms/acme-cloud.toml",
        "https://acme.example/baa\"\nfetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }",
        "https://acme.example/baa\"\nfetch = { outcome = \"not_attempted\" }",
    );
    let verify = ["verify", "--read", "https://acme.example/baa"];
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &verify,
            &[&verify[..], &["--because", "scope_unverified"]].concat(),
            &[&verify[..], &["--confidence", "high"]].concat(),
        ]
    ));
}

#[test]
fn an_attempt_is_recorded_in_every_cell_that_cites_the_page() {
    let scratch = Scratch::new();
    let copy = "https://archive.example/20260701000000/https://acme.example/soc2";
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["reread", "https://acme.example/soc2", "--outcome", "ok", "--quote", "Type II", "--write"],
            &["reread", "https://acme.example/soc2", "--outcome", "ok", "--on", "2026-07-01"],
            &[
                "reread",
                "https://acme.example/soc2/terms",
                "--outcome",
                "ok",
                "--via",
                "archive",
                "--on",
                "2026-07-01",
                "--archived",
                copy
            ],
            &["reread", "https://commission.example/signatories", "--outcome", "ok"],
            &["reread", "https://commission.example/signatories", "--outcome", "ok", "--unverify"],
            &[
                "reread",
                "https://acme.example/dpa",
                "--outcome",
                "not_found",
                "--http-status",
                "404",
                "--unverify"
            ],
            &["reread", "https://acme.example/dpaa", "--outcome", "ok"],
            &["reread", "https://acme.example/dpa", "--outcome", "ok", "--via", "archive"],
            &["reread", "https://acme.example/dpa", "--outcome", "blocked", "--quote", "x"],
        ]
    ));
}

#[test]
fn a_worklist_groups_cells_by_the_pages_that_settle_them() {
    let scratch = Scratch::new();
    scratch.run(&["flag", "https://acme.example/soc2", "--what", "Another auditor?", "--write"]);
    let review = scratch.run(&["review", "--within", "150", "--max", "3"]);
    insta::assert_snapshot!(format!("{}{}", review.stdout, review.stderr));
    assert!(scratch.run(&["review", "--within", "0"]).stdout.starts_with("1 answer is due"));
    let json = scratch.run(&["review", "--within", "150", "--format", "json"]).json();
    assert_eq!(json["cells"], 15);
    let pages = json["pages"].as_array().unwrap();
    let cells = pages.iter().flat_map(|page| page["cells"].as_array().unwrap());
    let subjects: BTreeSet<_> = cells.map(|cell| cell["subject"].as_str().unwrap()).collect();
    assert_eq!((pages.len(), subjects.len()), (13, 15), "each cell is on one page");
    insta::assert_snapshot!(serde_json::to_string_pretty(&pages[0]).unwrap());
    insta::assert_snapshot!(transcript(
        &scratch,
        &[&["due", "--within", "136"], &["due", "--within", "135"]]
    ));
}

#[test]
fn what_is_due_is_a_calendar_too() {
    let scratch = Scratch::new();
    let calendar = scratch.run(&["due", "--within", "150", "--format", "ics"]).stdout;
    assert!(calendar.split_inclusive('\n').all(|line| line.ends_with("\r\n") && line.len() <= 77));
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 13);
    let first: String = calendar.split_inclusive("END:VEVENT\r\n").take(1).collect();
    insta::assert_snapshot!(first.replace('\r', ""));
    let json = scratch.run(&["due", "--within", "150", "--format", "json"]).json();
    assert_eq!(json["cells"].as_array().unwrap().len(), 15);
    assert_eq!(json["cells"][0]["days_left"], 136);
}

#[test]
fn what_a_text_must_not_hold_is_refused_by_the_rules() {
    let scratch = Scratch::new();
    let before = scratch.read("offerings/acme-chat.toml");
    let long = "x".repeat(120_000);
    for what in ["a \u{202e} b", "see \u{1b}[31m", "<<<<<<< HEAD", long.as_str()] {
        let run = scratch.run(&["flag", "acme-chat/soc2_type2", "--what", what, "--write"]);
        assert_eq!(run.status, 1, "{}{}", run.stdout, run.stderr);
        assert!(run.stderr.contains("so nothing was written"), "{}", run.stderr);
        assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'));
    }
    for subject in [
        "",
        "/",
        "acme-chat/",
        "acme-chat//",
        ":",
        "platform:",
        "https://",
        "offering:acme-chat/soc2_type2/x/y/z",
    ] {
        let run = scratch.run(&["flag", subject, "--what", "Is it so?"]);
        let is_known = subject.starts_with("offering:");
        assert_eq!(run.status, if is_known { 0 } else { 2 }, "{subject}: {}{}", run.stdout, run.stderr);
        assert!(is_known || run.stderr.starts_with("error: "), "{subject}: {}", run.stderr);
    }
    assert_eq!(scratch.read("offerings/acme-chat.toml"), before);
}

/// One sitting: a page is verified, another one could not be read, an answer is flagged and the flag dismissed.
#[test]
fn a_review_goes_through_the_pages_one_by_one() {
    let scratch = Scratch::new();
    scratch.run(&["flag", "acme-chat/soc2_type2", "--what", "Another auditor?", "--write"]);
    let said = [
        "?",
        "d 1",
        "The report names both.",
        "Jane Roe",
        "v",
        "x",
        "blockd",
        "x",
        "blocked",
        "n",
        "f 1",
        "Is it so?",
        "v 9",
        "s",
        "c",
        "status=partial",
        "",
        "The page names a limit.",
        "q",
    ];
    let arguments = ["--today", TODAY, "review", "--interactive", "--within", "150"];
    let run = run_with(scratch.path(), &arguments, &(said.join("\n") + "\n"), &[]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    insta::assert_snapshot!(format!("{}{}", run.stdout, run.stderr));
    let cell = scratch.read("offerings/acme-chat.toml");
    assert!(
        cell.contains("verdict = \"dismissed\"") && cell.contains(&format!("on = {TODAY}, via = \"direct\""))
    );
}

/// The numbers after a letter choose among the answers; the others stay, also those that the list does not show.
#[test]
fn a_review_changes_only_the_answers_that_were_chosen() {
    let scratch = Scratch::new();
    let files = ["organizations/acme.toml", "organizations/globex.toml", "organizations/initech.toml"];
    let before = files.map(|file| scratch.read(file));
    let arguments = ["--today", TODAY, "review", "--interactive", "--within", "150"];
    let run = run_with(scratch.path(), &arguments, "x 2\nblocked\nn\nv 3\nq\n", &[]);
    let after = files.map(|file| scratch.read(file));
    assert_eq!(before[0], after[0], "{}", run.stdout);
    assert!(after[1].contains("could not be read: blocked."));
    assert!(after[2].contains(&format!("verified_on = {TODAY}")), "{}", run.stdout);
    assert!(!after[1].contains(&format!("verified_on = {TODAY}")), "{}", run.stdout);

    let page = "https://commission.example/signatories";
    let read = ["--outcome", "ok", "--unverify", "--write"];
    let run = scratch.run(&[&["reread", page, "organization:globex"], &read[..]].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(scratch.read(files[1]).contains(&format!("on = {TODAY}, via = \"direct\"")));
    assert_eq!([scratch.read(files[0]), scratch.read(files[2])], [after[0].clone(), after[2].clone()]);
}

#[test]
fn a_review_dismisses_every_flag_of_an_answer() {
    let scratch = Scratch::new();
    for what in ["Another auditor?", "Another period?"] {
        scratch.run(&["flag", "acme-chat/soc2_type2", "--what", what, "--write"]);
    }
    let arguments = ["--today", TODAY, "review", "--interactive", "--within", "0"];
    let run = run_with(scratch.path(), &arguments, "d\nThe report names both.\nJane Roe\nq\n", &[]);
    assert_eq!(
        scratch.read("offerings/acme-chat.toml").matches("verdict = \"dismissed\"").count(),
        2,
        "{}",
        run.stderr
    );
}

/// Nothing that was read or seen is replaced by what is older, and no question is closed by another page.
#[test]
fn what_is_newer_or_about_another_page_stays() {
    let scratch = Scratch::new();
    let (page, other) = ("https://acme.example/soc2", "https://acme.example/soc2/terms");
    let by = ["--by", "Jane Roe", "--reason", "The page says so."];
    let refused = |arguments: &[&str], why: &str| {
        let run = scratch.run(&[arguments, &["--write"]].concat());
        assert_ne!(run.status, 0, "{arguments:?}: {}", run.stdout);
        assert!(run.stderr.contains(why), "{arguments:?}: {}", run.stderr);
    };
    let cell = "acme-chat/soc2_type2";
    let newer = "states an attempt of 2026-06-01 to read this page, which is newer than 2026-05-01";
    refused(&["verify", cell, "--read", page, "--on", "2026-05-01"], newer);
    refused(&["cite", cell, page, "--quote", "A report.", "--on", "2026-05-01"], newer);
    let correct = ["correct", cell, "--set", "note=It is so.", "--read", page, "--on", "2026-05-01"];
    refused(&[&correct[..], &by].concat(), newer);
    let copy = "https://web.archive.org/web/20240601000000/https://acme.example/soc2";
    let reread =
        ["reread", page, "--outcome", "ok", "--via", "archive", "--on", "2026-07-14", "--archived", copy];
    refused(&reread, "the warning must be fixed first, so nothing was written");

    let what = format!("{other} is not there any more.");
    scratch.run(&["flag", cell, "--id", "page-gone", "--what", &what, "--write"]);
    let verify = ["verify", cell, "--read", page, by[0], by[1], by[2], by[3]];
    refused(&verify, "is about another page");
    let named = scratch.run(&[&verify[..], &["--flag", "page-gone"]].concat());
    assert_eq!(named.status, 0, "{}", named.stderr);
    let about_it = scratch.run(&["verify", cell, "--read", other, by[0], by[1], by[2], by[3]]);
    assert!(about_it.stdout.contains("page-gone"), "{}{}", about_it.stdout, about_it.stderr);
}
