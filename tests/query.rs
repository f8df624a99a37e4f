//! The commands that read the registry in the terminal.

use std::fs;

use crate::support::{Scratch, repository, run_at, run_in};
use serde_json::Value;

#[test]
fn found_offerings_are_a_table() {
    let scratch = Scratch::new();
    let run = scratch.run(&["find", "operator == 'initech'", "--show", "soc2_type2,data_residency"]);
    assert_eq!(run.status, 0);
    insta::assert_snapshot!(format!("{}---\n{}", run.stdout, run.stderr));
    let narrow = run_at(scratch.path(), 40, &["find", "true", "--show", "soc2_type2", "--show", "gpai_cop"]);
    insta::assert_snapshot!(narrow.stdout);
    assert_eq!(
        scratch.run(&["find", "true", "--format", "ids"]).stdout,
        "acme-chat\nglobex-on-initech\ninitech-host\n"
    );
}

#[test]
fn json_is_what_is_published_of_the_matches() {
    let scratch = Scratch::new();
    let out = scratch.path().join("json");
    assert_eq!(scratch.run(&["export", "json", "--out", out.to_str().unwrap()]).status, 0);
    let published: Value = serde_json::from_slice(&fs::read(out.join("data.json")).unwrap()).unwrap();
    let all = scratch.run(&["find", "true", "--format", "json"]).stdout;
    assert_eq!(all, fs::read_to_string(out.join("data.json")).unwrap());
    let found = scratch.run(&["find", "developer == 'globex'", "--format", "json"]).json();
    assert_eq!(found["offerings"], serde_json::json!([published["offerings"][1]]));
    assert_eq!(found["generated"], published["generated"]);
    let found = scratch.run(&["find", "true", "--format", "json", "--show", "gpai_cop"]).json();
    assert_eq!(found["offerings"].as_array().unwrap().len(), 3);
    assert_eq!(found["offerings"][0]["dimensions"].as_object().unwrap().len(), 1);
}

