//! Two hundred faults and more in one registry: each is reported once, at its place, and nothing else is.

use std::collections::BTreeMap;

use crate::support::faults::{Fault, Files, Told, family, faults, shared};
use crate::support::{Scratch, run_with};
use serde_json::Value;

/// The groups whose faults leave every file readable. What cannot be read silences rules about the whole
/// registry, so the faults of `schema` have their own registry.
const READABLE: [&str; 7] = ["cell", "evidence", "fact", "review", "text", "entity", "registry"];

#[test]
fn faults_are_told_once_at_their_place_and_nothing_else_is() {
    let faults: Vec<_> = READABLE.into_iter().flat_map(faults).collect();
    let (scratch, expected) = seeded(&faults);
    let lint = ["lint", "--format", "json"];
    let run = scratch.run(&lint);
    assert_same(&expected, &told(&run.json()));
    let alone = run_with(scratch.path(), &lint, "", &[("RAYON_NUM_THREADS", "1")]);
    assert!(alone.stdout == run.stdout, "one thread tells something else");
}

#[test]
fn without_faults_nothing_is_told() {
    let scratch = Scratch::empty();
    write(&scratch, &families(3));
    assert!(scratch.findings().is_empty());
}

#[test]
fn faults_of_structure_are_told_once_at_their_place_and_nothing_else_is() {
    let (scratch, expected) = seeded(&faults("schema"));
    assert_same(&expected, &told(&scratch.run(&["lint", "--format", "json"]).json()));
}

#[test]
fn faults_of_a_change_are_told_once_at_their_place_and_nothing_else_is() {
    let faults = faults("change");
    let clean = Scratch::empty();
    let mut files = families(faults.len());
    write(&clean, &files);
    clean.commit_all();
    let expected = put_into(&faults, &mut files);
    write(&clean, &files);
    let run = clean.run(&["lint", "--since", "HEAD", "--format", "json"]);
    assert_same(&expected, &told(&run.json()));
}

/// A registry with a family of entities, and a fault within it, for each fault; and what must be reported.
fn seeded(faults: &[Fault]) -> (Scratch, Vec<(Told, String)>) {
    let scratch = Scratch::empty();
    let mut files = families(faults.len());
    let expected = put_into(faults, &mut files);
    write(&scratch, &files);
    (scratch, expected)
}

/// A clean registry with so many families.
fn families(count: usize) -> Files {
    let mut files = shared();
    (0..count).for_each(|number| files.extend(family(number)));
    files
}

fn put_into(faults: &[Fault], files: &mut Files) -> Vec<(Told, String)> {
    let each = faults.iter().enumerate();
    each.flat_map(|(number, fault)| {
        let told = fault.put_into(files, number);
        told.into_iter().map(|told| (told, fault.name.clone())).collect::<Vec<_>>()
    })
    .collect()
}

fn write(scratch: &Scratch, files: &Files) {
    let _ = std::fs::remove_dir_all(scratch.path().join("data"));
    files.iter().for_each(|(path, text)| scratch.write(path, text));
}

/// The findings of a run.
fn told(json: &Value) -> Vec<Told> {
    let position = |place: &Value| {
        let number = |key: &str| place[key].as_u64().unwrap() as usize;
        (number("line"), number("column"))
    };
    let told = |finding: &Value| Told {
        file: finding["file"].as_str().unwrap().trim_start_matches("data/").to_owned(),
        start: position(&finding["start"]),
        rule: finding["rule"].as_str().unwrap().to_owned(),
        end: Some(position(&finding["end"])),
    };
    json["findings"].as_array().unwrap().iter().map(told).collect()
}

fn assert_same(expected: &[(Told, String)], found: &[Told]) {
    let mut wrong = Vec::new();
    let mut left: BTreeMap<_, usize> = BTreeMap::new();
    for one in found {
        *left.entry((&one.file, &one.rule, one.start, one.end)).or_default() += 1;
    }
    for (one, fault) in expected {
        let fits = |(file, rule, start, end): &(&String, &String, _, _)| {
            *file == &one.file
                && *rule == &one.rule
                && *start == one.start
                && (one.end.is_none() || *end == one.end)
        };
        match left.iter_mut().find(|(key, count)| fits(key) && **count > 0) {
            Some((_, count)) => *count -= 1,
            None => wrong.push(format!("{fault}: not told: {one:?}")),
        }
    }
    let invented = left.iter().filter(|(_, count)| **count > 0);
    wrong.extend(invented.map(|(key, count)| format!("told, {count} times: {key:?}")));
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), expected.len(), wrong.join("\n"));
}
