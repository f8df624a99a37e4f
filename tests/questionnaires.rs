//! Tables of vendors from end to end: the documented example, drafts of profiles, days and links as people give them,
//! and what strangers' texts may do to a terminal.

use std::fs;

use crate::support::workbook::{Book, relation, relations, rows_from};
use crate::support::{Run, Scratch, repository};

/// Writes a table beside the data folder and imports it.
fn import(scratch: &Scratch, name: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Run {
    fs::write(scratch.path().join(name), bytes).unwrap();
    scratch.run(&[&["import", name], more].concat())
}

/// A workbook with one sheet of texts.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
    Book::xlsx(&[("Answers", "", &format!("<sheetData>{}</sheetData>", rows_from(1, &rows)))]).bytes()
}

/// The table and the profile of the guide.
fn guide() -> (Vec<Vec<String>>, String) {
    let text = fs::read_to_string(repository().join("docs/importing.md")).unwrap();
    let table = text.lines().skip_while(|line| !line.starts_with("| Our service |"));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows = table.take_while(|line| line.starts_with('|')).filter(|line| !line.starts_with("|---"));
    let (_, profile) = text.split_once("   ```toml\n").unwrap();
    let (profile, _) = profile.split_once("   ```\n").unwrap();
    (rows.map(cells).collect(), profile.lines().map(|line| line.trim_start().to_owned() + "\n").collect())
}

/// The registry without the answer that the guide imports.
fn without_soc2() -> Scratch {
    let scratch = Scratch::new();
    let text = scratch.read("offerings/acme-chat.toml");
    let (before, rest) = text.split_once("[cells.soc2_type2]").unwrap();
    let (_, after) = rest.split_once("[cells.retention_zdr]").unwrap();
    scratch.write("offerings/acme-chat.toml", format!("{before}[cells.retention_zdr]{after}"));
    scratch
}

