//! The workbook as independent readers see it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetVisible, Xlsx, open_workbook_from_rs};
use model::{Cell, Optional, Required, Via};
use zip::ZipArchive;

use super::*;
use crate::hostile::{hostile, hostile_registry};
use crate::sample::{self, known, own_cell, parsed};

/// The platform's cell.
fn soc2(registry: &mut Registry) -> &mut Cell {
    let azure = registry.platforms.get_mut("azure").unwrap();
    let Optional::Known(cells) = &mut azure.cells else { unreachable!() };
    cells.values_mut().next().unwrap()
}

fn exported(registry: &Registry) -> Vec<u8> {
    let edition = Edition::new(registry.clone(), parsed("2026-11-01"));
    let mut files = xlsx(registry, &edition).unwrap().files;
    assert_eq!((files.len(), files[0].path.as_str()), (1, "registry.xlsx"));
    files.remove(0).bytes().into_owned()
}

fn template() -> Vec<u8> {
    let edition = Edition::new(sample::registry(), parsed("2026-11-01"));
    let mut files = xlsx_template(&edition).unwrap().files;
    assert_eq!((files.len(), files[0].path.as_str()), (1, "template.xlsx"));
    files.remove(0).bytes().into_owned()
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// The rows of a sheet from its first cell on. Every cell is a text, and none a formula.
fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book = open(bytes);
    assert!(book.worksheet_formula(sheet).unwrap().is_empty(), "{sheet}");
    let range = book.worksheet_range(sheet).unwrap();
    assert_eq!(range.start(), Some((0, 0)), "{sheet}");
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("{sheet}: {other:?} is no text"),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The parts of the package.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        parts.insert(part.name().unwrap().into_owned(), text);
    }
    parts
}

