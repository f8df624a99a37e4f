//! Input beyond a limit is refused, with the limit and the place; large input costs no more than what is listed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use import::{
    Import, MAX_COLUMNS, MAX_FAULTS, MAX_FIELDS, MAX_HEADER_BYTES, MAX_SHEET_NAME_BYTES, MAX_SHEETS,
    MAX_TEXT_BYTES, Options, SHOWN_OF_CELL,
};
use model::limits::{MAX_EVIDENCE, MAX_FACTS, MAX_ITEMS};
use support::workbook::{Book, ods_table, rows_from};
use support::{grid, line, ordered, read, told};

const HEADERS: &str = "owner,dimension,status,facts\n";

fn csv(text: &str) -> Import {
    read("t.csv", text, &Options::default())
}

fn one_fault(import: &Import) -> String {
    let findings: Vec<_> = import.findings.iter().map(line).collect();
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.concat()
}

#[test]
fn a_text_may_be_as_long_as_a_cell_of_a_spreadsheet() {
    let table =
        |bytes: usize| format!("owner,dimension,status,note\na,soc2_type2,no,{}\n", "n".repeat(bytes));
    assert!(!told("t.csv", table(MAX_TEXT_BYTES), &Options::default()).contains("128 KiB"));
    let place = "t.csv D2: a text of more than 128 KiB begins at character 17 of the line: shorten it";
    assert!(one_fault(&csv(&table(MAX_TEXT_BYTES + 1))).contains(place));
    let quoted =
        format!("owner,dimension,status,note\na,soc2_type2,no,\"{}", "\"\"".repeat(2 * MAX_TEXT_BYTES));
    assert!(one_fault(&csv(&quoted)).contains(place));
}

#[test]
fn a_table_has_so_many_columns_and_a_header_so_many_bytes() {
    let wide = |columns: usize| {
        let remarks: String = (2..columns).map(|at| format!(",#{at}")).collect();
        csv(&format!("owner,dimension{remarks}\na,soc2_type2{}\n", ",x".repeat(columns - 2)))
    };
    assert!(!wide(MAX_COLUMNS).findings.iter().any(|one| one.message.contains("columns")));
    assert!(
        one_fault(&wide(MAX_COLUMNS + 1)).contains(&format!("the table has more than {MAX_COLUMNS} columns"))
    );
    let long = |bytes: usize| csv(&format!("owner,dimension,#{}\na,soc2_type2,x\n", "h".repeat(bytes - 1)));
    assert!(!long(MAX_HEADER_BYTES).findings.iter().any(|one| one.message.contains("header")));
    assert!(one_fault(&long(MAX_HEADER_BYTES + 1)).contains("C1: text \"#hhh"));
    assert!(one_fault(&long(MAX_HEADER_BYTES + 1)).contains("the header has more than 2000 bytes"));
}

#[test]
fn a_record_has_as_many_fields_as_a_row_of_a_spreadsheet() {
    let record =
        |fields: usize| csv(&format!("owner,dimension,status\na,soc2_type2,no{}\n", ",".repeat(fields - 3)));
    assert!(!record(MAX_FIELDS).findings.iter().any(|one| one.message.contains("a record has more than")));
    let refused = one_fault(&record(MAX_FIELDS + 1));
    assert!(refused.contains("t.csv XFE2"), "{refused}");
    assert!(refused.contains("a record has more than 16384 fields at character"), "{refused}");
    assert!(refused.ends_with("of the line: split the table\n"), "{refused}");
}

#[test]
fn the_name_of_a_sheet_has_so_many_bytes() {
    let rows = grid(&[&["owner", "dimension", "status"], &["a", "soc2_type2", "no"]]);
    let sheet = format!("<sheetData>{}</sheetData>", rows_from(1, &rows));
    let named = |bytes: usize| {
        let name = "n".repeat(bytes);
        told("t.xlsx", Book::xlsx(&[(&name, "", &sheet)]).bytes(), &Options::default())
    };
    assert!(named(MAX_SHEET_NAME_BYTES).starts_with("no finding; 1 rows"), "{}", named(MAX_SHEET_NAME_BYTES));
    let refused = named(MAX_SHEET_NAME_BYTES + 1);
    assert!(refused.contains("t.xlsx [nnn"), "{refused}");
    assert!(
        refused.contains("the name of a sheet has more than 255 bytes: give it a shorter one"),
        "{refused}"
    );
}

#[test]
fn a_workbook_has_so_many_sheets() {
    let book = |sheets: usize| {
        let sheets = "<table:table table:name=\"s\"/>".repeat(sheets);
        told("t.ods", Book::ods(&sheets).bytes(), &Options::default())
    };
    assert!(!book(MAX_SHEETS).contains("sheets:"));
    assert!(book(MAX_SHEETS + 1).contains("the workbook has more than 1000 sheets"));
}