#[test]
fn no_match_is_no_failure_and_is_told() {
    let scratch = Scratch::new();
    let run = scratch.run(&["find", "id == 'acme-chat' && cells.gpai_cop.tier == 'self_serve'"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    insta::assert_snapshot!(run.stderr);
    assert_eq!(scratch.run(&["find", "false", "-q"]).stderr, "");
}

#[test]
fn a_faulty_expression_is_shown_with_its_place() {
    let run = Scratch::new().run(&["find", "cells.soc2_type2.status == \"yes-public\""]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(run.stderr);
    let run = Scratch::new().run(&["find", "true", "--show", "soc2"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stderr, "error: there is no dimension `soc2`: did you mean `soc2_type2`?\n");
}

#[test]
fn an_offering_is_shown_with_every_answer() {
    let scratch = Scratch::new();
    for columns in [80, 120] {
        let run = run_at(scratch.path(), columns, &["show", "globex-on-initech"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        assert!(run.stdout.lines().all(|line| line.chars().count() <= columns || line.contains("https://")));
        insta::assert_snapshot!(format!("show_{columns}"), run.stdout);
    }
    let short = run_at(scratch.path(), 80, &["show", "offering:acme-chat", "--short"]);
    insta::assert_snapshot!(short.stdout);
    let one =
        run_at(scratch.path(), 80, &["show", "acme-chat", "--dimension", "data_residency,retention_zdr"]);
    insta::assert_snapshot!(one.stdout);
}

#[test]
fn platforms_and_organizations_are_shown_with_what_they_store() {
    let scratch = Scratch::new();
    insta::assert_snapshot!(scratch.run(&["show", "platform:acme-cloud", "--short"]).stdout);
    let organization = scratch.run(&["show", "organization:globex"]).stdout;
    insta::assert_snapshot!(organization);
    assert_eq!(scratch.run(&["show", "globex"]).stdout, organization);
}

#[test]
fn what_is_not_there_is_told_with_what_may_be_meant() {
    let scratch = Scratch::new();
    scratch.replace(
        "offerings/acme-chat.toml",
        "name = \"Acme Chat\"",
        "name = \"Acme Chat\"\nformer_ids = [\"old-bot\"]",
    );
    let told = [
        &["show", "acme-chatt"][..],
        &["show", "platform:acme"],
        &["show", "platfrom:acme-cloud"],
        &["show", "old-bott"],
        &["show", "Globex on Initech Cloud"],
        &["show", "initech c"],
        &["show", "zzz"],
        &["show", "acme-chat", "--dimension", "soc2"],
        &["show", "organization:acme", "--dimension", "soc2_type2"],
        &["compare", "acme-chat", "acme-chat"],
        &["compare", "acme-chat", "organization:acme"],
    ]
    .map(|arguments| {
        let run = scratch.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        format!("{}\n  {}", arguments.join(" "), run.stderr)
    });
    insta::assert_snapshot!(told.concat());
}

#[test]
fn offerings_stand_side_by_side_or_below_each_other() {
    let scratch = Scratch::new();
    let all = ["compare", "acme-chat", "globex-on-initech", "initech-host"];
    for columns in [120, 80, 44] {
        let run = run_at(scratch.path(), columns, &all);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        insta::assert_snapshot!(format!("compare_{columns}"), run.stdout);
    }
    let differences = ["compare", "acme-chat", "initech-host", "--differences", "--notes"];
    insta::assert_snapshot!(run_at(scratch.path(), 80, &differences).stdout);
    let same = scratch.run(&[
        "compare",
        "acme-chat",
        "globex-on-initech",
        "--differences",
        "--dimension",
        "soc2_type2",
    ]);
    assert_eq!(
        (same.status, same.stdout.as_str(), same.stderr.as_str()),
        (0, "", "note: they do not differ\n")
    );
}

#[test]
fn what_was_read_and_for_which_models_an_answer_differs_is_shown() {
    let scratch = Scratch::new();
    let platform = "platforms/acme-cloud.toml";
    let reported = "fetch = { outcome = \"ok\", on = 2026-05-20, via = \"reported\", reported_by = \"https://review.example/acme\" }";
    let text = scratch.read(platform);
    let (before, after) = text.split_once("[cells.training_on_customer_data]").unwrap();
    let (cell, rest) = after.split_once("[cells.data_residency]").unwrap();
    let fetch = "fetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }";
    assert!(cell.contains(fetch), "{cell}");
    let cell = cell.replace(fetch, reported).replace("verified_on = 2026-06-01", "verified_on = 2026-05-20");
    let more = "[[cells.training_on_customer_data.evidence]]\n\
                url = \"https://review.example/acme\"\ntitle = \"Review\"\nrole = \"secondary\"\n\
                fetch = { outcome = \"ok\", via = \"stored_copy\" }\n\n\
                [[cells.training_on_customer_data.exceptions]]\nmodels = [\"acme-mini\"]\nstatus = \"no\"\n\
                headline = \"Mini trains on what it is sent\"\nnote = \"Stated in its own terms.\"\n\
                facts = { trains_by_default = true }\n\n";
    let text = format!("{before}[cells.training_on_customer_data]{cell}{more}[cells.data_residency]{rest}");
    scratch.write(platform, text);
    let one = ["show", "acme-chat", "--dimension", "training_on_customer_data", "--today", "2026-12-01"];
    insta::assert_snapshot!("readings_show", run_at(scratch.path(), 80, &one).stdout);
    let two = ["compare", "acme-chat", "initech-host", "--notes", "--dimension", "training_on_customer_data"];
    insta::assert_snapshot!("readings_compare", run_at(scratch.path(), 100, &two).stdout);
    let find = ["find", "'training_on_customer_data' in to_check", "--format", "ids"];
    assert_eq!(scratch.run(&find).stdout, "");
    let find = ["find", "cells.training_on_customer_data.as_of < '2026-06-01'", "--format", "ids"];
    assert_eq!(scratch.run(&find).stdout, "acme-chat\n");
    let via = "cells.training_on_customer_data.evidence.exists(one, one.fetch.via == 'reported')";
    assert_eq!(scratch.run(&["find", via, "--format", "ids"]).stdout, "acme-chat\n");
}

#[test]
fn what_is_shown_as_json_is_what_is_published() {
    let scratch = Scratch::new();
    let out = scratch.path().join("json");
    assert_eq!(scratch.run(&["export", "json", "--out", out.to_str().unwrap()]).status, 0);
    let published =
        |path: &str| -> Value { serde_json::from_slice(&fs::read(out.join(path)).unwrap()).unwrap() };
    for (name, path) in [
        ("acme-chat", "offerings/acme-chat.json"),
        ("platform:acme-cloud", "platforms/acme-cloud.json"),
        ("globex", "organizations/globex.json"),
    ] {
        let text = fs::read_to_string(out.join(path)).unwrap();
        assert_eq!(scratch.run(&["show", name, "--format", "json"]).stdout, text);
    }
    let one =
        scratch.run(&["show", "globex-on-initech", "--format", "json", "--dimension", "gpai_cop"]).json();
    assert_eq!(one["offering"]["dimensions"].as_object().unwrap().len(), 1);
    let compared = scratch.run(&["compare", "initech-host", "acme-chat", "--format", "json"]).json();
    let offerings = &published("data.json")["offerings"];
    assert_eq!(compared["offerings"], serde_json::json!([offerings[2], offerings[0]]));
}

#[test]
fn what_cannot_be_read_or_lies_ahead_is_left_out_and_told() {
    let scratch = Scratch::new();
    let file = "offerings/acme-chat.toml";
    scratch.replace(file, "route = \"request_form\"", "route = \"by_post\"");
    let text = scratch.read(file).replacen("verified_on = 2026-06-01", "verified_on = 2027-06-01", 1);
    scratch.write(file, text);
    scratch.write("offerings/broken.toml", "id = \"broken\"\nname = \"Broken\n");
    let run = scratch.run(&["show", "acme-chat", "--short"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.contains("2026-06-01"), "{}", run.stdout);
    let notes: Vec<_> = run.stderr.lines().collect();
    assert!(notes[0].contains("could not be read") && notes[1].contains("in the future"), "{notes:?}");
    let shown = scratch.run(&["show", "acme-chat", "--dimension", "retention_zdr"]).stdout;
    assert!(shown.contains("Terms: Enterprise only · could not be read · Requires approval"), "{shown}");
    let unverified = scratch.run(&["show", "acme-chat", "--dimension", "soc2_type2"]).stdout;
    assert!(unverified.contains("Verified: not by a person yet"), "{unverified}");
    let broken = scratch.run(&["show", "broken"]);
    assert_eq!((broken.status, broken.stdout.as_str()), (2, ""));
    assert!(broken.stderr.contains("nothing of offering broken could be read"), "{}", broken.stderr);
    assert_eq!(scratch.run(&["find", "true", "--format", "ids"]).stdout.lines().count(), 3);
}

#[test]
fn hostile_texts_are_inert() {
    let scratch = Scratch::new();
    let hostile = "x\\u001b[2J\\u001b]8;;https://evil.example\\u001b\\\\y\\u202e\\u0007\\r::error::z";
    let file = "offerings/acme-chat.toml";
    for (from, to) in [
        ("name = \"Acme Chat\"", format!("name = \"{hostile}\"")),
        ("summary = \"Acme's own API for its own models.\"", format!("summary = \"{hostile}\"")),
        ("headline = \"Zero retention needs the approval of Acme\"", format!("headline = \"{hostile}\"")),
        ("report_type = \"type_2\"", format!("report_type = \"{hostile}\"")),
        (
            "note = \"Acme keeps prompts for 30 days and waives that on request.\"",
            format!("note = \"{hostile}\""),
        ),
    ] {
        scratch.replace(file, from, &to);
    }
    let text = scratch.read(file).replace(
        "title = \"Terms of the service\"",
        &format!("title = \"{hostile}\"\nquote = \"{hostile}\""),
    );
    scratch.write(file, text);
    for arguments in [
        &["show", "acme-chat"][..],
        &["show", "acme-chat", "--short"],
        &["compare", "acme-chat", "initech-host", "--notes"],
        &["find", "true"],
        &["find", "name == '\u{1b}[2J\u{202e}' +"],
        &["find", "\u{1b}[2J\u{202e}"],
        &["show", "\u{1b}[2J\u{202e}"],
    ] {
        let run = scratch.run(arguments);
        let printed = format!("{}{}", run.stdout, run.stderr);
        let is_harmful = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!printed.contains(is_harmful), "{arguments:?}: {printed:?}");
        assert!(printed.contains("U+001B"), "{arguments:?}: {printed}");
    }
}

#[test]
fn the_examples_of_the_page_run_on_the_registry() {
    let page = fs::read_to_string(repository().join("docs/finding.md")).unwrap();
    let examples: Vec<_> =
        page.split("```cel\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(examples.len() >= 5);
    for example in examples {
        let run = run_in(repository(), &["find", example, "--format", "ids"]);
        assert_eq!(run.status, 0, "{example}: {}", run.stderr);
        assert!(!run.stdout.is_empty(), "{example}");
    }
}

#[test]
fn the_examples_of_the_help_run_on_the_registry() {
    for command in ["show", "compare", "find"] {
        let help = run_at(repository(), 80, &[command, "--help"]).stdout;
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
        let examples: Vec<_> = help.lines().filter_map(|line| line.strip_prefix("  cargo xtask ")).collect();
        assert!(examples.len() >= 3, "{help}");
        for example in examples {
            // A remark follows two blanks; a pager is not run.
            let example = example.split("  ").next().unwrap().split(" | ").next().unwrap();
            let mut arguments = Vec::new();
            for (at, part) in example.split('\'').enumerate() {
                if at % 2 == 1 { arguments.push(part) } else { arguments.extend(part.split_whitespace()) }
            }
            let run = run_in(repository(), &arguments);
            assert_eq!(run.status, 0, "{example}: {}", run.stderr);
            assert!(!run.stdout.is_empty(), "{example}");
        }
    }
}
