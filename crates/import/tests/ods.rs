//! Workbooks of OpenDocument: what is taken, with exact values, and what is refused, at its place.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;

use import::{Options, Reading};
use model::Date;
use support::workbook::{Book, ods_table};
use support::{cell, grid, note, read, told};

const HEADER: &[&str] = &["owner", "dimension", "status", "note", "source_url", "verified_on"];

/// A table with headers, and rows below as they are given.
fn table(rows: &str) -> String {
    ods_table("cells", &grid(&[HEADER])).replace("</table:table>", &format!("{rows}</table:table>"))
}

/// A row with an owner, a dimension, a status, and other cells as they are given.
fn row(cells: &str) -> String {
    let known = ods_table("", &grid(&[&["a", "soc2_type2", "partial"]]));
    let known =
        known.split_once("<table:table-row>").unwrap().1.replace("</table:table-row></table:table>", "");
    format!("<table:table-row>{known}{cells}</table:table-row>")
}

/// A cell with attributes and a shown text.
fn typed(attributes: &str, shown: &str) -> String {
    format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
}

fn tell(cases: Vec<(&str, String)>) -> String {
    let mut all = String::new();
    for (name, tables) in cases {
        let _ =
            writeln!(all, "{name}\n{}", told("book.ods", Book::ods(&tables).bytes(), &Options::default()));
    }
    all
}

fn plain(tables: &str) -> import::Import {
    read("book.ods", Book::ods(tables).bytes(), &Options::default())
}

