//! What `bench` measures: its corpora have the findings that they should have, and its arguments are understood.

use std::path::Path;

use bench::{TODAY, kept, kept::Kind, registry};
use serde_json::Value;

use crate::support::{Run, repository, run_in};

const OFFERINGS: usize = 40;

fn run(folder: &Path, arguments: &[&str]) -> Run {
    run_in(folder, &[arguments, &["--today", TODAY]].concat())
}

/// The errors and warnings of a lint.
fn faults(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let report = run(folder, &[&["lint", "--all", "--format", "json"], arguments].concat()).json();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().filter(|finding| finding["severity"] != "info").cloned().collect()
}

#[test]
fn a_clean_corpus_has_no_faults_and_a_faulty_one_those_that_were_planted() {
    for seed in [1, 2] {
        for is_faulty in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let planted = registry::write(folder.path(), OFFERINGS, seed, is_faulty).unwrap();
            assert_eq!(planted, if is_faulty { OFFERINGS * 24 } else { 0 });
            let faults = faults(folder.path(), &[]);
            assert_eq!(faults.len(), planted, "{:?}", faults.first());
        }
    }
}

#[test]
fn offerings_of_a_corpus_inherit() {
    let folder = tempfile::tempdir().unwrap();
    registry::write(folder.path(), OFFERINGS, 1, false).unwrap();
    assert_eq!(run(folder.path(), &["export", "csv", "--out", "out"]).status, 0);
    let cells = std::fs::read_to_string(folder.path().join("out/cells.csv")).unwrap();
    assert_eq!(cells.matches("[cells").count(), 0);
    let of_offerings = cells.lines().filter(|line| line.starts_with("offering:acme-model-")).count();
    assert!((OFFERINGS * 9..OFFERINGS * bench::CELLS).contains(&of_offerings), "{of_offerings}");
}

#[test]
fn the_change_of_the_repository_is_staged_and_no_fault() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept::corpus(kept.path(), Kind::Git, OFFERINGS, 1).unwrap();
    let status = std::process::Command::new("git")
        .args(["diff", "--cached", "--name-only"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&status.stdout), "data/offerings/acme-model-000000.toml\n");
    for scope in [&["--staged"][..], &["--since", "HEAD"]] {
        assert_eq!(faults(&folder, scope), Vec::<Value>::new(), "{scope:?}");
    }
    let blobs = std::fs::read_to_string(folder.join("blobs")).unwrap();
    assert_eq!(blobs.lines().count(), OFFERINGS + 42);
}

#[test]
fn tables_of_a_corpus_are_imported_without_faults() {
    let kept = tempfile::tempdir().unwrap();
    let folder = kept::corpus(kept.path(), Kind::ShortRows, OFFERINGS, 1).unwrap();
    for tables in ["csv", "xlsx"] {
        let plan = run(&folder, &["import", tables]);
        assert_eq!(plan.status, 0, "{}", plan.stderr);
        let rows = OFFERINGS * (bench::CELLS + 1) + 40;
        assert!(plan.stdout.contains(&format!("{rows} rows: {rows} added")), "{}", plan.stdout);
        assert!(plan.stdout.contains("0 errors, 0 warnings"), "{}", plan.stdout);
    }
}

#[test]
fn measurements_are_listed() {
    insta::assert_snapshot!(run_in(repository(), &["bench", "--list"]).stdout);
    let chosen = run_in(repository(), &["bench", "--list", "--only", "staged,taplo"]);
    assert_eq!(chosen.stdout, "lint\n  lint\ngit\n  git cat-file\n  lint --staged\npeers\n  taplo\n");
}

#[test]
fn arguments_that_cannot_be_are_refused() {
    let mut messages = String::new();
    for arguments in [
        &["--only", "imprt"][..],
        &["--only", "qqqqqq"],
        &["--sizes", "34,many"],
        &["--sizes", "0"],
        &["--rounds", "0"],
        &["--round", "3"],
        &["--format", "jsn"],
        &["--json", "--format", "table"],
    ] {
        let run = run_in(repository(), &[&["bench"], arguments].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        messages.push_str(&format!("bench {}\n{}\n", arguments.join(" "), run.stderr));
    }
    insta::assert_snapshot!(messages);
}
