//! Texts that break programs, in every text field and every format: each comes back as it went.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use diagnostics::Severity;
use import::{Input, Options, import};
use model::{Optional, Required};
use support::line;
use support::workbook::{Book, ods_table, rows_from};

/// The big list of naughty strings, without those that say nothing.
fn texts() -> Vec<String> {
    let list = include_str!("../../../tests/fixtures/blns.json");
    let texts: Vec<String> = serde_json::from_str(list).unwrap();
    texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

fn cells(texts: &[String]) -> Vec<Vec<String>> {
    let headers = [
        "owner",
        "dimension",
        "status",
        "source_url",
        "headline",
        "note",
        "geography_note",
        "override_reason",
        "source_title",
        "source_quote",
    ];
    let row = |(nth, text): (usize, &String)| {
        let known =
            ["a".to_owned(), format!("d_{nth}"), "partial".to_owned(), "https://a.example/".to_owned()];
        known.into_iter().chain(std::iter::repeat_n(text.clone(), 6)).collect()
    };
    std::iter::once(headers.map(str::to_owned).to_vec()).chain(texts.iter().enumerate().map(row)).collect()
}

fn offerings(texts: &[String]) -> Vec<Vec<String>> {
    let headers = ["id", "platform", "category", "name", "model_family", "summary"];
    let row = |(nth, text): (usize, &String)| {
        let known = [format!("n-{nth}"), "p".to_owned(), "aggregator".to_owned()];
        known.into_iter().chain(std::iter::repeat_n(text.clone(), 3)).collect()
    };
    std::iter::once(headers.map(str::to_owned).to_vec()).chain(texts.iter().enumerate().map(row)).collect()
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
        let same = |field: &Optional<String>| assert_eq!(field.known(), Some(&expected));
        let cell = &cells[format!("d_{nth}").as_str()];
        [&cell.headline, &cell.note, &cell.geography_note, &cell.override_reason].into_iter().for_each(same);
        let evidence = &cell.evidence.known().unwrap()[0];
        [&evidence.title, &evidence.quote].into_iter().for_each(same);
        let offering = &import.registry.offerings[&format!("n-{nth}")];
        [&offering.model_family, &offering.summary].into_iter().for_each(same);
        assert_eq!(offering.name, Required::Known(expected));
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
