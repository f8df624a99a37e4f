//! Rows of tables and what they make of the registry: who owns them, what they leave out, what they change, and
//! how that is shown.

use std::fs;

use crate::support::{Run, Scratch};
use serde_json::Value;

const FILE: &str = "offerings/acme-chat.toml";

fn import(scratch: &Scratch, text: &str, more: &[&str]) -> Run {
    fs::write(scratch.path().join("cells.csv"), text).unwrap();
    scratch.run(&[&["import", "cells.csv"], more].concat())
}

fn plan(scratch: &Scratch, text: &str, more: &[&str]) -> Value {
    import(scratch, text, &[&["--format", "json"], more].concat()).json()
}

/// The rules and places of what is wrong.
fn faults(plan: &Value) -> Vec<String> {
    let findings = plan["findings"].as_array().unwrap().iter().filter(|one| one["severity"] != "info");
    findings
        .map(|one| {
            let table = &one["table"];
            let column = table["column"].as_str().unwrap_or_default();
            format!("{} {column}{}", one["rule"].as_str().unwrap(), table["row"])
        })
        .collect()
}

fn changes(plan: &Value) -> Vec<String> {
    let changed = plan["changed"].as_array().unwrap().iter();
    changed
        .map(|one| {
            format!(
                "{} {}: {} -> {}",
                one["dimension"].as_str().unwrap_or_default(),
                one["field"].as_str().unwrap(),
                one["old"],
                one["new"]
            )
        })
        .collect()
}

#[test]
fn a_new_address_gets_nothing_of_the_old_page() {
    let scratch = Scratch::new();
    let table = "owner,dimension,source_url\nacme-chat,retention_zdr,https://acme.example/help/storage\n";
    let before = plan(&scratch, table, &[]);
    assert_eq!(
        changes(&before),
        ["retention_zdr evidence[2].url: null -> \"https://acme.example/help/storage\""]
    );
    assert_eq!(import(&scratch, table, &["--write"]).status, 0);
    let text = scratch.read(FILE);
    let new = text.split("https://acme.example/help/storage\"\n").nth(1).unwrap();
    assert!(new.is_empty() || new.starts_with("\n["), "{new}");
    assert_eq!(text.matches("url = \"https://acme.example/retention\"").count(), 1);
}

#[test]
fn a_fact_taken_out_of_a_table_is_counted_and_removed_when_asked() {
    let scratch = Scratch::new();
    let table = "owner,dimension,facts,tier\nacme-chat,retention_zdr,zdr_offered=true,\n";
    let run = import(&scratch, table, &[]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(
        run.stdout.contains(
            "1 fact of these cells is not in the table and stays (`retention_days`); `--replace` removes it\n"
        ),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("1 empty cell keeps a value: retention_zdr.tier of offering acme-chat; `--clear-empty` removes it\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("nothing to do\n"), "{}", run.stdout);
    let stays = plan(&scratch, table, &[])["stays"].clone();
    assert_eq!(stays, serde_json::json!({ "facts": 1, "parts": 0, "evidence": 0, "empty_cells": 1 }));
    let replaced = plan(&scratch, table, &["--replace"]);
    assert_eq!(changes(&replaced), ["retention_zdr facts.retention_days: 30 -> null"]);
    assert_eq!(replaced["summary"]["removed_fields"], 1);
    assert_eq!(import(&scratch, table, &["--replace", "--write"]).status, 0);
    assert!(!scratch.read(FILE).contains("retention_days"));
}

#[test]
fn an_edited_export_removes_what_its_row_no_longer_names() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["export", "csv", "--out", "tables"]).status, 0);
    let path = scratch.path().join("tables/cells.csv");
    let exported = fs::read_to_string(&path).unwrap();
    let row = exported.lines().find(|row| row.starts_with("offering:acme-chat,retention_zdr")).unwrap();
    let edited = row.replace("retention_days=30; ", "");
    fs::write(&path, exported.replace(row, &edited)).unwrap();
    let run = scratch.run(&["import", "tables", "--format", "json"]);
    assert_eq!(changes(&run.json()), ["retention_zdr facts.retention_days: 30 -> null"]);
    // Somebody else has changed the cell in the meantime.
    scratch.replace(
        FILE,
        "headline = \"Zero retention needs the approval of Acme\"",
        "headline = \"Ask Acme first\"",
    );
    let run = scratch.run(&["import", "tables", "--format", "json"]);
    assert_eq!(run.status, 1);
    assert!(faults(&run.json())[0].starts_with("table/changed-since-export A"), "{}", run.stdout);
    assert_eq!(run.json()["summary"]["conflicts"], 1);
}

