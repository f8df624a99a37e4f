//! Workbooks with several sheets: which are read, and what is reported about the others.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;

use import::{Options, Reading};
use support::workbook::{Book, ods_table, rows_from};
use support::{grid, read, told};

fn named(sheets: &[&str]) -> Options {
    let sheets = sheets.iter().map(|name| (*name).to_owned()).collect();
    Options { reading: Reading { sheets, ..Reading::default() }, ..Options::default() }
}

fn data(rows: &[&[&str]]) -> String {
    format!("<sheetData>{}</sheetData>", rows_from(1, &grid(rows)))
}

/// A sheet of one cell.
fn cells(dimension: &str) -> String {
    data(&[&["owner", "dimension", "status"], &["a", dimension, "partial"]])
}

fn tell(cases: &[(&str, &Book, &Options)]) -> String {
    let mut all = String::new();
    for (name, book, options) in cases {
        let _ = writeln!(all, "{name}\n{}", told("book.xlsx", book.bytes(), options));
    }
    all
}

#[test]
fn a_workbook_may_hold_every_kind() {
    let book = Book::xlsx(&[
        ("organizations", "", &data(&[&["id", "name", "homepage"], &["o", "O", "https://o.example/"]])),
        ("platforms", "", &data(&[&["id", "name", "operator"], &["q", "Q", "o"]])),
        ("offerings", "", &data(&[&["id", "name", "platform", "category"], &["b", "B", "q", "aggregator"]])),
        ("cells", "", &data(&[&["owner", "dimension", "status"], &["b", "soc2_type2", "partial"]])),
    ]);
    let import = read("book.xlsx", book.bytes(), &Options::default());
    assert!(import.findings.is_empty());
    assert_eq!((import.rows, import.plan.entities.len()), (4, 3));
    assert!(import.plan.entities.iter().all(|one| one.is_new));
}

#[test]
fn sheets_are_chosen_by_what_they_hold_and_how_they_show() {
    let default = Options::default();
    let (first, second) = (cells("soc2_type2"), cells("hipaa_baa"));
    let notes = data(&[&["Thank you", "for your answers"]]);
    let hidden = Book::xlsx(&[
        ("old", r#"state="hidden""#, &second),
        ("cells", "", &first),
        ("lists", r#"state="veryHidden""#, &second),
    ]);
    let remarks = Book::xlsx(&[
        ("Read me", "", &data(&[&["# How to fill this in"], &["owner", "dimension", "status"]])),
        ("cells", "", &first),
        ("Sheet3", "", "<sheetData/>"),
        ("notes", "", &notes),
        ("evidence", "", &data(&[&["owner", "dimension", "n", "url"]])),
    ]);
    let twice = Book::xlsx(&[("cells", "", &first), ("cells (2)", "", &first)]);
    let two = Book::xlsx(&[("cells", "", &first), ("more", "", &second)]);
    let near =
        Book::xlsx(&[("cells", "", &first), ("more", "", &data(&[&["owner", "dimensoin", "status"]]))]);
    let none = Book::xlsx(&[("one", "", &notes), ("two", "", &notes)]);
    let command = Book::xlsx(&[("::error::x%0A", "", &cells("nothing"))]);
    let all = tell(&[
        ("hidden sheets", &hidden, &default),
        ("a hidden sheet by its name", &hidden, &named(&["OLD"])),
        ("remarks, an empty sheet, another text, and the evidence", &remarks, &default),
        ("the evidence by its name", &remarks, &named(&["evidence"])),
        ("the same cell in two sheets", &twice, &default),
        ("one of them by its name", &twice, &named(&["cells (2)"])),
        ("two tables", &two, &default),
        ("a sheet that is not there", &two, &named(&["cell"])),
        ("a header misspelt in the second sheet", &near, &default),
        ("no table", &none, &default),
        ("nothing", &Book::xlsx(&[("one", "", "<sheetData/>")]), &default),
        ("a command for CI in the name", &command, &default),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn sheets_of_open_documents_are_chosen_alike() {
    let rows = grid(&[&["owner", "dimension", "status"], &["a", "soc2_type2", "partial"]]);
    let styles =
        "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>";
    let hidden =
        ods_table("old", &rows).replace("table:name=\"old\"", "table:name=\"old\" table:style-name=\"ta2\"");
    let book = Book::ods_styled(styles, &(hidden + &ods_table("cells", &rows)));
    let mut all = told("book.ods", book.bytes(), &Options::default());
    all += &told("book.ods", book.bytes(), &named(&["old"]));
    insta::assert_snapshot!(all);
}
