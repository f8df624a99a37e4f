//! The published real registry, read as its readers read it.

mod fields;

use std::collections::BTreeMap;
use std::fs;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::support::{self, LATER, Scratch, files, published, published_with};

/// The JSON documents of the real registry.
fn documents() -> BTreeMap<String, Value> {
    let files = published("json", LATER).into_iter();
    files.map(|(path, bytes)| (path, serde_json::from_slice(&bytes).unwrap())).collect()
}

/// The schema of a document, by its path.
fn validator(documents: &BTreeMap<String, Value>, path: &str) -> Validator {
    let kind = match path.split_once('/') {
        Some((folder, _)) => folder.trim_end_matches('s'),
        None => path.trim_end_matches(".json"),
    };
    let schema = &documents[&format!("schema/{kind}.schema.json")];
    jsonschema::meta::validate(schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

#[test]
fn every_document_is_what_its_schema_says() {
    let documents = documents();
    let mut kinds: BTreeMap<&str, Validator> = BTreeMap::new();
    for (path, document) in documents.iter().filter(|(path, _)| !path.starts_with("schema/")) {
        let kind = path.split_once('/').map_or(path.as_str(), |(folder, _)| folder);
        let validator = kinds.entry(kind).or_insert_with(|| validator(&documents, path));
        let faults: Vec<_> = validator.iter_errors(document).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
    assert_eq!(
        kinds.keys().copied().collect::<Vec<_>>(),
        ["data.json", "dimensions", "index.json", "offerings", "organizations", "platforms", "visits.json"]
    );
}

#[test]
fn schemas_refuse_what_is_broken() {
    let documents = documents();
    let validator = validator(&documents, "data.json");
    let data = &documents["data.json"];
    let refuses = |pointer: &str, value: Option<Value>| {
        let mut broken = data.clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = broken.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match &value {
            Some(value) => parent.insert(key.to_owned(), value.clone()),
            None => parent.remove(key),
        }
        .unwrap();
        assert!(!validator.is_valid(&broken), "{pointer}: {value:?}");
    };
    let keys = |pointer: &str| data.pointer(pointer).unwrap().as_object().unwrap().keys();
    let cell = "/offerings/0/dimensions/soc2_type2";
    for parent in ["", "/offerings/0", cell] {
        keys(parent).for_each(|key| refuses(&format!("{parent}/{key}"), None));
    }
    for (pointer, value) in [
        ("/schema_version", json!(2)),
        ("/generated", json!("2026-02-30")),
        ("/generated", Value::Null),
        ("/offerings/0/developer", json!("")),
        ("/offerings/0/platform", Value::Null),
        ("/offerings/0/category", json!("cloud")),
    ] {
        refuses(pointer, Some(value));
    }
    for (key, value) in [
        ("value", json!("yes")),
        ("confidence", json!("certain")),
        ("verified", json!("yesterday")),
        ("geography", json!("EU")),
        ("facts", json!({ "a": { "b": 1 } })),
        ("parts", json!({ "a": true })),
        ("evidence", json!([{}])),
    ] {
        refuses(&format!("{cell}/{key}"), Some(value));
    }
}

/// What programs that read the data rely on.
#[test]
fn data_json_keeps_its_contract() {
    let documents = documents();
    let data = &documents["data.json"];
    assert_eq!(data["name"], "AI Provider Trust Registry");
    assert_eq!(data["schema_version"], 1);
    let generated = data["generated"].as_str().unwrap();
    let text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let text_or_null = |value: &Value| value.is_null() || text(value);
    let doubts = |cell: &Value, doubt: &str| cell["to_check"].as_array().unwrap().contains(&json!(doubt));
    let dimensions: Vec<_> = data["dimensions"].as_object().unwrap().keys().collect();
    assert!(data["dimensions"].as_object().unwrap().values().all(text));
    let offerings = data["offerings"].as_array().unwrap();
    let ids: Vec<_> = offerings.iter().map(|offering| offering["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b));

    let cells = |offering: &Value| offering["dimensions"].as_object().unwrap().clone();
    let keys: Vec<_> = cells(&offerings[0])["soc2_type2"].as_object().unwrap().keys().cloned().collect();
    for (at, offering) in offerings.iter().enumerate() {
        assert!(["id", "name", "developer", "platform"].iter().all(|key| text(&offering[key])), "{offering}");
        assert_eq!(offering["sort_order"], at);
        assert_eq!(cells(offering).keys().collect::<Vec<_>>(), dimensions);
        for (dimension, cell) in cells(offering) {
            let place = format!("{} {dimension}", ids[at]);
            assert_eq!(cell.as_object().unwrap().keys().cloned().collect::<Vec<_>>(), keys, "{place}");
            let texts = ["value", "confidence", "source", "archived", "notes", "headline"];
            for key in texts.iter().chain(&["verified", "as_of", "expires"]) {
                assert!(text_or_null(&cell[*key]), "{place} {key}");
            }
            let verified = cell["verified"].as_str();
            assert!(verified.is_none_or(|day| day <= generated), "{place}");
            let as_of = cell["as_of"].as_str();
            assert!(as_of.is_none_or(|day| day <= generated), "{place}");
            assert_eq!(cell["expires"].is_null(), as_of.is_none(), "{place}");
            assert!(cell["expires"].as_str() > as_of || as_of.is_none(), "{place}");
            assert_eq!(cell["own_reading"].is_null(), cell["owner"].is_null(), "{place}");
            let is_yes = cell["value"] == "yes_public";
            assert!(is_yes || cell["to_check"] == json!([]), "{place}");
            assert!(!is_yes || cell["own_reading"] == true || doubts(&cell, "not_read"), "{place}");
            assert!(!is_yes || cell["confidence"] == "high" || doubts(&cell, "confidence"), "{place}");
        }
    }
    for count in ["answers", "read", "verified", "reported", "undated", "not_graded"] {
        let of = |value: &Value| value["coverage"][count].as_u64().unwrap();
        assert_eq!(of(data), offerings.iter().map(of).sum::<u64>(), "{count}");
    }
    let all = offerings.iter().flat_map(|offering| cells(offering).into_iter().map(|(_, cell)| cell));
    let read = all.filter(|cell| cell["own_reading"] == true).count();
    assert_eq!(data["coverage"]["read"], json!(read));
    let hosts = offerings.iter().filter(|offering| offering["developer"] == "Multiple developers");
    for host in hosts {
        assert_eq!(host["dimensions"]["gpai_cop"]["value"], "not_applicable", "{}", host["id"]);
    }
}

/// What the documents say must be the same wherever they say it.
#[test]
fn small_documents_agree_with_the_large_one() {
    let documents = documents();
    let shared = |large: &Value, small: &Value| {
        let large: &Map<String, Value> = large.as_object().unwrap();
        large.iter().all(|(key, value)| small[key] == *value)
    };
    for offering in documents["data.json"]["offerings"].as_array().unwrap() {
        let id = offering["id"].as_str().unwrap();
        let own = &documents[&format!("offerings/{id}.json")]["offering"];
        for (dimension, cell) in offering["dimensions"].as_object().unwrap() {
            assert!(shared(cell, &own["dimensions"][dimension]), "{id} {dimension}");
            assert_eq!(documents[&format!("dimensions/{dimension}.json")]["answers"][id], *cell);
            let owner = cell["owner"].as_str().unwrap_or_default().split_once(':');
            if let Some((kind @ ("platform" | "organization"), owner)) = owner {
                let stored = &documents[&format!("{kind}s/{owner}.json")];
                assert!(shared(cell, &stored["dimensions"][dimension]), "{id} {dimension}");
            }
        }
    }
}

#[test]
fn the_same_data_give_the_same_bytes_on_any_later_day_by_any_number_of_threads() {
    for format in ["csv", "json", "markdown"] {
        let once = published(format, "2060-01-01");
        for threads in ["1", "5"] {
            let again = published_with(format, LATER, &[("RAYON_NUM_THREADS", threads)]);
            assert_eq!(once.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
            assert!(once == again, "{format}");
        }
    }
}

/// An export of a scratch registry into `out`.
fn export(scratch: &Scratch, format: &str, more: &[&str]) -> support::Run {
    let out = scratch.path().join("out");
    scratch.run(&[&["export", format, "--out", out.to_str().unwrap()], more].concat())
}

#[test]
fn days_that_have_not_come_are_told_and_left_out() {
    let scratch = Scratch::new();
    scratch.replace(
        "organizations/globex.toml",
        "fetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }",
        "fetch = { outcome = \"ok\", on = 2026-05-01 }",
    );
    let run = export(&scratch, "json", &["--today", "2026-05-15"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stderr.contains("left out, since it is in the future: organization globex"),
        "{}",
        run.stderr
    );
    let data: Value = serde_json::from_slice(&files(&scratch.path().join("out"))["data.json"]).unwrap();
    assert_eq!(data["generated"], "2026-05-01");
    let cells = data["offerings"].as_array().unwrap().iter();
    let mut cells = cells.flat_map(|offering| offering["dimensions"].as_object().unwrap().values());
    let last = "2026-05-01";
    assert!(
        cells.all(|cell| cell["verified"].is_null() && cell["as_of"].as_str().is_none_or(|day| day == last))
    );
}

#[test]
fn how_many_answers_rest_on_nothing_read_is_said_in_one_line() {
    let scratch = Scratch::new();
    assert_eq!(export(&scratch, "json", &[]).stderr, "");
    let fetch = "fetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }";
    let platform = scratch.read("platforms/initech-cloud.toml").replace(fetch, "");
    scratch.write("platforms/initech-cloud.toml", platform);
    for format in ["json", "site"] {
        let run = export(&scratch, format, &[]);
        assert_eq!(
            (run.status, &*run.stderr),
            (0, "note: no source was read for 12 of 20 answers\n"),
            "{format}"
        );
        assert_eq!(export(&scratch, format, &["-q"]).stderr, "");
    }
    assert_eq!(export(&scratch, "csv", &[]).stderr, "");
}

#[test]
fn views_are_refused_by_name() {
    let scratch = Scratch::new();
    assert_eq!(export(&scratch, "csv", &[]).status, 0);
    for (view, what) in [
        ("evidence", "the table of evidence"),
        ("exceptions", "the table of exceptions"),
        ("answers", "the table of all answers"),
        ("matrix", "the matrix of all answers"),
    ] {
        let table = scratch.path().join(format!("out/{view}.csv"));
        let run = scratch.run(&["import", table.to_str().unwrap(), "--format", "json"]);
        assert_eq!(run.status, 1, "{view}");
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let messages: Vec<_> = findings.iter().map(|one| one["message"].as_str().unwrap()).collect();
        assert_eq!(messages, [format!("this is {what}, which is only a view for readers")]);
    }
}

#[test]
fn import_takes_the_guard_off() {
    let scratch = Scratch::new();
    let offering = "offerings/acme-chat.toml";
    scratch.replace(offering, "Zero retention needs the approval of Acme", "=1+1");
    scratch.replace(offering, "name = \"Acme Chat\"", "name = \"'=Acme Chat\"");
    assert_eq!(export(&scratch, "csv", &["--spreadsheet-safe"]).status, 0);
    let out = scratch.path().join("out");
    let cells = fs::read_to_string(out.join("cells.csv")).unwrap();
    assert!(cells.contains(",'=1+1,") && !cells.contains(",=1+1,"), "{cells}");

    let tables = ["organizations", "platforms", "offerings", "cells"];
    let tables = tables.map(|table| out.join(format!("{table}.csv")).to_str().unwrap().to_owned());
    let tables = tables.iter().map(String::as_str);
    let import: Vec<_> = ["import", "--format", "json"].into_iter().chain(tables).collect();
    let plan = scratch.run(&import).json();
    assert_eq!(
        (&plan["summary"]["added"], &plan["summary"]["changed_fields"]),
        (&json!(0), &json!(0)),
        "{plan}"
    );
    assert_eq!(scratch.run(&["export", "json", "--spreadsheet-safe"]).status, 2);
}

/// Where the fixture with every key is in a registry.
const FULL: [(&str, &str); 5] = [
    ("registry", "registry.toml"),
    ("dimensions", "dimensions.toml"),
    ("organization", "organizations/acme.toml"),
    ("platform", "platforms/acme-cloud.toml"),
    ("offering", "offerings/acme-chat.toml"),
];

#[test]
fn whatever_could_not_be_read_the_rest_is_published_and_valid() {
    let scratch = Scratch::new();
    for folder in ["organizations", "platforms", "offerings"] {
        fs::remove_dir_all(scratch.file(folder)).unwrap();
    }
    let texts = FULL.map(|(fixture, path)| {
        let text = support::full(fixture);
        scratch.write(path, &text);
        (path, text)
    });
    let data = scratch.path().join("data");
    let edition = || {
        let tree = store::WorkTree::new(&data).unwrap();
        let (registry, _) = store::Store::open(&tree).unwrap().registry().unwrap();
        export::Edition::new(registry, LATER.parse().unwrap())
    };
    let json = |edition: &export::Edition| -> BTreeMap<String, Value> {
        let files = export::json(edition).files.into_iter();
        files.map(|file| (file.path.clone(), serde_json::from_slice(&file.bytes()).unwrap())).collect()
    };
    let documents = json(&edition());
    let validators = ["data.json", "index.json", "dimensions/", "offerings/", "organizations/", "platforms/"]
        .map(|kind| (kind, validator(&documents, kind)));

    for (path, text) in &texts {
        let lines: Vec<_> = text.lines().collect();
        let keys = lines.iter().enumerate().filter_map(|(at, line)| Some((at, line.split_once(" = ")?.0)));
        for (at, key) in keys {
            for broken in ["", &format!("{key} = [[1]]")] {
                let mut lines = lines.clone();
                lines[at] = broken;
                scratch.write(path, lines.join("\n"));
                let edition = edition();
                for (name, document) in json(&edition) {
                    let validator = validators.iter().find(|(kind, _)| name.starts_with(kind));
                    let faults = validator.map(|(_, validator)| validator.iter_errors(&document).count());
                    assert_eq!(faults.unwrap_or_default(), 0, "{name} with {broken:?} in {path}:{}", at + 1);
                }
                assert!(!export::markdown(&edition).files.is_empty());
                assert!(!export::csv_for_spreadsheets(edition.registry()).files.is_empty());
            }
        }
        scratch.write(path, text);
    }
}