#[test]
fn rows_without_a_known_owner_are_checked_all_the_same() {
    let scratch = Scratch::new();
    let table = "\
owner,offering,dimension,status,verified_on
platform:acme-cloud,acme-chat,soc2_type2,partial,2026-13-01
,,soc2_type2,maybe,2026-06-01
offering:acme-chat,,,partial,yesterday
offering:acme-chatt,,soc2_type2,perhaps,2026-06-01
offering:acme-chat,acme-chat,soc2_type2,yes_sales_gated,2026-06-01
";
    let expected = [
        "table/two-owners B2",
        "table/wrong-value E2",
        "table/missing-value A3",
        "table/wrong-value D3",
        "table/missing-value C4",
        "table/wrong-value E4",
        "table/unknown-owner A5",
        "table/wrong-value D5",
    ];
    let plan = plan(&scratch, table, &[]);
    assert_eq!(faults(&plan), expected);
    insta::assert_snapshot!(import(&scratch, table, &[]).stdout);
}

#[test]
fn headers_and_totals_among_the_rows_are_named() {
    let scratch = Scratch::new();
    let table = "\
owner,dimension,status
acme-chat,soc2_type2,yes_sales_gated
Owner,Dimension,Status
acme-chat,retention_zdr,maybe
Total,2,
id,name,homepage
acme,Acme,perhaps
";
    let plan = plan(&scratch, table, &[]);
    let expected = ["table/stray-row 3", "table/wrong-value C4", "table/stray-row 5", "table/stray-row 6"];
    assert_eq!(faults(&plan), expected);
    let said: Vec<_> =
        plan["findings"].as_array().unwrap().iter().map(|one| one["message"].as_str().unwrap()).collect();
    assert_eq!(said[0], "the row repeats the headers");
    assert_eq!(said[2], "the row looks like a row of totals");
    assert_eq!(said[3], "the row has the headers of another table; nothing below it was checked");
}