#[test]
fn texts_come_as_they_show() {
    let noted = |cell: &str| note(&plain(&table(&row(cell))));
    let string = r#"office:value-type="string""#;
    assert_eq!(
        noted(&format!(
            "<table:table-cell {string}>\
             <text:p>one<text:s text:c=\"2\"/>two  <text:span>three</text:span>\n   four<text:tab/>five</text:p>\
             <text:p/><text:p>six<text:line-break/>seven &amp; &#x1F4F7;</text:p></table:table-cell>"
        )),
        "one  two  three four\tfive\n\nsix\nseven & 📷"
    );
    assert_eq!(noted(&typed(r#"office:value-type="float" office:value="27001""#, "27001")), "27001");
    assert_eq!(
        noted(r#"<table:table-cell office:value-type="string" office:string-value="stated"/>"#),
        "stated"
    );
    let dated = table(&row(&format!(
        "<table:table-cell table:number-columns-repeated=\"2\"/>{}",
        typed(r#"office:value-type="date" office:date-value="2026-07-05T00:00:00""#, "05.07.26")
    )));
    assert_eq!(cell(&plain(&dated), "soc2_type2").verified_on.known(), Date::new(2026, 7, 5).as_ref());
}

#[test]
fn values_of_other_kinds_are_refused() {
    let note = |attributes: &str, shown: &str| table(&row(&typed(attributes, shown)));
    let date = |attributes: &str, shown: &str| {
        table(&row(&format!("<table:table-cell/><table:table-cell/>{}", typed(attributes, shown))))
    };
    let link = |text: &str, target: &str| {
        let cell = typed(
            r#"office:value-type="string""#,
            &format!("<text:a xlink:href=\"{target}\">{text}</text:a>"),
        );
        table(&row(&format!("<table:table-cell/>{cell}")))
    };
    cell(&plain(&link("https://a.example", "https://a.example/")), "soc2_type2");
    let all = tell(vec![
        ("a percentage of 1", note(r#"office:value-type="percentage" office:value="1""#, "100%")),
        ("a currency", note(r#"office:value-type="currency" office:value="3""#, "3 €")),
        ("a number that looks different", note(r#"office:value-type="float" office:value="42""#, "00042")),
        ("a fraction", note(r#"office:value-type="float" office:value="0.5""#, "0.5")),
        ("a truth value", note(r#"office:value-type="boolean" office:boolean-value="true""#, "WAHR")),
        ("a day", note(r#"office:value-type="date" office:date-value="2026-07-05""#, "5. Juli")),
        ("a number for a day", date(r#"office:value-type="float" office:value="46208""#, "46208")),
        (
            "a hidden time",
            date(r#"office:value-type="date" office:date-value="2026-07-05T14:30:00""#, "05.07.26"),
        ),
        ("a time", date(r#"office:value-type="time" office:time-value="PT14H30M00S""#, "14:30")),
        (
            "an error",
            note(
                r#"office:value-type="string" office:string-value="" calcext:value-type="error" table:formula="of:=NA()""#,
                "#N/A",
            ),
        ),
        (
            "an error by number",
            note(r#"office:value-type="float" office:value="0" calcext:value-type="error""#, "Err:502"),
        ),
        ("an error as text", note(r#"office:value-type="string""#, "#N/A")),
        ("a formula with its value", note(r#"office:value-type="string" table:formula="of:=[.A2]""#, "a")),
        ("a formula without", table(&row(r#"<table:table-cell table:formula="of:=[.A2]"/>"#))),
        ("a link whose text is no address", link("SOC 2 report", "https://a.example/report")),
        ("a number that is none", note(r#"office:value-type="float" office:value="x""#, "x")),
        ("an unknown kind", note(r#"office:value-type="colour""#, "red")),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn repeats_and_merges_are_counted() {
    let blank = "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    cell(
        &plain(&table(&(row("<table:table-cell table:number-columns-repeated=\"16381\"/>") + blank))),
        "soc2_type2",
    );
    let after = |rows: u32| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell/></table:table-row>"
        )
    };
    let named =
        |name: &str, tables: &str| tables.replace("table:name=\"cells\"", &format!("table:name=\"{name}\""));
    let merged = table(
        &(row("").replacen("<table:table-cell", "<table:table-cell table:number-rows-spanned=\"2\"", 1)
            + &row("")
                .replace(
                    r#"<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>"#,
                    "<table:covered-table-cell/>",
                )
                .replace("soc2_type2", "hipaa_baa")),
    );
    let filled =
        Options { reading: Reading { fill_merged: true, ..Reading::default() }, ..Options::default() };
    cell(&read("book.ods", Book::ods(&merged).bytes(), &filled), "hipaa_baa");
    let filled_row = |columns: u32, rows: u64| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"string\" \
             table:number-columns-repeated=\"{columns}\"><text:p>x</text:p></table:table-cell></table:table-row>"
        )
    };
    let title = format!("<table:table table:name=\"cells\">{}", after(3));
    let all = tell(vec![
        (
            "a row that repeats",
            table(&row("").replace("<table:table-row", "<table:table-row table:number-rows-repeated=\"2\"")),
        ),
        (
            "rows before the table",
            named(
                "cells",
                &table(
                    &(row("") + &row("").replace("partial", "perhaps").replace("soc2_type2", "hipaa_baa")),
                ),
            )
            .replace("<table:table table:name=\"cells\">", &title),
        ),
        (
            "blank rows in the middle",
            table(&(row("") + &after(2) + &row("").replace("soc2_type2", "hipaa_baa"))),
        ),
        ("merged cells", merged),
        ("millions of filled cells", table(&filled_row(16_384, 1_000_000))),
        (
            "millions of faulty cells",
            table(&filled_row(16_384, 1_000_000).replace("\"string\"", "\"colour\"")),
        ),
        ("a filled row that never ends", table(&filled_row(3, 4_000_000_000))),
        ("columns that never end", table(&filled_row(4_000_000_000, 1))),
        ("a repeat that is none", table(&filled_row(0, 1))),
        (
            "a text at the end of the row",
            table(&row(&format!(
                "<table:table-cell table:number-columns-repeated=\"16380\"/>{}",
                typed(r#"office:value-type="string""#, "stray")
            ))),
        ),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn documents_of_other_kinds_are_named() {
    let deleted = "<table:tracked-changes><table:table table:name=\"old\"/></table:tracked-changes>";
    cell(&plain(&format!("{deleted}{}", table(&row("")))), "soc2_type2");
    let text = Book::ods("").replace("content.xml", "office:spreadsheet", "office:text");
    let encrypted = Book::ods(&table("")).with(
        "META-INF/manifest.xml",
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
    );
    let newer = Book::ods("").without("content.xml").with("encrypted-package", "x");
    let typed = Book::ods("").replace(
        "content.xml",
        "<office:document-content",
        "<!DOCTYPE x><office:document-content",
    );
    let mut all = String::new();
    for book in [text, encrypted, newer, typed] {
        all += &told("book.ods", book.bytes(), &Options::default());
    }
    insta::assert_snapshot!(all);
}
