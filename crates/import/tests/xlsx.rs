//! Workbooks of Office Open XML: what is taken, with exact values, and what is refused, at its place.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;

use import::{Options, Reading};
use model::Date;
use support::workbook::{Book, relation, relations, rows_from};
use support::{cell, grid, note, read, told};

const HEADER: &[&str] = &["owner", "dimension", "status", "note", "source_url", "verified_on", "http_status"];

/// A sheet with headers in row 1, and rows below as they are given.
fn sheet(rows: &str) -> Book {
    Book::sheet(&(rows_from(1, &grid(&[HEADER])) + rows))
}

/// Row 2 with an owner, a dimension, a status, and other cells as they are given.
fn row(cells: &str) -> String {
    let known = rows_from(2, &grid(&[&["a", "soc2_type2", "partial"]]));
    known.replace("</row>", &format!("{cells}</row>"))
}

/// Styles, one a number format.
fn styles(codes: &[&str]) -> String {
    let (mut formats, mut cells) = (String::new(), String::new());
    for (at, code) in codes.iter().enumerate() {
        let id = 164 + at;
        let _ = write!(formats, r#"<numFmt numFmtId="{id}" formatCode="{}"/>"#, code.replace('"', "&quot;"));
        let _ = write!(cells, r#"<xf numFmtId="{id}"/>"#);
    }
    format!(
        "<styleSheet><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
         <cellXfs><xf numFmtId=\"0\"/>{cells}</cellXfs></styleSheet>"
    )
}

fn tell(cases: Vec<(&str, Book)>) -> String {
    let mut all = String::new();
    for (name, book) in cases {
        let _ = writeln!(all, "{name}\n{}", told("book.xlsx", book.bytes(), &Options::default()));
    }
    all
}

fn plain(book: &Book) -> import::Import {
    read("book.xlsx", book.bytes(), &Options::default())
}

#[test]
fn days_are_days_in_both_epochs() {
    let book = |serial: &str, code: &str| {
        sheet(&row(&format!(r#"<c r="F2" s="1"><v>{serial}</v></c>"#))).with("xl/styles.xml", styles(&[code]))
    };
    let early = |book: Book| {
        let extension = r#"<workbookPr date1904="1"/><sheets>"#;
        book.replace("xl/workbook.xml", "<sheets>", extension).replace(
            "xl/workbook.xml",
            "</sheets>",
            r#"</sheets><extLst><ext><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>"#,
        )
    };
    let iso = sheet(&row(r#"<c r="F2" t="d"><v>2026-07-05T00:00:00</v></c>"#));
    for book in [
        book("46208", "yyyy-mm-dd"),
        book("46208", "[$-409]d\\ mmmm\\ yyyy;@"),
        book("46208.0", "dd/mm/yy"),
        early(book("44746", "m/d/yyyy")),
        iso,
    ] {
        let import = plain(&book);
        assert_eq!(cell(&import, "soc2_type2").verified_on.known(), Date::new(2026, 7, 5).as_ref());
    }
    let all = tell(vec![
        ("a bare number", sheet(&row(r#"<c r="F2"><v>46208</v></c>"#))),
        ("a hidden time of day", book("46208.604166666664", "yyyy-mm-dd")),
        ("a time of day alone", book("0.5", "h:mm")),
        ("a duration", book("46208", "[h]:mm")),
        ("the day that never was", book("60", "yyyy-mm-dd")),
        ("before the first day", book("-1", "yyyy-mm-dd")),
        ("after the last", book("1E300", "yyyy-mm-dd")),
        ("an ISO date with a time", sheet(&row(r#"<c r="F2" t="d"><v>2026-07-05T10:00:00</v></c>"#))),
        (
            "a day where a text is due",
            sheet(&row(r#"<c r="D2" s="1"><v>46208</v></c>"#)).with("xl/styles.xml", styles(&["d-mmm"])),
        ),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn numbers_are_texts_only_where_they_are_exact_and_look_so() {
    let book = |style: usize, value: &str| {
        sheet(&row(&format!(r#"<c r="D2" s="{style}"><v>{value}</v></c>"#)))
            .with("xl/styles.xml", styles(&["0", "@", "00000", "0%", "#,##0", "0.00", "$0"]))
    };
    for (style, value, text) in [
        (0, "27001", "27001"),
        (1, "42.0", "42"),
        (2, "1E3", "1000"),
        (0, "-7", "-7"),
        (9, "9007199254740991", "9007199254740991"),
    ] {
        assert_eq!(note(&plain(&book(style, value))), text);
    }
    let outcome = |book: Book| {
        let header = r#"<c r="H1" t="inlineStr"><is><t>fetch_outcome</t></is></c></row><row r="2">"#;
        book.replace("xl/worksheets/sheet1.xml", r#"</row><row r="2">"#, header)
    };
    let status = outcome(sheet(&row(
        r#"<c r="E2" t="inlineStr"><is><t>https://a.example/x</t></is></c><c r="G2"><v>404</v></c>
           <c r="H2" t="inlineStr"><is><t>not_found</t></is></c>"#,
    )));
    let import = plain(&status);
    let evidence = &cell(&import, "soc2_type2").evidence.known().unwrap()[0];
    assert_eq!(evidence.fetch.known().unwrap().http_status.known(), Some(&404));
    let all = tell(vec![
        ("00042", book(3, "42")),
        ("a percentage", book(4, "1")),
        ("thousands", book(5, "27001")),
        ("two decimals", book(6, "3")),
        ("a currency", book(7, "3")),
        ("a fraction", book(0, "0.30000000000000004")),
        ("20 digits", book(0, "12345678901234567890")),
        ("a truth value in a text", sheet(&row(r#"<c r="D2" t="b"><v>1</v></c>"#))),
        (
            "a truth value for a status",
            sheet(&row("").replace(
                r#"<c r="C2" t="inlineStr"><is><t xml:space="preserve">partial</t></is></c>"#,
                r#"<c r="C2" t="b"><v>0</v></c>"#,
            )),
        ),
        ("a number that is none", sheet(&row(r#"<c r="D2" t="n"><v>abc</v></c>"#))),
        ("a truth value that is none", sheet(&row(r#"<c r="D2" t="b"><v>7</v></c>"#))),
        ("an unknown kind", sheet(&row(r#"<c r="D2" t="x"><v>7</v></c>"#))),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn formulas_errors_and_links_are_told() {
    let linked = |text: &str, target: &str, location: &str| {
        let data = rows_from(1, &grid(&[HEADER]))
            + &row(&format!(r#"<c r="E2" t="inlineStr"><is><t>{text}</t></is></c>"#));
        let links = format!(r#"<hyperlinks><hyperlink ref="E2" r:id="rId1" {location}/></hyperlinks>"#);
        Book::xlsx(&[("cells", "", &format!("<sheetData>{data}</sheetData>{links}"))])
            .with("xl/worksheets/_rels/sheet1.xml.rels", relations(&relation("rId1", "hyperlink", target)))
    };
    let fine = linked("https://a.example/x#y", "https://a.example/x", r#"location="y""#);
    cell(&plain(&fine), "soc2_type2");
    let host = linked("https://a.example", "https://a.example/", "");
    cell(&plain(&host), "soc2_type2");
    let all = tell(vec![
        (
            "a formula with its value",
            sheet(&row(r#"<c r="D2" t="str"><f>A2&amp;B2</f><v>x_x000D_y</v></c>"#)),
        ),
        ("a formula without", sheet(&row(r#"<c r="D2"><f>A2&amp;"x"</f></c>"#))),
        ("a formula with an empty value", sheet(&row(r#"<c r="D2"><f>A2</f><v></v></c>"#))),
        ("a formula whose value is no text", sheet(&row(r#"<c r="D2" t="str"><f>""</f><v></v></c>"#))),
        ("an error", sheet(&row(r#"<c r="D2" t="e"><v>#N/A</v></c>"#))),
        ("an error of a newer program", sheet(&row(r#"<c r="D2" t="e"><f>X</f><v>#SPILL!</v></c>"#))),
        ("an error as text", sheet(&row(r#"<c r="D2" t="inlineStr"><is><t>#REF!</t></is></c>"#))),
        ("a link whose text is no address", linked("SOC 2 report", "https://a.example/report", "")),
        ("a link that goes elsewhere", linked("https://a.example/x", "https://evil.example/", "")),
    ]);
    insta::assert_snapshot!(all);
    let remarked = Book::sheet(
        &(rows_from(1, &grid(&[&["owner", "dimension", "status", "# remark"]]))
            + &row(r#"<c r="D2" t="e"><f>X</f><v>#N/A</v></c>"#)),
    );
    assert!(plain(&remarked).findings.is_empty());
}

#[test]
fn merged_cells_are_refused_or_filled() {
    let book = |merged: &str| {
        let data =
            rows_from(1, &grid(&[HEADER, &["a", "soc2_type2", "partial", "x"], &["", "hipaa_baa", "no"]]));
        let after = format!(r#"<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>"#);
        Book::xlsx(&[("cells", "", &format!("<sheetData>{data}</sheetData>{after}"))])
    };
    let filled =
        Options { reading: Reading { fill_merged: true, ..Reading::default() }, ..Options::default() };
    let import = read("book.xlsx", book("A2:A3").bytes(), &filled);
    assert_eq!(cell(&import, "hipaa_baa").status.known(), Some(&model::Status::No));
    assert_eq!(note(&import), "x");
    let import = read("book.xlsx", book("D2:D3").bytes(), &filled);
    let all = tell(vec![
        ("owners", book("A2:A3")),
        ("a row", book("D2:F2")),
        ("a single cell", book("D2")),
        ("a range upside down", book("D3:D2")),
        ("all that there is", book("A1:XFD1048576")),
    ]);
    insta::assert_snapshot!(all);
    assert_eq!(import.findings.len(), 1, "the owner is missing");
}

#[test]
fn tables_may_stand_anywhere() {
    let titled = Book::sheet(
        &(rows_from(1, &grid(&[&["Answers of the vendor"], &[], &["", "as of", "2026-07-05"]]))
            + &rows_from(
                6,
                &grid(&[
                    &["", "", "owner", "dimension", "status", "note"],
                    &["", "", "a", "soc2_type2", "partial", "fine"],
                    &["", "", "a", "hipaa_baa", "perhaps"],
                ]),
            )),
    );
    let far = |text: &str| {
        sheet(&row(&format!(r#"<c r="XFD2" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)))
    };
    let cells = "<row><c t=\"inlineStr\"><is><t>owner</t></is></c><c t=\"inlineStr\"><is><t>dimension</t></is></c>\
                 <c t=\"inlineStr\"><is><t>status</t></is></c></row><row><c t=\"inlineStr\"><is><t>a</t></is></c>\
                 <c t=\"inlineStr\"><is><t>soc2_type2</t></is></c><c t=\"inlineStr\"><is><t>perhaps</t></is></c></row>";
    let dimension = r#"<dimension ref="A1:B1"/><sheetData>"#;
    let strict = |book: Book| {
        book.replace(
            "xl/worksheets/sheet1.xml",
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        .replace(
            "_rels/.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
        .replace(
            "xl/_rels/workbook.xml.rels",
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
    };
    let prefixed = sheet(&row("<c r=\"D2\" t=\"inlineStr\"><is><t>fine</t></is></c>"));
    for book in [
        far("  "),
        strict(sheet(&row(""))),
        sheet(&row("")).replace("xl/worksheets/sheet1.xml", "<sheetData>", dimension),
        prefixed
            .replace("xl/worksheets/sheet1.xml", "<", "<x:")
            .replace("xl/worksheets/sheet1.xml", "<x:/", "</x:")
            .replace("xl/worksheets/sheet1.xml", "xmlns=", "xmlns:x="),
    ] {
        cell(&plain(&book), "soc2_type2");
    }
    let all = tell(vec![
        ("a title above, columns to the left", titled),
        ("a text at the end of the sheet", far("stray")),
        ("without references", Book::sheet(cells)),
        (
            "a hidden row",
            sheet(
                &(row("") + r#"<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>b c</t></is></c></row>"#),
            ),
        ),
        (
            "an empty row in the middle",
            sheet(&(row("") + &rows_from(5, &grid(&[&["a", "hipaa_baa", "no"]])))),
        ),
        ("a cell beyond the sheet", sheet(&row(r#"<c r="XFE2"/>"#))),
        ("a cell of another row", sheet(&row(r#"<c r="D3"/>"#))),
        ("a cell twice", sheet(&row(r#"<c r="C2"/>"#))),
        ("a row twice", sheet(&(row("") + r#"<row r="2"/>"#))),
        ("a row of no number", sheet(&(row("") + r#"<row r="99999999999"/>"#))),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn texts_come_as_they_stand() {
    let strings = "<sst count=\"3\" uniqueCount=\"18446744073709551615\"><si><t>one_x000D_\ntwo</t></si>\
         <si><r><t xml:space=\"preserve\">bold </t></r><r><rPr><b/></rPr><t>plain</t></r><rPh><t>x</t></rPh></si>\
         <si><t>_x005F_x000D_ &amp;lt; &#x1F4F7;</t></si></sst>";
    let book = |index: usize| {
        sheet(&row(&format!(r#"<c r="D2" t="s"><v>{index}</v></c>"#))).with("xl/sharedStrings.xml", strings)
    };
    assert_eq!(note(&plain(&book(0))), "one\ntwo");
    assert_eq!(note(&plain(&book(1))), "bold plain");
    assert_eq!(note(&plain(&book(2))), "_x000D_ &lt; 📷");
    for text in ["=1+1", "a\tb", "  ".trim(), "'x", "0x1F", "TRUE", &"y".repeat(15_000)] {
        if !text.is_empty() {
            let data = rows_from(1, &grid(&[HEADER, &["a", "soc2_type2", "partial", text]]));
            assert_eq!(note(&plain(&Book::sheet(&data))), text);
        }
    }
    let all = tell(vec![
        ("a text that is not in the list", book(57)),
        ("nothing but such a text", Book::sheet(r#"<row r="1"><c r="B1" t="s"><v>57</v></c></row>"#)),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn broken_and_hostile_archives_are_refused() {
    let fine = || sheet(&row(""));
    let whole = fine().bytes();
    let mut flipped = whole.clone();
    flipped[100] ^= 0x55;
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("cut off", whole[..whole.len() / 2].to_vec()),
        ("a bit flipped", flipped),
        ("without its workbook", fine().without("xl/workbook.xml").bytes()),
        ("without its sheet", fine().without("xl/worksheets/sheet1.xml").bytes()),
        (
            "a document type",
            fine()
                .replace("xl/workbook.xml", "<workbook", "<!DOCTYPE w [<!ENTITY e \"x\">]><workbook")
                .bytes(),
        ),
        ("an entity", fine().replace("xl/worksheets/sheet1.xml", "partial", "&e;").bytes()),
        (
            "XML that ends early",
            fine().replace("xl/worksheets/sheet1.xml", "</row></sheetData></worksheet>", "").bytes(),
        ),
        (
            "XML that does not match",
            fine().replace("xl/worksheets/sheet1.xml", "</sheetData>", "</sheet>").bytes(),
        ),
        ("XML that is too deep", fine().with("xl/styles.xml", "<a>".repeat(5000)).bytes()),
        ("not UTF-8", fine().with("xl/styles.xml", b"<a>\xFF</a>".to_vec()).bytes()),
        (
            "a text document",
            Book::sheet("")
                .without("xl/workbook.xml")
                .with("_rels/.rels", "<x/>")
                .with("word/document.xml", "<x/>")
                .bytes(),
        ),
        (
            "a binary workbook",
            Book::sheet("").without("xl/workbook.xml").with("xl/workbook.bin", "x").bytes(),
        ),
        ("Numbers", Book::sheet("").without("xl/workbook.xml").with("Index/Document.iwa", "x").bytes()),
        ("another archive", Book::sheet("").without("xl/workbook.xml").bytes()),
    ];
    let mut all = String::new();
    for (name, bytes) in cases {
        let _ = writeln!(all, "{name}\n{}", told("book.xlsx", bytes, &Options::default()));
    }
    insta::assert_snapshot!(all);
    // What would leave the folder on disk is only a name here.
    cell(&plain(&fine().with("../../../etc/passwd", "x")), "soc2_type2");
}

#[test]
fn a_text_shown_in_many_cells_is_counted_each_time() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(128 << 10));
    let cells: String =
        (2..1300).map(|row| format!(r#"<row r="{row}"><c r="D{row}" t="s"><v>0</v></c></row>"#)).collect();
    let book = sheet(&cells).with("xl/sharedStrings.xml", strings);
    insta::assert_snapshot!(told("book.xlsx", book.bytes(), &Options::default()));
}
