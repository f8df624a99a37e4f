//! The program, as `cargo xtask bench` starts it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bench")).args(arguments).output().unwrap()
}

/// Makes a corpus, and returns its folder.
fn corpus(folder: &Path, kind: &str) -> PathBuf {
    let output = run(&["corpus", folder.to_str().unwrap(), kind, "3", "1"]);
    assert!(output.status.success(), "{output:?}");
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim_end())
}

#[test]
fn every_floor_reads_its_corpus() {
    let folder = tempfile::tempdir().unwrap();
    let (registry, tables) = (corpus(folder.path(), "clean"), corpus(folder.path(), "short-rows"));
    for (floor, path) in [
        ("bytes", registry.join("data")),
        ("events", registry.join("data")),
        ("tree", registry.join("data")),
        ("csv", tables.join("csv/cells.csv")),
        ("xlsx", tables.join("xlsx/cells.xlsx")),
    ] {
        let number = bench::floors::read(floor, &path).unwrap().unwrap();
        if ["csv", "xlsx"].contains(&floor) {
            assert_eq!(number, 3 * bench::CELLS, "{floor}");
        }
        assert!(number > 0, "{floor}");
        assert!(run(&["read", floor, path.to_str().unwrap()]).status.success(), "{floor}");
    }
}

#[test]
fn a_file_that_is_no_toml_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), "a = ").unwrap();
    assert!(!run(&["read", "tree", folder.path().to_str().unwrap()]).status.success());
}

#[cfg(unix)]
#[test]
fn a_run_says_what_it_cost_and_how_it_ended() {
    let script = ["run", "-", "sh", "-c", "echo printed; sleep 0.05; exit 3"];
    let output = run(&script);
    let printed = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<u64> = printed.split_whitespace().map(|number| number.parse().unwrap()).collect();
    let [time, cores, memory, code] = numbers.try_into().unwrap();
    assert!(time >= 50_000 && cores < time, "{printed}");
    assert!((1 << 16..1 << 30).contains(&memory), "{printed}");
    assert_eq!(code, 3);
}

#[cfg(unix)]
#[test]
fn a_run_reads_its_input() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input");
    std::fs::write(&input, "x").unwrap();
    let output = run(&["run", input.to_str().unwrap(), "grep", "-q", "x"]);
    assert!(String::from_utf8(output.stdout).unwrap().ends_with(" 0\n"));
}

#[test]
fn wrong_usage_is_refused() {
    for arguments in [&[][..], &["read", "table", "."], &["corpus", ".", "clean", "many", "1"], &["run", "-"]]
    {
        assert!(!run(arguments).status.success(), "{arguments:?}");
    }
}
