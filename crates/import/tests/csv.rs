//! CSV as people send it: what is taken, with exact values, and what is refused, at its place.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;

use import::{Options, Reading};
use support::{cell, note, ordered, read, told};

const HEADER: &str = "owner,dimension,status,note,source_url,verified_on\n";

/// The findings of each text, under its name.
fn tell(cases: &[(&str, String)]) -> String {
    let mut all = String::new();
    for (name, text) in cases {
        let _ = writeln!(all, "{name}\n{}", told("cells.csv", text.as_bytes(), &Options::default()));
    }
    all
}

/// A table with one row, whose note is as given.
fn with_note(note: &str) -> String {
    format!("{HEADER}a,soc2_type2,partial,{note},,\n")
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn encodings_are_told_by_a_mark_or_by_the_user() {
    let text = with_note("café 漢字");
    let default = Options::default();
    assert_eq!(note(&read("c.csv", format!("\u{feff}{text}"), &default)), "café 漢字");
    for big in [false, true] {
        assert_eq!(note(&read("c.csv", utf16(&format!("\u{feff}{text}"), big), &default)), "café 漢字");
    }
    let latin: Vec<u8> =
        with_note("caf#").bytes().map(|byte| if byte == b'#' { 0xE9 } else { byte }).collect();
    let told_so = |label: &str| Options {
        reading: Reading { encoding: Some(label.parse().unwrap()), ..Reading::default() },
        ..Options::default()
    };
    assert_eq!(note(&read("c.csv", latin.clone(), &told_so("windows-1252"))), "café");
    assert_eq!(note(&read("c.csv", utf16(&text, false), &told_so("utf-16le"))), "café 漢字");
    let mut last = with_note("fine").into_bytes();
    last.extend(b"a,hipaa_baa,partial,\xFF,,\n");
    let refused = [
        ("UTF-16 without a mark", utf16(&text, false)),
        ("the same, big end first", utf16(&text, true)),
        ("Windows-1252", latin),
        ("one bad byte in the last row", last),
        ("UTF-32", b"\xFF\xFE\0\0o\0\0\0".to_vec()),
        ("broken UTF-16", b"\xFF\xFEo\0\n\0\0\xD8o\0".to_vec()),
    ];
    let all: String = refused
        .iter()
        .map(|(name, bytes)| format!("{name}\n{}\n", told("c.csv", bytes.clone(), &default)))
        .collect();
    insta::assert_snapshot!(all);
}

#[test]
fn every_dialect_gives_the_same() {
    const NOTE: &str = "\"x, y; z\n\"\"q\"\"\"";
    let headers = ["owner", "dimension", "status", "note", "source_url", "verified_on"];
    let row = ["a", "soc2_type2", "partial", NOTE, "", "2026-07-05"];
    let table = |headers: &[&str], row: &[&str], delimiter: &str| {
        format!("{}\n{}\n", headers.join(delimiter), row.join(delimiter))
    };
    let plain = table(&headers, &row, ",");
    let line_ends = |end: &str| plain.replace('\n', end);
    let variants = [
        plain.clone(),
        line_ends("\r\n"),
        line_ends("\r"),
        plain.trim_end().to_owned(),
        plain.replacen('\n', "\r\n", 1),
        format!("{}\n\n  \n,,,,,\n", plain.trim_end()),
        table(&headers, &row, ";"),
        table(&headers, &row, "\t"),
        format!("sep=;\n{}", table(&headers, &row, ";")),
        format!("\"Sep=|\"\r\n{}", table(&headers, &row, "|")),
        format!("Answers of the vendor,,,,,\n{plain}"),
        table(
            &["verified_on", "note", "status", "dimension", "owner", "", ""],
            &["2026-07-05", NOTE, "partial", "soc2_type2", "a", "", ""],
            ",",
        ),
        table(
            &["\u{a0}Verified On", "NOTE", "status", "Dimension", "offering"],
            &["2026-07-05", NOTE, "partial", "soc2_type2", "a"],
            ",",
        ),
        table(
            &["#", "owner", "dimension", "status", "note", "verified-on", "# mine"],
            &["1", "a", "soc2_type2", "partial", NOTE, "2026-07-05", "#N/A"],
            ",",
        ),
    ];
    for text in variants {
        let import = read("c.csv", text.as_bytes(), &Options::default());
        assert_eq!(note(&import), "x, y; z\n\"q\"", "{text:?}");
        let day = model::Date::new(2026, 7, 5).unwrap();
        assert_eq!(cell(&import, "soc2_type2").verified_on.known(), Some(&day), "{text:?}");
    }
}

#[test]
fn texts_come_as_they_stand() {
    let long = "x".repeat(15_000);
    for text in [
        "=1+1",
        "@x",
        "'quoted",
        "00042",
        "1E5",
        "True",
        "0.30",
        "NULL",
        "<b>&amp;",
        "{{x}}",
        "::error::x",
        "a|b\\",
        "12345678901234567890",
        "’",
        "日本",
        &long,
    ] {
        let import = read("c.csv", with_note(text).as_bytes(), &Options::default());
        assert_eq!(note(&import), text);
    }
}

#[test]
fn broken_tables_are_refused_where_they_break() {
    let row = |text: &str| format!("{HEADER}{text}\n");
    let crlf = |text: String| text.replace('\n', "\r\n");
    let all = tell(&[
        ("an unquoted comma", row("a,soc2_type2,partial,one, two,,2026-07-05")),
        ("a short record", row("a,soc2_type2,partial")),
        ("a quote never closed", row("a,soc2_type2,partial,\"open,,\na,hipaa_baa,no,,,")),
        ("a quote never closed in the last column", row("a,soc2_type2,partial,,,\"2026\na,hipaa_baa,no,,,")),
        ("text after a closing quote", row("a,soc2_type2,partial,\"The platform\" is audited,,")),
        ("a quote within a field", row("a,soc2_type2,partial,a 3\" disk,,")),
        (
            "line breaks in cells before an error",
            crlf(row("a,soc2_type2,partial,\"one\ntwo\nthree\",,\na,hipaa_baa,perhaps,,,")),
        ),
        ("the same, by records", crlf(row("a,soc2_type2,partial,\"one\ntwo\nthree\",,\na,hipaa_baa"))),
        ("an empty row in the middle", row("a,soc2_type2,partial,x,,\n\n,,,,,\na,hipaa_baa,partial,x,,")),
        ("Ctrl-Z at the end", row("a,soc2_type2,partial,x,,\n\u{1a}")),
        ("a NUL", row("a,soc2_type2,partial,x\0y,,")),
        ("a header whose quote is never closed", "\"owner,dimension\na,b\n".to_owned()),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn headers_are_matched_or_refused() {
    let headers = |text: &str| format!("{text}\n");
    let all = tell(&[
        ("a header twice", headers("owner,dimension,status,note,Status")),
        ("an unknown header", headers("owner,dimension,status,notes,sauce")),
        ("a header with a Greek letter", headers("owner,dimension,statuѕ")),
        ("a required column missing", headers("owner,status,note")),
        ("no known header", headers("vendor,question,answer")),
        ("a text without its header", format!("{},\na,soc2_type2,partial,x,,,stray\n", HEADER.trim_end())),
        ("no header at all", headers("a,soc2_type2,partial")),
        ("the evidence", headers("owner,dimension,n,url,title")),
        ("the matrix", headers("offering,name,developer,platform,soc2_type2")),
        ("headers alone", HEADER.to_owned()),
        ("nothing", String::new()),
        ("blanks", " \n\n".to_owned()),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn values_are_refused_where_they_stand() {
    let row = |text: &str| format!("{HEADER}{text}\n");
    let all = tell(&[
        ("an id that leaves the folder", row("../../etc/passwd,soc2_type2,partial,,,")),
        ("an id with a backslash", row("offering:a\\b,soc2_type2,partial,,,")),
        ("an id that begins with a hyphen", row("-rf,soc2_type2,partial,,,")),
        ("an id of 300 letters", row(&format!("{},soc2_type2,partial,,,", "x".repeat(300)))),
        ("a kind misspelt", row("offring:a,soc2_type2,partial,,,")),
        ("an offering that is not there", row("b,soc2_type2,partial,,,")),
        ("the same cell twice", row("a,soc2_type2,partial,x,,\na,soc2_type2,partial,x,,")),
        ("a value in capitals", row("a,soc2_type2,Partial,,,")),
        ("a value with an odd hyphen", row("a,soc2_type2,yes‑public,,,")),
        ("a value with a no-break space", row("a,soc2_type2,no\u{a0}public evidence,,,")),
        ("a value with a Cyrillic letter", row("a,soc2_type2,nо,,,")),
        ("a date of day, month and year", row("a,soc2_type2,partial,,,05/07/2026")),
        ("a day that is none", row("a,soc2_type2,partial,,,2026-02-30")),
        ("a serial number as a date", row("a,soc2_type2,partial,,,46208")),
        ("a date with a time", row("a,soc2_type2,partial,,,2026-07-05T00:00:00")),
        ("a script for an address", row("a,soc2_type2,partial,,javascript:alert(1),")),
        ("an address without a scheme", row("a,soc2_type2,partial,,a.example/x,")),
        ("an address with blanks", row("a,soc2_type2,partial,,https://a.example/x y,")),
        ("an error as text", row("a,soc2_type2,#N/A,,,\na,hipaa_baa,partial,#REF!,,")),
        (
            "facts that are none",
            "owner,dimension,facts\na,soc2_type2,report_type=2; scope\na,hipaa_baa,\"x=\"\"open\"\n"
                .to_owned(),
        ),
        ("a command for CI in an id", row("::error::x,soc2_type2,partial,,,")),
        (
            "ids that can name no file",
            format!("id,platform,category,name\n{},p,aggregator,X\nNUL,p,aggregator,X\n", "x".repeat(300)),
        ),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn files_that_are_something_else_are_named() {
    let compound = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 504], &name].concat()
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("workbook.csv", b"PK\x03\x04rest".to_vec()),
        ("csv.xlsx", HEADER.into()),
        ("csv.ods", HEADER.into()),
        ("encrypted.xlsx", compound("EncryptedPackage")),
        ("old.xls", compound("Workbook")),
        ("letter.doc", compound("WordDocument")),
        ("page.xls", "<html><table>".into()),
        ("page.csv", "\u{feff} <!DOCTYPE HTML>".into()),
        ("flat.fods", "<?xml version=\"1.0\"?><office:document/>".into()),
        ("data.json", "[{\"owner\": 1}]".into()),
        ("paper.pdf", "%PDF-1.7".into()),
        ("cells.csv.gz", b"\x1F\x8B\x08".to_vec()),
        ("table.parquet", "PAR1".into()),
        ("cut.xlsx", b"PK\x03\x04".to_vec()),
    ];
    let all: String = cases.into_iter().map(|(name, bytes)| told(name, bytes, &Options::default())).collect();
    insta::assert_snapshot!(all);
}

#[test]
fn thousands_of_faults_are_told_in_order() {
    let rows: String = (0..3000).map(|n| format!("a,d{n},perhaps_{n},,,\n")).collect();
    let import = read("cells.csv", format!("{HEADER}{rows}"), &Options::default());
    let lines: Vec<String> = ordered(&import).iter().map(support::line).collect();
    assert_eq!(lines.iter().filter(|line| line.contains(": `perhaps_")).count(), 3000);
    for (n, line) in lines.iter().filter(|line| line.contains(": `perhaps_")).enumerate() {
        assert!(line.contains(&format!(" C{} (status)", n + 2)), "{line}");
    }
}
