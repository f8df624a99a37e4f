//! The workbook and its template: published, edited, filled in and imported again.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use crate::support::{Scratch, run_with};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const FILE: &str = "offerings/acme-chat.toml";

/// Exports the workbook, and gives its path.
fn exported(scratch: &Scratch) -> String {
    let run = scratch.run(&["export", "xlsx", "-q"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    scratch.path().join("dist/xlsx/registry.xlsx").display().to_string()
}

/// The plan of an import, as JSON.
fn plan(scratch: &Scratch, file: &str) -> serde_json::Value {
    scratch.run(&["import", file, "--format", "json"]).json()
}

#[test]
fn an_exported_workbook_changes_nothing() {
    let scratch = Scratch::new();
    let file = exported(&scratch);
    let plan = plan(&scratch, &file);
    let summary = &plan["summary"];
    assert_eq!(
        (&summary["added"], &summary["changed_fields"], &summary["errors"]),
        (&0.into(), &0.into(), &0.into())
    );
    assert!(plan["unchanged"].as_u64().unwrap() > 10);
    for folder in ["organizations", "platforms", "offerings"] {
        fs::remove_dir_all(scratch.file(folder)).unwrap();
    }
    assert_eq!(scratch.run(&["import", &file, "--write"]).status, 0);
    assert!(scratch.findings().is_empty());
    let first = fs::read(&file).unwrap();
    assert!(fs::read(exported(&scratch)).unwrap() == first);
}

/// Replaces texts in a workbook, as a person who edits it does.
fn edit(workbook: &str, edits: &[(&str, &str)]) {
    let mut archive = ZipArchive::new(File::open(workbook).unwrap()).unwrap();
    let edited = format!("{workbook}.edited");
    let mut writer = ZipWriter::new(File::create(&edited).unwrap());
    let mut left = edits.len();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let mut text = String::from_utf8(text).unwrap();
        if name == "xl/sharedStrings.xml" {
            for (from, to) in edits {
                assert_eq!(text.matches(from).count(), 1, "{from}");
                text = text.replace(from, to);
                left -= 1;
            }
        }
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    assert_eq!(left, 0);
    writer.finish().unwrap();
    fs::rename(edited, workbook).unwrap();
}

#[test]
fn an_edited_workbook_plans_exactly_the_edits() {
    let scratch = Scratch::new();
    let file = exported(&scratch);
    let edits = [
        (">Zero retention needs the approval of Acme<", ">=HYPERLINK(A1) must be asked for<"),
        (">report_type=type_2; scope=[\"Acme API\"]<", ">report_type=type_2<"),
        (">Globex<", ">Globex Models<"),
    ];
    edit(&file, &edits);
    insta::assert_snapshot!(serde_json::to_string_pretty(&plan(&scratch, &file)["changed"]).unwrap());
    assert_eq!(scratch.run(&["import", &file, "--write"]).status, 0);
    let text = scratch.read(FILE);
    assert!(
        text.contains("headline = \"=HYPERLINK(A1) must be asked for\"") && !text.contains("Acme API"),
        "{text}"
    );
    assert!(
        plan(&scratch, &file)["changed"].as_array().unwrap().is_empty(),
        "and then there is nothing to do"
    );
}

#[test]
fn a_workbook_of_another_state_is_a_conflict() {
    let (scratch, other) = (Scratch::new(), Scratch::new());
    other.replace("platforms/initech-cloud.toml", "retention_days = 30", "retention_days = 14");
    let plan = plan(&scratch, &exported(&other));
    assert_eq!(plan["conflicts"].as_array().unwrap().len(), 1);
    let findings = plan["findings"].as_array().unwrap();
    assert!(findings.iter().any(|one| one["rule"] == "table/changed-since-export"));
}

#[test]
fn the_same_data_make_the_same_bytes_whatever_the_threads() {
    let scratch = Scratch::new();
    let first = fs::read(exported(&scratch)).unwrap();
    for threads in ["1", "8"] {
        let environment = [("RAYON_NUM_THREADS", threads)];
        let run = run_with(scratch.path(), &["export", "xlsx", "--check"], "", &environment);
        assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    }
    assert!(fs::read(exported(&scratch)).unwrap() == first);
    scratch.replace(FILE, "name = \"Acme Chat\"", "name = \"Acme Talk\"");
    let run = scratch.run(&["export", "xlsx", "--check"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("registry.xlsx differs\n"), "{}", run.stdout);
}

#[test]
fn what_a_workbook_cannot_hold_is_told_before_anything_is_written() {
    let scratch = Scratch::new();
    let domain = |n: u32| format!("\"d{n}.{}.example\", ", "x".repeat(60));
    let domains: String = (0..600).map(domain).collect();
    scratch.replace("organizations/acme.toml", "domains = [", &format!("domains = [{domains}"));
    let run = scratch.run(&["export", "xlsx"]);
    let told = "error: `domains` of acme in organizations is 44902 UTF-16 units long, and a cell of a workbook holds 32,767: shorten it, or export csv\n";
    assert_eq!((run.status, run.stderr.as_str()), (2, told));
    assert!(!scratch.path().join("dist").exists());
    assert_eq!(scratch.run(&["export", "csv", "--template"]).status, 2);
}

/// Puts rows into a sheet of a workbook, by the name of its part.
fn fill_in(workbook: &Path, sheets: &[(&str, Vec<Vec<&str>>)]) {
    let mut archive = ZipArchive::new(File::open(workbook).unwrap()).unwrap();
    let filled = workbook.with_extension("filled");
    let mut writer = ZipWriter::new(File::create(&filled).unwrap());
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if let Some((_, rows)) = sheets.iter().find(|(sheet, _)| name == format!("xl/worksheets/{sheet}.xml"))
        {
            let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
            let rows = rows
                .iter()
                .zip(2..)
                .map(|(row, n)| format!("<row r=\"{n}\">{}</row>", row.iter().map(cell).collect::<String>()));
            text = text.replace("</sheetData>", &format!("{}</sheetData>", rows.collect::<String>()));
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
    fs::rename(filled, workbook).unwrap();
}

#[test]
fn a_filled_in_template_is_imported() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["export", "xlsx", "--template", "-q"]).status, 0);
    let template = scratch.path().join("dist/xlsx/template.xlsx");
    let file = template.display().to_string();
    let summary = plan(&scratch, &file)["summary"].clone();
    assert_eq!(
        (&summary["added"], &summary["errors"], &summary["warnings"]),
        (&0.into(), &0.into(), &0.into())
    );

    let mut cells: Vec<Vec<&str>> = Vec::new();
    let dimensions = scratch.read("dimensions.toml");
    let platform_level =
        dimensions.split("[[dimensions]]").filter(|one| one.contains("level = \"platform\""));
    for dimension in platform_level {
        let id = dimension.split("id = \"").nth(1).unwrap().split('"').next().unwrap();
        let (status, confidence, headline) =
            ("no_public_evidence", "high", "Nothing was found at the places listed");
        let place = [
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "https://hooli.example/trust",
            "Trust",
            "primary",
            "",
            "ok",
            "2026-07-01",
        ];
        let row = ["platform:hooli-cloud", id, status, confidence, "", headline].into_iter().chain(place);
        cells.push(row.chain(["", "direct", "", "", "2026-07-02"]).collect());
    }
    let sheets = [
        ("sheet2", cells),
        ("sheet3", vec![vec!["hooli-host", "Hooli Host", "", "hooli-cloud", "inference_host"]]),
        ("sheet4", vec![vec!["hooli-cloud", "Hooli Cloud", "hooli"]]),
        ("sheet5", vec![vec!["hooli", "Hooli", "https://hooli.example/", "hooli.example"]]),
    ];
    fill_in(&template, &sheets);
    let run = scratch.run(&["import", &file, "--write"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let platform = scratch.read("platforms/hooli-cloud.toml");
    assert!(platform.contains("verified_on = 2026-07-02\n"), "{platform}");
    assert_eq!(scratch.run(&["lint"]).status, 0);
}