#[test]
fn a_cell_states_as_many_facts_and_items_as_a_data_file() {
    let facts = |number: usize| {
        let facts: Vec<_> = (0..number).map(|at| format!("k{at}={at}")).collect();
        csv(&format!("{HEADERS}a,soc2_type2,no,{}\n", facts.join("; ")))
    };
    assert!(facts(MAX_FACTS).findings.is_empty());
    assert!(one_fault(&facts(MAX_FACTS + 1)).contains("more than 200 entries are here"));
    let areas = |number: usize| {
        csv(&format!(
            "owner,dimension,status,geography\na,soc2_type2,no,\"{}\"\n",
            vec!["X0"; number].join(",")
        ))
    };
    assert!(one_fault(&areas(MAX_ITEMS + 1)).contains("t.csv D2 (geography)"));
    assert!(one_fault(&areas(40_000)).contains("more than 1000 items are here"));
}

#[test]
fn a_cell_has_as_many_sources_as_in_a_data_file_whether_of_one_row_or_of_many() {
    let rows = |number: usize| {
        let rows: String =
            (0..number).map(|at| format!("a,soc2_type2,no,https://a.example/{at}\n")).collect();
        csv(&format!("owner,dimension,status,source_url\n{rows}"))
    };
    assert!(rows(MAX_EVIDENCE).findings.is_empty());
    let refused = one_fault(&rows(5 * MAX_EVIDENCE));
    assert!(refused.contains("t.csv D102 (source_url)"), "{refused}");
    assert!(
        refused.contains("the rows of cell `soc2_type2` of offering `a` have more than 100 sources")
            || refused.contains("more than 100 sources"),
        "{refused}"
    );
    let row = |number: usize| {
        let headers: String = (2..=number).map(|at| format!(",source_{at}_url")).collect();
        let urls: String = (0..number).map(|at| format!(",https://a.example/{at}")).collect();
        csv(&format!("owner,dimension,status,source_url{headers}\na,soc2_type2,no{urls}\n"))
    };
    assert!(row(MAX_EVIDENCE).findings.is_empty());
    assert!(one_fault(&row(MAX_EVIDENCE + 1)).contains("the row has more than 100 sources"));
}

#[test]
fn a_finding_repeats_the_beginning_of_a_long_cell() {
    let long = "x".repeat(10 * SHOWN_OF_CELL);
    let import = csv(&format!("owner,dimension,status,verified_on\na,soc2_type2,no,{long}\n"));
    let diagnostics::Anchor::Cell(cell) = &import.findings[0].place.anchor else { panic!("no cell") };
    assert_eq!(cell.text.as_ref().unwrap().chars().count(), SHOWN_OF_CELL);
}

#[test]
fn beyond_so_many_faults_the_rest_is_counted() {
    let table = |rows: usize| {
        let rows: String = (0..rows).map(|at| format!("Unknown {at}!,soc2_type2,no,\n")).collect();
        csv(&format!("{HEADERS}{rows}"))
    };
    let all = table(MAX_FAULTS);
    assert_eq!((all.findings.len(), all.is_partial), (MAX_FAULTS, false));
    let more = table(MAX_FAULTS + 100);
    assert!(more.is_partial);
    let last = more.findings.last().unwrap();
    assert_eq!(
        (more.findings.len(), last.message.as_str()),
        (MAX_FAULTS + 1, "there are 100 more faults that are not listed")
    );
    let same = csv(&format!("{HEADERS}{}", "a,soc2_type2,perhaps,\n".repeat(3)));
    assert!(ordered(&same).iter().map(line).any(|line| line.contains("(3 rows: 2-4)")));
}

#[test]
fn a_part_that_many_sheets_name_counts_for_each() {
    let rows = grid(&[&["owner", "dimension", "status"], &["a", "soc2_type2", "no"]]);
    let sheet = format!("<sheetData>{}</sheetData>", rows_from(1, &rows));
    let sheets: Vec<_> = (0..3).map(|at| (["x", "y", "z"][at], "", sheet.as_str())).collect();
    let found = told("t.xlsx", Book::xlsx(&sheets).bytes(), &Options::default());
    assert!(found.contains("is in two rows"), "{found}");
    let table = ods_table("cells", &rows)
        .replace("<table:table-row>", "<table:table-row table:number-rows-repeated=\"122001\">");
    let repeated = told("t.ods", Book::ods(&table).bytes(), &Options::default());
    assert!(repeated.contains("the import has more than 122000 rows"), "{repeated}");
}
