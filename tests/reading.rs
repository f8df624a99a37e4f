//! The commands that read the registry in the terminal.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;

use serde_json::Value;
use support::{Scratch, repository, run_at, run_in};

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
    assert_eq!(run.stderr, "error: no dimension is called `soc2`: did you mean `soc2_type2`?\n");
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
