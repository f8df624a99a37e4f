//! Tables as people and programs write them: each value in another form than the registry's is taken where it names
//! one thing, and refused with what it may mean where it does not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fmt::Write;

use import::{Options, Reading};
use model::{Date, DateOrder};
use support::workbook::{Book, ods_table, relation, relations, rows_from};
use support::{cell, grid, note, read, told};

const HEADER: &str = "owner,dimension,status,note,source_url,verified_on\n";

fn tell(cases: &[(&str, &str)]) -> String {
    let mut all = String::new();
    for (name, text) in cases {
        let _ = writeln!(all, "{name}\n{}", told("cells.csv", *text, &Options::default()));
    }
    all
}

fn reading(reading: Reading) -> Options {
    Options { reading, ..Options::default() }
}

#[test]
fn blanks_around_values_are_no_part_of_them() {
    let row = ["a", "soc2_type2", "partial", "two  words\u{a0}here", "https://a.example/x", "2026-07-05"];
    for blank in [" ", "\t", "\u{a0}", "\u{a0}\u{2003} ", "\u{3000}", "\n", "\u{85}"] {
        let fields: Vec<_> = row.iter().map(|text| format!("\"{blank}{text}{blank}\"")).collect();
        let import = read("cells.csv", format!("{HEADER}{}\n", fields.join(",")), &Options::default());
        assert_eq!(note(&import), row[3], "{blank:?}");
        let texts: Vec<_> = row.iter().map(|text| format!("{blank}{text}{blank}")).collect();
        let header: Vec<_> = HEADER.trim().split(',').map(|name| format!("{name}{blank}")).collect();
        let rows = vec![header, texts];
        let sheet = format!("<sheetData>{}</sheetData>", rows_from(1, &rows));
        let xlsx = read("a.xlsx", Book::xlsx(&[("cells", "", &sheet)]).bytes(), &Options::default());
        let ods = read("a.ods", Book::ods(&ods_table("cells", &rows)).bytes(), &Options::default());
        assert_eq!((note(&xlsx).as_str(), note(&ods).as_str()), (row[3], row[3]), "{blank:?}");
    }
    let quoted = "owner,dimension,status,facts\na,soc2_type2,partial,\" x=\"\" y \"\" \"\n";
    let import = read("cells.csv", quoted, &Options::default());
    let facts = cell(&import, "soc2_type2").facts.known().unwrap();
    assert_eq!(facts["x"].known(), Some(&model::Fact::Text(" y ".to_owned())), "a quoted fact keeps its own");
}

#[test]
fn labels_names_and_lists_become_what_they_name() {
    let table = "offering;dimension;status;confidence;confidence_reasons;geography;parts;route;role;source_url\n\
        A;SOC2-Type2;Yes, sales-gated;Medium;Gated document;eu, Germany;DPA=Yes;Trust center (NDA);;\n";
    let import = read("cells.csv", table.replace(";role", ";source_role"), &Options::default());
    let cell = cell(&import, "soc2_type2");
    assert_eq!(cell.status.known(), Some(&model::Status::YesSalesGated));
    assert_eq!(cell.confidence.known(), Some(&model::Confidence::Medium));
    assert_eq!(cell.confidence_reasons.items(), [model::ConfidenceReason::GatedDocument]);
    let areas: Vec<_> = cell.geography.items().iter().map(|area| area.code()).collect();
    assert_eq!(areas, ["EU", "DE"]);
    assert_eq!(cell.parts.known().unwrap()["dpa"].known(), Some(&model::PartAnswer::Yes));
    assert_eq!(cell.route.known(), Some(&model::Route::TrustCenterNda));
    let semicolons = "owner,dimension,status,geography\na,soc2_type2,partial,EU; US\n";
    let import = read("cells.csv", semicolons, &Options::default());
    assert_eq!(support::cell(&import, "soc2_type2").geography.items().len(), 2);
}

