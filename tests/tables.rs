//! Imports as people run them: the same tables in every format, hostile texts, and what may be chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::workbook::{Book, ods_table, rows_from};
use crate::support::{Run, Scratch, repository, run_in};

const TABLES: [&str; 4] = ["organizations", "platforms", "offerings", "cells"];

/// The rows of a CSV file, its headers first.
fn rows(file: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Every file of a folder.
fn files(folder: &Path, within: &str, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{within}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), &name, into);
        } else {
            into.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// The data that tables give a registry that has only dimensions.
fn imported(tables: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let scratch = Scratch::empty();
    for file in ["registry.toml", "dimensions.toml"] {
        scratch.write(file, fs::read(repository().join("data").join(file)).unwrap());
    }
    // A day after those in the data.
    let run = scratch.run(&[&["import", "--write", "--today", "2030-01-01"], tables].concat());
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let mut all = BTreeMap::new();
    files(&scratch.path().join("data"), "data", &mut all);
    all
}

#[test]
fn every_format_gives_the_same_files() {
    let scratch = Scratch::empty();
    let out = scratch.path().join("csv");
    let exported = run_in(repository(), &["export", "csv", "--out", out.to_str().unwrap()]);
    assert_eq!(exported.status, 0, "{}", exported.stderr);
    let tables = TABLES.map(|table| (table, out.join(format!("{table}.csv"))));

    let sheets: Vec<_> = tables
        .iter()
        .map(|(table, file)| (*table, format!("<sheetData>{}</sheetData>", rows_from(1, &rows(file)))))
        .collect();
    let listed: Vec<_> = sheets.iter().map(|(table, data)| (*table, "", data.as_str())).collect();
    let xlsx = scratch.path().join("registry.xlsx");
    fs::write(&xlsx, Book::xlsx(&listed).bytes()).unwrap();

    let open: String = tables.iter().map(|(table, file)| ods_table(table, &rows(file))).collect();
    let ods = scratch.path().join("registry.ods");
    fs::write(&ods, Book::ods(&open).bytes()).unwrap();

    let paths: Vec<_> = tables.iter().map(|(_, file)| file.to_str().unwrap()).collect();
    let from_csv = imported(&paths);
    assert!(from_csv.len() > 80, "{}", from_csv.len());
    assert_eq!(imported(&[xlsx.to_str().unwrap()]), from_csv);
    assert_eq!(imported(&[ods.to_str().unwrap()]), from_csv);
}

/// Imports a file into a copy of the example registry.
fn import(name: &str, bytes: impl AsRef<[u8]>, arguments: &[&str]) -> Run {
    let scratch = Scratch::new();
    fs::write(scratch.path().join(name), bytes).unwrap();
    scratch.run(&[&["import", name], arguments].concat())
}

#[test]
fn naughty_texts_are_taken_or_refused_where_they_stand() {
    let list = fs::read_to_string(repository().join("tests/fixtures/blns.json")).unwrap();
    let texts: Vec<String> = serde_json::from_str(&list).unwrap();
    let texts: Vec<_> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    let row = |(nth, text): (usize, &String)| {
        vec![
            format!("n-{nth}"),
            format!("N {nth}"),
            "acme-cloud".to_owned(),
            "aggregator".to_owned(),
            text.clone(),
        ]
    };
    let headers = ["id", "name", "platform", "category", "summary"].map(str::to_owned).to_vec();
    let table: Vec<_> = std::iter::once(headers).chain(texts.iter().enumerate().map(row)).collect();

    let forbidden = |text: &str| {
        text.chars().any(|c| {
            let is_direction = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            is_direction || c != '\n' && c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
        })
    };
    let refused: BTreeSet<u64> = texts
        .iter()
        .enumerate()
        .filter(|(_, text)| forbidden(text.trim()))
        .map(|(nth, _)| nth as u64 + 2)
        .collect();
    assert!(refused.len() > 5 && refused.len() < 30, "{refused:?}");

    let mut csv = csv::Writer::from_writer(Vec::new());
    table.iter().for_each(|row| csv.write_record(row).unwrap());
    let sheet = format!("<sheetData>{}</sheetData>", rows_from(1, &table));
    let xlsx = Book::xlsx(&[("offerings", "", &sheet)]).bytes();
    for (name, bytes) in [("offerings.csv", csv.into_inner().unwrap()), ("offerings.xlsx", xlsx)] {
        let run = import(name, bytes, &["--format", "json"]);
        let plan = run.json();
        let told: BTreeSet<u64> = plan["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| {
                ["text/control-character", "text/bidirectional"].contains(&finding["rule"].as_str().unwrap())
            })
            .map(|finding| {
                assert_eq!(finding["table"]["column"], "E");
                finding["table"]["row"].as_u64().unwrap()
            })
            .collect();
        assert_eq!(told, refused, "{name}");
        let schema = |finding: &&serde_json::Value| {
            finding["rule"].as_str().unwrap().starts_with("schema/") && finding["severity"] == "error"
        };
        assert_eq!(plan["findings"].as_array().unwrap().iter().find(schema), None, "{name}");
    }
}

#[test]
fn sheets_encodings_and_merged_cells_are_chosen() {
    let headers = ["owner", "dimension", "headline"].map(str::to_owned).to_vec();
    let data = |headline: &str| {
        let row = ["acme-chat", "soc2_type2", headline].map(str::to_owned).to_vec();
        format!("<sheetData>{}</sheetData>", rows_from(1, &[headers.clone(), row]))
    };
    let book =
        Book::xlsx(&[("old", r#"state="hidden""#, &data("Was so")), ("new", "", &data("Is so"))]).bytes();
    let changed = |run: Run| {
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
        run.json()["changed"][0]["new"].as_str().unwrap().to_owned()
    };
    assert_eq!(changed(import("b.xlsx", &book, &["--format", "json"])), "Is so");
    assert_eq!(changed(import("b.xlsx", &book, &["--format", "json", "--sheet", "Old"])), "Was so");
    let shown = import("b.xlsx", &book, &[]).stdout;
    assert!(shown.contains("b.xlsx [old]: the sheet is hidden and was skipped"), "{shown}");

    let latin = b"owner,dimension,headline\nacme-chat,soc2_type2,Caf\xE9\n";
    assert_eq!(changed(import("c.csv", latin, &["--format", "json", "--encoding", "latin1"])), "Café");
    let run = import("c.csv", latin, &[]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("c.csv C2"), "{}", run.stdout);
    let run = import("c.csv", latin, &["--encoding", "latin"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no encoding is called `latin`"), "{}", run.stderr);

    let second = ["", "iso_27001", "Is so"].map(str::to_owned).to_vec();
    let rows = [headers.clone(), ["acme-chat", "soc2_type2", "Is so"].map(str::to_owned).to_vec(), second];
    let merged = format!(
        r#"<sheetData>{}</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>"#,
        rows_from(1, &rows)
    );
    let merged = Book::xlsx(&[("cells", "", &merged)]).bytes();
    assert!(import("m.xlsx", &merged, &[]).stdout.contains("the cells A2:A3 are merged"));
    let run = import("m.xlsx", &merged, &["--fill-merged", "--format", "json"]);
    assert!(!run.stdout.contains("merged"), "{}", run.stdout);
}