/// Where the links of a workbook lead.
fn links(bytes: &[u8]) -> Vec<String> {
    let parts = parts(bytes);
    let external =
        parts.iter().filter(|(name, _)| name.contains("worksheets/_rels")).flat_map(|(_, text)| {
            text.split("<Relationship ").filter(|one| one.contains("relationships/hyperlink"))
        });
    let target = |one: &str| one.split("Target=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    external.map(target).collect()
}

/// The header and the rows of a table, all as long as the header.
fn whole_rows(table: &crate::tables::Table<'_>) -> Vec<Vec<String>> {
    let whole = |mut row: Vec<String>| {
        row.resize(table.header.len(), String::new());
        row
    };
    std::iter::once(table.header.clone()).chain(table.rows()).map(whole).collect()
}

#[test]
fn sheets_for_readers_bear_the_sign_and_the_others_are_the_tables() {
    let registry = sample::registry();
    let bytes = exported(&registry);
    let book = open(&bytes);
    let sheets: Vec<_> =
        book.sheets_metadata().iter().map(|sheet| (sheet.name.as_str(), sheet.visible)).collect();
    let visible = SheetVisible::Visible;
    assert_eq!(
        sheets,
        [
            ("Matrix", visible),
            ("Cells", visible),
            ("Offerings", visible),
            ("Platforms", visible),
            ("Organizations", visible),
            ("Answers", visible),
            ("Evidence", visible),
            ("Questions", visible),
            ("About", visible),
            ("Lists", SheetVisible::Hidden),
        ]
    );
    for sheet in ["Matrix", "Answers", "Evidence", "Questions", "About", "Lists"] {
        assert!(rows(&bytes, sheet)[0][0].starts_with("# "), "{sheet}");
    }
    for table in importable(&registry) {
        assert_eq!(rows(&bytes, table::name(&table)), whole_rows(&table));
    }
}

#[test]
fn the_matrix_shows_every_answer_and_leads_to_its_row() {
    let bytes = exported(&sample::registry());
    let matrix = rows(&bytes, "Matrix");
    assert_eq!(matrix[0][0], "# AI Provider Trust Registry");
    assert!(matrix[1][0].starts_with("As of 2026-07-06: 3 answers; 0 with a source that was read;"));
    assert_eq!(matrix[2][1..4], ["✓ Yes", "◆ Sales-gated", "◐ Partial"]);
    assert_eq!(matrix[3][4..], ["Vendor trust", "Data handling", "EU AI Act", "", "", "", ""]);
    let header = ["Offering", "Developer", "Platform", "Category", "SOC 2 Type II", "Data residency"];
    assert_eq!(matrix[4][..6], header);
    let row = ["OpenAI models on Azure", "OpenAI", "Microsoft Azure", "Cloud distribution", "◆ Sales-gated"];
    assert_eq!(matrix[5][..5], row);
    assert_eq!(matrix[5][5..7], ["✓ Yes † !", "✓ Yes !"]);

    let sheet = &parts(&bytes)["xl/worksheets/sheet1.xml"];
    for (at, row) in [("E6", 4), ("F6", 5), ("G6", 3)] {
        let link = format!("<hyperlink ref=\"{at}\" location=\"Cells!A{row}\"");
        assert!(sheet.contains(&link), "{link} in {sheet}");
    }
    let cells = rows(&bytes, "Cells");
    assert_eq!(cells[3][..2], ["platform:azure", "soc2_type2"]);
    assert_eq!(cells[4][..2], ["offering:azure-openai", "data_residency"]);
    assert_eq!(cells[2][..2], ["organization:openai", "gpai_cop"]);
}

#[test]
fn answers_say_what_was_read_and_for_which_models_they_differ() {
    let mut registry = sample::registry();
    let cell = own_cell(&mut registry, "data_residency");
    cell.exceptions = known(vec![sample::exception()]);
    cell.evidence = known(vec![sample::read("https://a.example/", Some(Via::Archive), Some("2026-07-01"))]);
    let answers = rows(&exported(&registry), "Answers");
    assert_eq!(
        answers[4],
        [
            "OpenAI models on Azure",
            "Data residency",
            "Yes, public",
            "Choose a region",
            "High",
            "2026-07-01",
            "2026-12-28, 175 days left on 2026-07-06",
            "copy of 2026-07-01",
            "not by a person yet",
            "",
            "gpt-x, gpt-y: No. Kept in one region. One region only. Retention days: 30",
        ]
    );
    assert_eq!(
        answers[3][5..10],
        ["undated", "", "looked for, not read", "stated for 2026-07-06, but no reading supports it", ""]
    );
}

#[test]
fn evidence_has_links() {
    let bytes = exported(&sample::registry());
    let evidence = rows(&bytes, "Evidence");
    assert_eq!(evidence.len(), 5);
    let first = [
        "Microsoft Azure",
        "SOC 2 Type II",
        "Yes, sales-gated",
        "Trust portal",
        "https://example.com/a(b)?x=1&y=2",
    ];
    assert_eq!(evidence[3][..5], first);
    assert_eq!(evidence[3][5..7], ["primary source", "blocked on 2026-07-05 (HTTP 403)"]);
    let expected = ["https://example.com/a(b)?x=1&amp;y=2", "https://example.org/", "https://archive.org/1"];
    assert_eq!(links(&bytes), expected);
}

#[test]
fn texts_stay_texts_whatever_they_look_like() {
    let hostile = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "{=1}",
        "https://evil.example/",
        "mailto:a@b.example",
        "internal:Cells!A1",
        "00042",
        "1e5",
        "TRUE",
        "2026-07-05",
        "#N/A",
        "'x",
        " both ends ",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "_x0041_",
        "_x005F_x0041_",
        "\u{0}\u{1}\u{1f}\u{7f}",
        "\u{fffe}\u{ffff}",
        "\u{202e}abc",
        "<b>&amp;</b>",
        "]]>",
        "😀\u{200d}",
        "x=\"1\"; y",
    ];
    for text in hostile {
        let mut registry = sample::registry();
        let cell = own_cell(&mut registry, "data_residency");
        cell.note = known(text.to_owned());
        cell.headline = known(text.to_owned());
        registry.offerings.get_mut("azure-openai").unwrap().name = text.to_owned().into();
        registry.info.name = text.to_owned().into();
        registry.info.disclaimer = known(text.to_owned());
        let bytes = exported(&registry);
        let cells = rows(&bytes, "Cells");
        assert_eq!(cells[4][5..7], [text, text], "{text:?}");
        assert_eq!(rows(&bytes, "Matrix")[0][0], format!("# {}", text.trim()));
        assert_eq!(
            rows(&bytes, "About")[1][1],
            if text.trim().is_empty() { "Registry" } else { text.trim() }
        );
        assert_eq!(links(&bytes).len(), 3, "{text:?}");
    }
}