#[test]
fn the_example_of_the_guide_is_imported_as_it_is_written() {
    let scratch = without_soc2();
    let (rows, profile) = guide();
    fs::write(scratch.path().join("acme.toml"), profile).unwrap();
    let mut sheet: Vec<&[&str]> = vec![&["Acme: our answers"], &[]];
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    sheet.extend(rows.iter().map(Vec::as_slice));
    sheet.push(&["acme-chat", "Do you encrypt data at rest?", "Y", "AES-256"]);
    sheet.push(&["acme-chat", "SOC 2?", "", ""]);
    let run = import(&scratch, "acme.xlsx", workbook(&sheet), &["--profile", "acme.toml", "--write"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    insta::assert_snapshot!(run.stdout);
    // The service has no answer of its own, so its platform gets it.
    let platform = scratch.read("platforms/acme-cloud.toml");
    let cell = &platform[platform.find("[cells.soc2_type2]").unwrap()..];
    insta::assert_snapshot!(&cell[..cell.find("[cells.hipaa_baa]").unwrap_or(cell.len())]);
    let run = scratch.run(&["import", "acme.xlsx", "--profile", "acme.toml"]);
    assert!(run.stdout.ends_with("nothing to do\n"), "{}", run.stdout);
}

const VENDOR: &[&[&str]] = &[
    &["Vendor questionnaire, version 3"],
    &[],
    &["Vendor", "Control", "Response", "Comments", "Link", "Date checked", "Ticket"],
    &[
        "Acme Chat",
        "Do you hold a SOC 2 Type II report?",
        "Yes - NDA required",
        "In the portal.",
        "https://acme.example/soc2",
        "11/20/2026",
        "A-1",
    ],
    &["Acme Chat", "Do you sign a HIPAA BAA?", "No", "", "", "11/20/2026", "A-2"],
    &["Acme Chat", "Do you encrypt data at rest?", "Yes", "AES-256", "", "11/20/2026", "A-3"],
    &["Acme Chat", "Have you signed the GPAI Code?", "Yes", "", "", "3/4/2026", "\"A\"\n4"],
];

#[test]
fn a_draft_guesses_and_leaves_the_rest_to_a_person() {
    let scratch = Scratch::new();
    let save = ["--save-profile", "vendor.toml"];
    let run = import(&scratch, "vendor.xlsx", workbook(VENDOR), &save);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let draft = fs::read_to_string(scratch.path().join("vendor.toml")).unwrap();
    insta::assert_snapshot!(format!("{}\n{draft}", run.stdout));

    let run = scratch.run(&[&["import", "vendor.xlsx"][..], &save].concat());
    assert_eq!(run.status, 2, "{}", run.stdout);
    assert!(run.stderr.contains("vendor.toml already exists"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(scratch.path().join("vendor.toml")).unwrap(), draft);

    // As it is, it is a profile, and refuses what is not decided yet.
    let run = scratch.run(&["import", "vendor.xlsx", "--profile", "vendor.toml", "--format", "json"]);
    let rules: Vec<_> =
        run.json()["findings"].as_array().unwrap().iter().map(|one| one["rule"].to_string()).collect();
    assert!(run.status == 1 && !rules.contains(&"\"table/wrong-mapping\"".to_owned()), "{rules:?}");

    // Filled in, it does what it says.
    let decided = draft
        .replace("# skip = ", "skip = ")
        .replace("# \"Yes - NDA required\"", "\"Yes - NDA required\"")
        .replace("headline = \"\"", "headline = \"See the note\"")
        .replace("# Yes = ", "Yes = ")
        .replace("# dimension = ", "dimension = ");
    fs::write(scratch.path().join("decided.toml"), decided).unwrap();
    let run = scratch.run(&["import", "vendor.xlsx", "--profile", "decided.toml"]);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn what_stands_beside_the_column_of_a_question_belongs_to_it() {
    let scratch = Scratch::new();
    let table = "Vendor,SOC 2 Type II,SOC 2 Type II link,SOC 2 Type II: evidence,SOC 2 Type II report page link,Notes,HIPAA BAA,HIPAA BAA notes,Link (HIPAA BAA),HIPAA BAA remark\n\
        Acme Chat,yes_sales_gated,https://acme.example/soc2-page,,,,yes_sales_gated,Signed.,https://acme.example/baa,\n";
    let run = import(&scratch, "wide.csv", table, &["--save-profile", "wide.toml"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let draft = fs::read_to_string(scratch.path().join("wide.toml")).unwrap();
    let columns = &draft[draft.find("[columns]").unwrap()..draft.find("[values").unwrap()];
    insta::assert_snapshot!(columns);
}

#[test]
fn tables_of_the_registry_need_no_draft() {
    let scratch = Scratch::new();
    let ours = "owner,dimension,note\nacme-chat,soc2_type2,Acme hands out its report in its portal.\n";
    let run = import(&scratch, "cells.csv", ours, &["--save-profile", "ours.toml"]);
    assert!(run.stdout.contains("1 changed field"), "{}", run.stdout);
    assert_eq!(fs::read_to_string(scratch.path().join("ours.toml")).unwrap(), "");
}

#[test]
fn days_of_another_order_are_taken_when_it_is_given() {
    let table = "owner,dimension,source_url,fetch_outcome,fetched_on\n\
        acme-chat,soc2_type2,https://acme.example/soc2,ok,07/13/2026\nacme-chat,retention_zdr,https://acme.example/retention,ok,07/02/2026\n";
    let scratch = Scratch::new();
    let run = import(&scratch, "cells.csv", table, &[]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
    let days = |run: &Run| -> Vec<String> {
        let changed = run.json()["changed"].as_array().unwrap().clone();
        changed
            .iter()
            .filter(|one| one["field"].to_string().contains("fetch"))
            .map(|one| one["new"].as_str().unwrap().to_owned())
            .collect()
    };
    let run = import(&scratch, "cells.csv", table, &["--dates", "mdy", "--format", "json"]);
    assert_eq!(days(&run), ["2026-07-02", "2026-07-13"]);
    fs::write(scratch.path().join("p.toml"), "dates = \"mdy\"\n").unwrap();
    let run = import(&scratch, "cells.csv", table, &["--profile", "p.toml", "--format", "json"]);
    assert_eq!(days(&run), ["2026-07-02", "2026-07-13"]);
    let run = import(&scratch, "cells.csv", table, &["--dates", "MM/DD/YYYY", "--format", "json"]);
    assert_eq!(days(&run), ["2026-07-02", "2026-07-13"]);
    for (order, said) in [("us", "`ymd`"), ("dddd, mm/dd/yyyy", "did you mean `mdy` (month, day, year)?")] {
        let run = import(&scratch, "cells.csv", table, &["--dates", order]);
        assert!(run.status == 2 && run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn facts_that_are_days_are_days_like_others() {
    let table = "owner,dimension,facts\n\
        acme-chat,soc2_type2,\"scope=[\"\"Acme API\"\"]; report_date=05/31/2026; stated=05/31/2026\"\n";
    let scratch = Scratch::new();
    let run = import(&scratch, "cells.csv", table, &[]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("the date does not begin with its year"), "{}", run.stdout);
    assert!(run.stdout.contains("`05/31/2026`"), "{}", run.stdout);
    let run = import(&scratch, "cells.csv", table, &["--dates", "mdy", "--format", "json"]);
    let json = run.json();
    let new = |field: &str| {
        let changed = json["changed"].as_array().unwrap().iter();
        changed.clone().find(|one| one["field"] == field).map(|one| one["new"].clone())
    };
    assert_eq!(new("facts.report_date"), Some("2026-05-31".into()));
    // The registry does not say that this is a day.
    assert_eq!(new("facts.stated"), Some("05/31/2026".into()));
}

#[test]
fn an_address_behind_a_text_is_shown_in_the_plan() {
    let rows: &[&[&str]] =
        &[&["owner", "dimension", "source_url"], &["acme-chat", "soc2_type2", "Trust portal"]];
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
    let links = r#"<hyperlinks><hyperlink ref="C2" r:id="rId1"/></hyperlinks>"#;
    let book =
        Book::xlsx(&[("cells", "", &format!("<sheetData>{}</sheetData>{links}", rows_from(1, &rows)))]).with(
            "xl/worksheets/_rels/sheet1.xml.rels",
            relations(&relation("rId1", "hyperlink", "https://acme.example/portal")),
        );
    let scratch = Scratch::new();
    let run = import(&scratch, "cells.xlsx", book.bytes(), &[]);
    assert!(run.status == 1 && run.stdout.contains("`--take-links`"), "{}", run.stdout);
    let run = scratch.run(&["import", "cells.xlsx", "--take-links"]);
    assert!(run.stdout.contains("https://acme.example/portal"), "{}", run.stdout);
}

#[test]
fn a_fault_of_a_profile_is_told_at_its_line_before_any_table_is_read() {
    let scratch = Scratch::new();
    let profile = "[columns]\nService = \"service\"\nQuestion = \"dimension\"\nAnswer = \"status\"\n\n\
        [values.status]\nY = { status = \"yes_gated\", route = \"public\" }\n";
    fs::write(scratch.path().join("p.toml"), profile).unwrap();
    let run =
        import(&scratch, "v.csv", "Service,Question,Answer\nacme-chat,what?,Y\n", &["--profile", "p.toml"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn what_turns_or_hides_text_is_escaped_in_json() {
    let scratch = Scratch::new();
    let note = "a\u{202e}b\u{200b}c\u{2066}d";
    let table = format!("owner,dimension,note\nacme-chat,soc2_type2,{note}\n");
    let run = import(&scratch, "cells.csv", table, &["--format", "json"]);
    scratch.replace(
        "offerings/acme-chat.toml",
        "Acme hands out its SOC 2 Type II report in its trust portal.",
        note,
    );
    let lint = scratch.run(&["lint", "--format", "json"]);
    for run in [
        &run,
        &lint,
        &scratch.run(&["lint", "--format", "sarif"]),
        &scratch.run(&["lint", "--format", "gitlab"]),
    ] {
        let raw = run.stdout.chars().find(
            |c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'),
        );
        assert_eq!(raw, None, "{}", run.stdout);
    }
    assert!(run.stdout.contains(r"a\u202eb\u200bc\u2066d"), "{}", run.stdout);
    assert!(
        run.json()["changed"].as_array().unwrap().iter().any(|one| one["new"] == note),
        "nothing is lost"
    );
}