#[test]
fn what_may_mean_several_things_is_refused_with_what_they_are() {
    let row = |row: &str| format!("{HEADER}{row}\n");
    let parts = "owner,dimension,status,parts,geography\na,soc2_type2,partial,dpa=maybe,\"EU, Mars\"\n";
    let all = tell(&[
        ("yes and no", &row("a,soc2_type2,Yes,,,\na,hipaa_baa,N/A,,,")),
        ("a platform by its id alone", &row("p,soc2_type2,partial,,,")),
        ("a name that nearly is one", &row("An offering,soc2_type2,partial,,,")),
        ("a sentence that is no question", &row("a,Do you encrypt?,partial,,,")),
        ("a sentence that holds the name of a question", &row("a,Is there a hipaa_baa?,partial,,,")),
        ("parts and areas", parts),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn days_are_taken_where_their_order_is_known() {
    let day = |text: &str, dates: Option<DateOrder>| {
        let table = format!("{HEADER}a,soc2_type2,partial,,,{text}\n");
        let import = read("cells.csv", table, &reading(Reading { dates, ..Reading::default() }));
        cell(&import, "soc2_type2").verified_on.known().copied()
    };
    let expected = Date::new(2026, 11, 20);
    for text in ["2026-11-20 00:00:00", "2026/11/20", "2026-11-20T00:00:00Z"] {
        assert_eq!(day(text, None), expected, "{text}");
    }
    assert_eq!(day("20.11.2026", Some(DateOrder::Dmy)), expected);
    assert_eq!(day("11/20/2026", Some(DateOrder::Mdy)), expected);
    let status = "owner,dimension,status,source_url,fetch_outcome,http_status\n\
        a,soc2_type2,partial,https://a.example/x,ok,200.0\n";
    let import = read("cells.csv", status, &Options::default());
    let evidence = &cell(&import, "soc2_type2").evidence.known().unwrap()[0];
    assert_eq!(evidence.fetch.known().unwrap().http_status.known(), Some(&200));
}

#[test]
fn equal_faults_of_a_column_are_one() {
    let rows = |days: &[&str]| {
        let row = |(nth, day): (usize, &&str)| format!("a,d_{nth},partial,,,{day}\n");
        HEADER.to_owned() + &days.iter().enumerate().map(row).collect::<String>()
    };
    let american = rows(&["11/20/2026", "3/4/2026", "11/20/2026", "2026-11-20", "11/21/2026"]);
    let all = tell(&[
        ("month first", &american),
        ("day first", &rows(&["20.11.2026", "01.12.2026"])),
        ("either", &rows(&["3/4/2026", "5/6/2026"])),
        ("both", &rows(&["20/11/2026", "11/20/2026"])),
        ("no days", &rows(&["yesterday", "yesterday", "2026-13-01", "11/20/26"])),
        ("one answer, often", &rows(&[""; 4]).replace("partial", "Perhaps")),
        ("no owner", &rows(&[""; 3]).replace("a,d_", ",d_")),
    ]);
    insta::assert_snapshot!(all);
    let mdy = reading(Reading { dates: Some(DateOrder::Mdy), ..Reading::default() });
    let taken = "info[table/doubtful-value] cells.csv F2 (verified_on): text \"11/20/2026\": `11/20/2026` is read as \
        `2026-11-20`, and 3 other texts of this column in the same way: check in the plan that this is right\n";
    assert_eq!(told("cells.csv", american, &mdy), taken);
}

#[test]
fn a_faulty_column_hides_nothing_but_itself() {
    let faults = "a,soc2_type2,maybe,x,2026-13-01\na,hipaa_baa,perhaps,x,yesterday\n";
    let of = |header: &str| format!("{header}\n{faults}");
    let all = tell(&[
        ("an unknown header", &of("offering,dimension,status,notes,verified_on")),
        ("no header", &of("offering,dimension,status,,verified_on")),
        ("no header at the end", &of("offering,dimension,status,verified_on,")),
        ("the same header twice", &of("offering,dimension,status,Status,verified_on")),
        ("an index", ",owner,dimension,status\n0,a,soc2_type2,partial\n1,a,hipaa_baa,maybe\n"),
        ("an index that a program named", "Unnamed: 0,owner,dimension,status\n1,a,soc2_type2,maybe\n"),
        ("numbers that are no index", ",owner,dimension,status\n7,a,soc2_type2,partial\n"),
        (
            "marks on headers",
            "Owner*,Dimension:,Status (one word),Verified on (YYYY-MM-DD) *\na,soc2_type2,partial,2026-07-05\n",
        ),
        ("a question as a header", "owner,dimension,status,HIPAA-BAA\na,soc2_type2,partial,Yes\n"),
    ]);
    insta::assert_snapshot!(all);
}

#[test]
fn headers_of_others_are_named_with_what_to_do() {
    let csv = "Vendor questionnaire;;\n;;\nOur service;Question;Answer\nacme;SOC 2?;Y\n";
    let rows = grid(&[&["Answers of the vendor"], &["Topic", "Reply"], &["SOC 2?", "Y"]]);
    let sheet = format!("<sheetData>{}</sheetData>", rows_from(1, &rows));
    let mut all = told("in/acme.csv", csv, &Options::default());
    all += &told("acme.xlsx", Book::xlsx(&[("Sheet1", "", &sheet)]).bytes(), &Options::default());
    all += &told("list.csv", "x\ny\n", &Options::default());
    insta::assert_snapshot!(all);
}

#[test]
fn leftovers_of_programs_are_doubted() {
    let all = tell(&[
        ("NaN", &format!("{HEADER}a,soc2_type2,partial,NaN,,\na,hipaa_baa,no,None,,\n")),
        ("a word that only holds one", &format!("{HEADER}a,soc2_type2,partial,None of them,,\n")),
        ("TRUE", "owner,dimension,status,facts\na,soc2_type2,partial,\"in_eu=TRUE; by=\"\"True\"\"\"\n"),
        ("true", "owner,dimension,status,facts\na,soc2_type2,partial,in_eu=true; of=True North\n"),
    ]);
    insta::assert_snapshot!(all);
}

const ROWS: &[&[&str]] = &[
    &["owner", "dimension", "status", "source_url", "# remark"],
    &["a", "soc2_type2", "partial", "Report page", "x"],
    &["a", "hipaa_baa", "partial", "https://a.example/baa"],
];

/// A sheet with links behind two texts, and notes on cells.
fn annotated() -> Book {
    let links =
        r#"<hyperlinks><hyperlink ref="D2" r:id="rId1"/><hyperlink ref="D3" r:id="rId2"/></hyperlinks>"#;
    let sheet = format!("<sheetData>{}</sheetData>{links}", rows_from(1, &grid(ROWS)));
    Book::xlsx(&[("cells", "", &sheet)])
}

#[test]
fn addresses_behind_texts_are_taken_where_that_is_asked() {
    let links = |second: &str| {
        relations(
            &(relation("rId1", "hyperlink", "https://a.example/report")
                + &relation("rId2", "hyperlink", second)),
        )
    };
    let part = "xl/worksheets/_rels/sheet1.xml.rels";
    let book = annotated().with(part, links("https://a.example/baa"));
    let take = reading(Reading { take_links: true, ..Reading::default() });
    let import = read("book.xlsx", book.bytes(), &take);
    let cells = import.registry.offerings["a"].cells.known().unwrap();
    assert_eq!(cells["soc2_type2"].evidence.items()[0].url.text(), "https://a.example/report");
    let elsewhere = annotated().with(part, links("https://b.example/"));
    let mail = annotated()
        .with(part, links("https://a.example/baa").replace("https://a.example/report", "mailto:x@a.example"));
    let formula = r#"<c r="D2" t="str"><f>HYPERLINK("https://a.example/report","Report page")</f><v>Report page</v></c>"#;
    let plain = r#"<c r="D2" t="inlineStr"><is><t xml:space="preserve">Report page</t></is></c>"#;
    let computed = annotated().replace("xl/worksheets/sheet1.xml", plain, formula).with(part, relations(""));
    let mut all = String::new();
    for (name, book) in
        [("links", book), ("another address", elsewhere), ("no page", mail), ("a formula", computed)]
    {
        let (refused, taken) =
            (told("book.xlsx", book.bytes(), &Options::default()), told("book.xlsx", book.bytes(), &take));
        let _ = writeln!(all, "{name}\n{refused}with --take-links\n{taken}");
    }
    insta::assert_snapshot!(all);
}

#[test]
fn notes_on_cells_are_named() {
    let comments = |cells: &[(&str, &str)]| {
        let one = |(at, text): &(&str, &str)| {
            format!(r#"<comment ref="{at}" authorId="0"><text><r><t>{text}</t></r></text></comment>"#)
        };
        let all: String = cells.iter().map(one).collect();
        format!(
            "<comments><authors><author>Jane</author></authors><commentList>{all}</commentList></comments>"
        )
    };
    let related = relation("rId7", "comments", "../comments1.xml")
        + r#"<Relationship Id="rId8" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threaded.xml"/>"#;
    let book = Book::xlsx(&[(
        "cells",
        "",
        &format!("<sheetData>{}</sheetData>", rows_from(1, &grid(&[ROWS[0], ROWS[2]]))),
    )])
    .with("xl/worksheets/_rels/sheet1.xml.rels", relations(&related));
    let threaded = r#"<ThreadedComments><threadedComment ref="C2" id="1"><text>Low please</text></threadedComment>
        <threadedComment ref="C2" id="2" parentId="1"><text>Why?</text></threadedComment></ThreadedComments>"#;
    let several = book
        .clone()
        .with(
            "xl/comments1.xml",
            comments(&[
                ("C2", "[Threaded comment] upgrade your Excel"),
                ("B1", "explains"),
                ("B9", "more"),
                ("E2", "remark"),
            ]),
        )
        .with("xl/threaded.xml", threaded);
    let headers = book.with("xl/comments1.xml", comments(&[("A1", "explains")]));
    let open = Book::ods(&ods_table("cells", &grid(&[ROWS[0], ROWS[2]])).replace(
        "<text:p>partial</text:p>",
        "<office:annotation><dc:creator>Jane</dc:creator><text:p>Low</text:p><text:p>please</text:p></office:annotation><text:p>partial</text:p>",
    ));
    let mut all = told("book.xlsx", several.bytes(), &Options::default());
    all += &told("headers.xlsx", headers.bytes(), &Options::default());
    all += &told("book.ods", open.bytes(), &Options::default());
    insta::assert_snapshot!(all);
}

#[test]
fn a_date_that_shows_no_day_is_no_day() {
    let header: &[&str] = &["owner", "dimension", "status", "verified_on"];
    let row = rows_from(2, &grid(&[&["a", "soc2_type2", "partial"]]));
    let book = |serial: &str, code: &str| {
        let dated = row.replace("</row>", &format!(r#"<c r="D2" s="1"><v>{serial}</v></c></row>"#));
        let styles = format!(
            r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
        );
        Book::sheet(&(rows_from(1, &grid(&[header])) + &dated)).with("xl/styles.xml", styles).bytes()
    };
    let open = |style: &str| {
        let styles = "<number:date-style style:name=\"N1\"><number:month/><number:year/></number:date-style>\
            <number:date-style style:name=\"N2\"><number:day/><number:month/><number:year/></number:date-style>\
            <style:style style:name=\"month\" style:data-style-name=\"N1\"/><style:style style:name=\"day\" style:data-style-name=\"N2\"/>";
        let date = format!(
            "<table:table-cell{style} office:value-type=\"date\" office:date-value=\"2026-05-01\"><text:p>May-26</text:p></table:table-cell></table:table-row></table:table>"
        );
        let columns = "<table:table table:name=\"cells\"><table:table-column table:number-columns-repeated=\"3\"/>\
            <table:table-column table:default-cell-style-name=\"month\"/>";
        let table = ods_table("cells", &grid(&[header, &["a", "soc2_type2", "partial"]]))
            .replace("</table:table-row></table:table>", &date)
            .replace("<table:table table:name=\"cells\">", columns);
        Book::ods_styled(styles, &table).bytes()
    };
    let mut all = String::new();
    for (name, file, bytes) in [
        ("a month", "a.xlsx", book("46143", "mmm\\-yy")),
        ("a year", "a.xlsx", book("46143", "yyyy")),
        ("a rounding error before midnight", "a.xlsx", book("46173.9999999998", "yyyy-mm-dd")),
        ("a time", "a.xlsx", book("46173.5", "yyyy-mm-dd")),
        ("a month by the style of its column", "a.ods", open("")),
        ("a month by its own style", "a.ods", open(" table:style-name=\"month\"")),
        ("a day by its own style", "a.ods", open(" table:style-name=\"day\"")),
    ] {
        let _ = writeln!(all, "{name}\n{}", told(file, bytes, &Options::default()));
    }
    insta::assert_snapshot!(all);
    let import = read("a.xlsx", book("46173.9999999998", "yyyy-mm-dd"), &Options::default());
    assert_eq!(cell(&import, "soc2_type2").verified_on.known(), Date::new(2026, 6, 1).as_ref());
}