#[test]
fn naughty_strings_come_back_from_every_table() {
    let registry = hostile_registry(&hostile());
    let bytes = exported(&registry);
    for table in importable(&registry) {
        let found = rows(&bytes, table::name(&table));
        for (row, expected) in found.iter().zip(whole_rows(&table)) {
            assert_eq!(*row, expected);
        }
        assert_eq!(found.len(), table.rows().count() + 1);
    }
    assert!(links(&bytes).iter().all(|link| link.to_lowercase().starts_with("http")), "{:?}", links(&bytes));
}

#[test]
fn addresses_are_links_only_where_they_can_be_followed() {
    // Spreadsheets count units of UTF-16, of which these letters take two.
    let long = |units: usize| format!("https://a.example/{}{}", "𝒙".repeat(1_000), "x".repeat(units - 2_018));
    for (url, is_link) in [
        ("https://a.example/".to_owned(), true),
        (long(2_079), true),
        (long(2_080), false),
        ("javascript://a.example/%0aalert(1)".to_owned(), false),
        ("file://server/share".to_owned(), false),
        ("internal://x".to_owned(), false),
    ] {
        let mut registry = sample::registry();
        let Optional::Known(evidence) = &mut soc2(&mut registry).evidence else { unreachable!() };
        evidence.truncate(1);
        evidence[0].url = Required::Known(parsed(&url));
        let bytes = exported(&registry);
        assert_eq!(rows(&bytes, "Evidence")[3][4], url);
        assert_eq!(links(&bytes), if is_link { vec![url] } else { Vec::new() });
    }
}

#[test]
fn the_same_data_make_the_same_bytes_on_any_day() {
    let registry = sample::registry();
    let bytes = exported(&registry);
    for day in ["2026-07-06", "2026-11-02", "2027-01-01"] {
        let edition = Edition::new(registry.clone(), parsed(day));
        assert!(xlsx(&registry, &edition).unwrap().files[0].bytes() == bytes, "{day}");
    }
    assert!(template() == template());
    let core = &parts(&bytes)["docProps/core.xml"];
    assert!(core.contains(">2026-07-06T00:00:00Z</dcterms:created>"), "{core}");
}

#[test]
fn a_day_that_has_not_come_stays_in_the_tables_and_out_of_what_is_read() {
    let mut registry = sample::registry();
    soc2(&mut registry).verified_on = known(parsed("2026-12-24"));
    let edition = Edition::new(registry.clone(), parsed("2026-11-01"));
    let export = xlsx(&registry, &edition).unwrap();
    assert_eq!(export.later.len(), 1);
    let cells = rows(&export.files[0].bytes(), "Cells");
    assert!(cells[3].contains(&"2026-12-24".to_owned()));
    assert!(rows(&export.files[0].bytes(), "Matrix")[1][0].starts_with("As of 2026-07-05: 3 answers;"));
}

#[test]
fn a_text_that_no_cell_holds_is_refused_by_name() {
    let with_note = |note: String| {
        let mut registry = sample::registry();
        soc2(&mut registry).note = known(note);
        let edition = Edition::new(registry.clone(), parsed("2026-11-01"));
        xlsx(&registry, &edition)
    };
    // Three bytes and one unit; four bytes and two units.
    assert!(with_note("€".repeat(32_767)).is_ok());
    assert!(with_note("😀".repeat(16_383)).is_ok());
    let error = with_note("😀".repeat(16_384)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`note` of platform:azure soc2_type2 is 32768 UTF-16 units long, and a cell of a workbook holds 32,767"
    );
    let mut registry = sample::registry();
    registry.info.disclaimer = known("x".repeat(40_000));
    let edition = Edition::new(registry.clone(), parsed("2026-11-01"));
    let error = xlsx(&registry, &edition).unwrap_err().to_string();
    assert!(error.starts_with("a text in column 2 of row 4 of the sheet About is 40000 "), "{error}");
}

