//! Files that were damaged on their way, or on purpose: nothing panics, and the damage is reported.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::sync::LazyLock;

use import::Options;
use proptest::prelude::*;
use support::workbook::{Book, ods_table, rows_from};
use support::{grid, note, read};

const ROWS: &[&[&str]] = &[
    &["owner", "dimension", "status", "note", "source_url", "verified_on"],
    &["a", "soc2_type2", "partial", "a note\nof two lines", "https://a.example/x", "2026-07-05"],
    &["a", "hipaa_baa", "no", "another", "", ""],
];

const STRINGS: &str = "<sst><si><t>shared</t></si></sst>";

static XLSX: LazyLock<Vec<u8>> = LazyLock::new(|| xlsx(&sheet()));
static ODS: LazyLock<Vec<u8>> = LazyLock::new(|| Book::ods(&ods_table("cells", &grid(ROWS))).bytes());

fn sheet() -> String {
    let after = r#"<c r="G3" t="s"><v>0</v></c><c r="H3" s="0"><f>1</f><v>1</v></c></row>"#;
    let data = rows_from(1, &grid(ROWS)).replacen("<c r=\"A1\"", "<c r=\"A1\" s=\"0\"", 1);
    let (head, tail) = data.rsplit_once("</row>").unwrap();
    format!("<sheetData>{head}{after}{tail}</sheetData><mergeCells><mergeCell ref=\"J1:K2\"/></mergeCells>")
        .replace("G3", "Y3")
        .replace("H3", "Z3")
}

fn xlsx(sheet: &str) -> Vec<u8> {
    Book::xlsx(&[("cells", "", sheet)]).with("xl/sharedStrings.xml", STRINGS).bytes()
}

/// The bytes with some of them changed.
fn changed(bytes: &[u8], changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (index, byte) in changes {
        let at = index.index(bytes.len());
        bytes[at] = *byte;
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_workbook_is_told_or_says_the_same(changes in changes(), open in any::<bool>()) {
        let (name, bytes): (_, &[u8]) = if open { ("book.ods", &ODS) } else { ("book.xlsx", &XLSX) };
        let whole = read(name, bytes, &Options::default());
        let damaged = read(name, changed(bytes, &changes), &Options::default());
        if damaged.findings.iter().map(support::line).eq(whole.findings.iter().map(support::line)) {
            prop_assert_eq!(&damaged.registry.offerings, &whole.registry.offerings);
        }
    }

    #[test]
    fn a_workbook_cut_off_is_refused(end in any::<prop::sample::Index>(), open in any::<bool>()) {
        let (name, bytes): (_, &[u8]) = if open { ("book.ods", &ODS) } else { ("book.xlsx", &XLSX) };
        let cut = read(name, &bytes[..end.index(bytes.len())], &Options::default());
        prop_assert!(cut.plan.is_empty() && !cut.findings.is_empty());
    }

    #[test]
    fn no_xml_makes_it_panic(changes in changes(), open in any::<bool>()) {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        if open {
            let table = text(changed(ods_table("cells", &grid(ROWS)).as_bytes(), &changes));
            read("book.ods", Book::ods(&table).bytes(), &Options::default());
        } else {
            read("book.xlsx", xlsx(&text(changed(sheet().as_bytes(), &changes))), &Options::default());
        }
    }

    #[test]
    fn no_change_of_a_csv_file_makes_it_panic(changes in changes()) {
        let rows = grid(ROWS).iter().map(|row| format!("\"{}\"\r\n", row.join("\",\""))).collect::<String>();
        read("cells.csv", changed(rows.as_bytes(), &changes), &Options::default());
    }
}

#[test]
fn the_workbooks_are_sound_before_they_are_damaged() {
    let import = read("book.ods", ODS.clone(), &Options::default());
    assert_eq!(note(&import), "a note\nof two lines");
    // Only the columns without headers are reported.
    assert_eq!(read("book.xlsx", XLSX.clone(), &Options::default()).findings.len(), 2);
}
