//! Checks the claims of the pages on security and dependencies.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::repository;

#[test]
fn every_test_that_the_security_page_names_is_there() {
    let page = fs::read_to_string(repository().join("docs/security.md")).unwrap();
    let named: BTreeSet<&str> = page.split('`').skip(1).step_by(2).filter_map(test_name).collect();
    let mut sources = String::new();
    ["crates", "xtask", "tests"].iter().for_each(|folder| read(&repository().join(folder), &mut sources));
    let missing: Vec<_> = named.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "no such tests: {missing:?}");
    assert!(named.len() > 20, "the page names {} tests", named.len());
}

/// The name of a test, which the page writes as `test:name`.
fn test_name(code: &str) -> Option<&str> {
    code.strip_prefix("test:")
}

fn read(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_build_script_that_may_run_is_explained() {
    let settings = fs::read_to_string(repository().join("deny.toml")).unwrap();
    let (_, list) = settings.split_once("allow-build-scripts = [").unwrap();
    let allowed: BTreeSet<&str> = list.split(']').next().unwrap().split('"').skip(1).step_by(2).collect();
    let page = fs::read_to_string(repository().join("docs/dependencies.md")).unwrap();
    let (_, table) = page.split_once("| what they do | build scripts |\n|---|---|\n").unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let explained: BTreeSet<&str> =
        rows.flat_map(|row| row.split('|').nth(2).unwrap().split(',')).map(str::trim).collect();
    assert_eq!(allowed, explained);
}

/// The libraries that `cargo xtask` is built of, each with its features: more than once if macros need others of it.
fn built_of(chosen: &[&str]) -> BTreeSet<(String, String)> {
    let arguments = ["tree", "--locked", "--offline", "--edges", "normal,build", "--prefix", "none"];
    let mut tree = Command::new(env!("CARGO"));
    tree.args(arguments)
        .args(["--format", "{p}|{f}", "--package", "xtask"])
        .args(chosen)
        .current_dir(repository());
    let output = tree.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines.lines().map(|line| line.trim_end_matches(" (*)").split_once('|').unwrap());
    lines.map(|(name, features)| (name.to_owned(), features.to_owned())).collect()
}

#[test]
fn a_command_that_is_built_when_it_is_first_used_changes_no_library() {
    let settings = fs::read_to_string(repository().join(".cargo/config.toml")).unwrap();
    assert!(settings.contains("--package xtask --no-default-features --"), "{settings}");
    let (first, all) = (built_of(&["--no-default-features"]), built_of(&[]));
    let name = |built: &(String, String)| built.0.split(' ').next().unwrap_or_default().to_owned();
    let has = |built: &BTreeSet<_>, library: &str| built.iter().any(|one| name(one) == library);
    for library in ["askama", "cel", "import", "rust_xlsxwriter", "tar", "ureq", "zip"] {
        assert!(!has(&first, library) && has(&all, library), "{library}");
    }
    assert!(first.len() > 100, "{}", first.len());
    let twice: BTreeSet<_> = first.difference(&all).map(name).collect();
    let own = ["cli", "export", "xtask"].map(str::to_owned).into();
    assert_eq!(twice, own, "nothing else may be compiled twice");
}