#[test]
fn a_note_that_is_too_long_is_cut_and_says_where_the_rest_is() {
    let mut registry = sample::registry();
    let mut dimensions: Vec<_> = registry.dimensions.iter().cloned().collect();
    dimensions[0].question = Required::Known("€".repeat(32_767));
    dimensions[1].question = Required::Known("😀".repeat(16_383));
    let dimensions = Required::Known(dimensions);
    registry.dimensions = model::Dimensions::new(model::DimensionFile { dimensions });
    let bytes = exported(&registry);
    let parts = parts(&bytes);
    let notes: Vec<_> = parts.iter().filter(|(name, _)| name.contains("comments")).collect();
    let whole = notes.iter().flat_map(|(_, text)| text.split("<t").skip(1));
    let cut: Vec<_> = whole.filter(|note| note.contains("The sheet Questions has the whole text.")).collect();
    assert!(cut.len() >= 2, "{}", cut.len());
    assert!(cut.iter().all(|note| note.encode_utf16().count() < 33_000));
    let questions = rows(&bytes, "Questions");
    assert!(questions.iter().flatten().any(|text| *text == "€".repeat(32_767)));
}

#[test]
fn the_template_offers_what_may_be_written() {
    let bytes = template();
    let names = open(&bytes).sheet_names();
    assert_eq!(names, ["Read me", "Cells", "Offerings", "Platforms", "Organizations", "Questions", "Lists"]);
    for (sheet, columns) in
        [("Cells", cell_columns(3).len()), ("Offerings", 7), ("Platforms", 3), ("Organizations", 4)]
    {
        let rows = rows(&bytes, sheet);
        assert_eq!((rows.len(), rows[0].len()), (1, columns), "{sheet}");
    }
    let lists = rows(&bytes, "Lists");
    let list = |name: &str| {
        let at = lists[1].iter().position(|list| list == name).unwrap();
        lists[2..].iter().map(|row| row[at].clone()).filter(|value| !value.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(list("dimension"), ["soc2_type2", "data_residency", "gpai_cop"]);
    assert_eq!(list("owner")[..2], ["offering:azure-openai", "platform:azure"]);
    assert_eq!(
        list("Status"),
        ["yes_public", "yes_sales_gated", "partial", "unclear", "no_public_evidence", "no"]
    );

    let parts = parts(&bytes);
    let cells = &parts["xl/worksheets/sheet2.xml"];
    let checks = cells.matches("<dataValidation ").count();
    assert_eq!(checks, 24);
    let verified = cell_columns(3).iter().position(|column| column == "verified_on").unwrap();
    let verified = rust_xlsxwriter::column_number_to_name(verified as u16);
    for check in [
        "sqref=\"B2:B2001\"><formula1>Lists!$A$3:$A$5</formula1>",
        "sqref=\"C2:C2001\"><formula1>Lists!$F$3:$F$8</formula1>",
        "sqref=\"F2:F2001\"><formula1>100</formula1>",
        &format!("ISNUMBER(DATEVALUE({verified}2))"),
    ] {
        assert!(cells.contains(check), "{check} in {cells}");
    }
    let notes: String =
        parts.iter().filter(|(name, _)| name.contains("comments")).map(|(_, text)| &**text).collect();
    for note in [
        "Required. The grade that follows",
        "\nyes_sales_gated: The commitment holds, but",
        "The regions and countries in which it holds. EU, EEA, GLOBAL, or a country",
        "soc2_type2: Is there SOC 2 Type II?",
        "Several are separated by commas.",
        "At most 100 characters.",
        "Evidence 2: The address of the page.",
    ] {
        assert!(notes.contains(note), "{note}");
    }
}