#[test]
fn a_column_that_new_cells_need_is_asked_for_once() {
    let scratch = Scratch::new();
    let rows: String = ["acme-chat", "globex-on-initech", "initech-host"]
        .iter()
        .flat_map(|offering| ["gpai_cop", "hipaa_baa"].map(|question| format!("{offering},{question},x\n")))
        .collect();
    let plan = plan(&scratch, &format!("owner,dimension,note\n{rows}"), &[]);
    let missing: Vec<_> = plan["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["rule"] == "table/missing-value")
        .map(|one| one["message"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(missing, ["the table has no column `status`, which a new cell needs (6 rows: 2-7)"]);
}

#[test]
fn a_grade_that_changes_without_a_reading_is_reported_as_a_lint_would() {
    let scratch = Scratch::new();
    let table =
        "owner,dimension,status,note\nacme-chat,retention_zdr,partial,Acme keeps prompts for 90 days now.\n";
    let run = import(&scratch, table, &[]);
    assert!(run.stdout.contains("change/status-without-verification"), "{}", run.stdout);
    let of_change = |findings: &Value| {
        let findings = findings.as_array().unwrap().iter();
        let rules = findings.map(|one| one["rule"].as_str().unwrap().to_owned());
        rules.filter(|rule| rule.starts_with("change/")).collect::<Vec<_>>()
    };
    let planned = of_change(&plan(&scratch, table, &[])["findings"]);
    scratch.commit_all();
    assert_eq!(import(&scratch, table, &["--write"]).status, 0);
    let linted = scratch.run(&["lint", "--since", "HEAD", "--format", "json"]).json();
    assert_eq!(planned, of_change(&linted["findings"]));
}

#[test]
fn new_answers_are_shown_with_their_values() {
    let scratch = Scratch::new();
    let table = "\
owner,dimension,status,confidence,confidence_reasons,headline,source_url,fetch_outcome,fetched_on
initech-host,soc2_type2,no,medium,inferred,No report,https://initech.example/soc2,ok,2026-06-01
";
    let run = import(&scratch, table, &[]);
    assert!(run.stdout.contains("    + soc2_type2: no, medium: \"No report\"\n"), "{}", run.stdout);
    let added = plan(&scratch, table, &[])["added"].clone();
    assert_eq!(added[0]["values"]["headline"], "No report");
    assert_eq!(added[0]["values"]["evidence"][0]["fetch"]["on"], "2026-06-01");
}

#[test]
fn long_texts_are_cut_around_what_differs() {
    let scratch = Scratch::new();
    let note = "Acme hands out its SOC 2 Type II report in its trust portal.";
    let long = format!(
        "{note} {}",
        "The list of services in scope names the API and the console. ".repeat(4).trim()
    );
    scratch.replace(FILE, note, &long);
    let longer = format!("{long} Read again.");
    let table = format!("owner,dimension,note\nacme-chat,soc2_type2,{longer}\n");
    let run = import(&scratch, &table, &[]);
    assert!(run.stdout.contains("- … in scope names the API and the console.\n"), "{}", run.stdout);
    assert!(
        run.stdout.contains("+ … in scope names the API and the console. Read again.\n"),
        "{}",
        run.stdout
    );
    let whole = import(&scratch, &table, &["--all"]).stdout;
    assert!(!whole.contains('…') && whole.contains("Read again."), "{whole}");
}

#[test]
fn a_folder_says_what_it_passes_over_and_reads_what_it_can() {
    let scratch = Scratch::new();
    let folder = scratch.path().join("tables");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.tab"), "owner\tdimension\ttier\nacme-chat\tsoc2_type2\tself_serve\n").unwrap();
    fs::write(folder.join("b.txt"), "owner,dimension,tier\nacme-chat,retention_zdr,enterprise_only\n")
        .unwrap();
    for name in ["mail.eml", "photo.png", ".DS_Store", "~$a.xlsx", "matrix.csv"] {
        fs::write(folder.join(name), "x").unwrap();
    }
    let run = scratch.run(&["import", "tables"]);
    assert!(
        run.stdout.contains("2 rows: 0 added, 0 changed fields, 2 unchanged"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert_eq!(
        run.stderr,
        "note: tables/mail.eml is not a table and was skipped, like 1 more file (-v names it)\n"
    );
    let run = scratch.run(&["import", "tables", "-v"]);
    let expected = "note: tables/mail.eml is not a table and was skipped\nnote: tables/photo.png is not a table and was skipped\n";
    assert_eq!(run.stderr, expected);
    fs::write(folder.join("old.xls"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").unwrap();
    let run = scratch.run(&["import", "tables"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("table/unreadable") && run.stdout.contains("old.xls"), "{}", run.stdout);
}

#[test]
fn a_text_that_stays_under_a_new_status_is_named() {
    let scratch = Scratch::new();
    let rules = |table: &str, more: &[&str]| -> Vec<String> {
        let findings = plan(&scratch, table, more)["findings"].clone();
        let findings = findings.as_array().unwrap().iter();
        let rules = findings.map(|one| one["rule"].as_str().unwrap().to_owned());
        rules.filter(|rule| rule == "table/old-text").collect()
    };
    let table = |row: &str| format!("owner,dimension,status,headline\nacme-chat,soc2_type2,{row}\n");
    assert_eq!(rules(&table("partial,"), &[]), ["table/old-text"]);
    assert!(rules(&table("partial,"), &["--clear-empty"]).is_empty());
    assert!(rules(&table("partial,It covers one region"), &[]).is_empty());
    assert!(rules(&table("yes_sales_gated,"), &[]).is_empty(), "the status stays");
}
