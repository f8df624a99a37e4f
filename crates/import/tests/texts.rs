//! Texts that break programs, in every text field and every format: each comes back as it went.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use diagnostics::Severity;
use import::{Input, Options, import};
use model::tabular::{CELL_COLUMNS, OFFERING_COLUMNS, evidence_of_column};
use model::{Cell, Evidence, Fetch, Field, Offering, Record, Shape, TextKind, Value};
use support::line;
use support::workbook::{Book, ods_table, rows_from};

/// The big list of naughty strings, without those that say nothing.
fn texts() -> Vec<String> {
    let list = include_str!("../../../tests/fixtures/blns.json");
    let texts: Vec<String> = serde_json::from_str(list).unwrap();
    texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The columns that hold texts which people write freely, as the records describe them. Addresses are none.
fn text_columns(
    columns: &[&'static str],
    field: impl Fn(&str) -> Option<&'static Field>,
) -> Vec<&'static str> {
    let is_text = |column: &&str| {
        let field = field(column).filter(|field| field.shape == Shape::Text);
        field.and_then(|field| field.text).is_some_and(|kind| kind != TextKind::Address)
    };
    columns.iter().copied().filter(is_text).collect()
}

/// The text columns of a table of cells: those of the cell itself, and those of its first evidence.
fn cell_columns() -> [Vec<&'static str>; 2] {
    let of_evidence = |column: &str| match evidence_of_column(column)?.1.key() {
        (key, false) => Evidence::field(key),
        (key, true) => Fetch::field(key),
    };
    [text_columns(CELL_COLUMNS, Cell::field), text_columns(CELL_COLUMNS, of_evidence)]
}

fn offering_columns() -> Vec<&'static str> {
    text_columns(&OFFERING_COLUMNS, Offering::field)
}

/// A table in which each row says what it is about, and then its text in every text column.
fn table<const N: usize>(
    known: [&str; N],
    columns: &[&str],
    texts: &[String],
    about: impl Fn(usize) -> [String; N],
) -> Vec<Vec<String>> {
    let header = known.iter().chain(columns).map(|&header| header.to_owned()).collect();
    let row = |(nth, text): (usize, &String)| {
        about(nth).into_iter().chain(std::iter::repeat_n(text.clone(), columns.len())).collect()
    };
    std::iter::once(header).chain(texts.iter().enumerate().map(row)).collect()
}

fn cells(texts: &[String]) -> Vec<Vec<String>> {
    let known = ["owner", "dimension", "status", "source_url"];
    table(known, &cell_columns().concat(), texts, |nth| {
        ["a".to_owned(), format!("d_{nth}"), "partial".to_owned(), "https://a.example/".to_owned()]
    })
}

fn offerings(texts: &[String]) -> Vec<Vec<String>> {
    table(["id", "platform", "category"], &offering_columns(), texts, |nth| {
        [format!("n-{nth}"), "p".to_owned(), "aggregator".to_owned()]
    })
}

fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let lines = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n");
    lines.collect::<String>().into_bytes()
}

/// Imports both tables, and finds every text in every field.
fn come_back(texts: &[String], inputs: Vec<Input>) {
    let import = import(inputs, support::registry(), &Options::default());
    let errors = import.findings.iter().filter(|finding| finding.severity == Severity::Error);
    assert_eq!(errors.map(line).collect::<Vec<_>>(), [""; 0]);
    let cells = import.registry.offerings["a"].cells.known().unwrap();
    for (nth, text) in texts.iter().enumerate() {
        let expected = text.replace("\r\n", "\n").replace('\r', "\n");
        let expected = Some(Value::Text(expected));
        let [of_cell, of_evidence] = cell_columns();
        let cell = &cells[format!("d_{nth}").as_str()];
        for column in of_cell {
            assert_eq!(cell.slot(column).unwrap().value(), expected, "{column}");
        }
        let evidence = &cell.evidence.known().unwrap()[0];
        for column in of_evidence {
            let (key, _) = evidence_of_column(column).unwrap().1.key();
            assert_eq!(evidence.slot(key).unwrap().value(), expected, "{column}");
        }
        let offering = &import.registry.offerings[&format!("n-{nth}")];
        for column in offering_columns() {
            assert_eq!(offering.slot(column).unwrap().value(), expected, "{column}");
        }
    }
}

#[test]
fn csv_gives_every_text_back() {
    let texts = texts();
    let input = |name: &str, rows: &[Vec<String>]| Input { name: name.to_owned(), bytes: csv(rows) };
    let inputs = vec![input("cells.csv", &cells(&texts)), input("offerings.csv", &offerings(&texts))];
    come_back(&texts, inputs);
}

#[test]
fn xlsx_gives_every_text_back() {
    let texts = texts();
    let data = |rows: &[Vec<String>]| format!("<sheetData>{}</sheetData>", rows_from(1, rows));
    let (cells, offerings) = (data(&cells(&texts)), data(&offerings(&texts)));
    let book = Book::xlsx(&[("cells", "", &cells), ("offerings", "", &offerings)]);
    come_back(&texts, vec![Input { name: "book.xlsx".to_owned(), bytes: book.bytes() }]);
}

#[test]
fn ods_gives_every_text_back() {
    // XML has no way to write the others, and OpenDocument no escape.
    let is_xml = |text: &String| !text.contains(|c: char| c < ' ' && !matches!(c, '\t' | '\n'));
    let texts: Vec<_> = texts().into_iter().filter(is_xml).collect();
    let tables = ods_table("cells", &cells(&texts)) + &ods_table("offerings", &offerings(&texts));
    let bytes = Book::ods(&tables).bytes();
    come_back(&texts, vec![Input { name: "book.ods".to_owned(), bytes }]);
}
