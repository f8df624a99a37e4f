//! `import` from tables to data files: the plan, what is never overwritten or cleared unasked, tables of
//! somebody else, and faults in every format.

use std::fs;

use crate::support::{Run, Scratch, TODAY, import, run_at, run_with};
use proptest::prelude::*;

const FILE: &str = "offerings/acme-chat.toml";
const NOTE: &str = "Acme hands out its SOC 2 Type II report in its trust portal.";

fn cells(rows: &[&str]) -> String {
    format!("owner,dimension,status,note,headline,source_url\n{}\n", rows.join("\n"))
}

#[test]
fn people_see_what_changes_at_any_width() {
    let scratch = Scratch::new();
    let longer = format!("{NOTE} Since June it asks for the name of the customer first, and for a reason.");
    let table = cells(&[
        &format!("offering:acme-chat,soc2_type2,,\"{longer}\",The report is had after a login,"),
        "platform:acme-cloud,hipaa_baa,,Acme signs a BAA with its enterprise customers.,,",
        "offering:initech-host,soc2_type2,no,Initech says that it has none.,No report,https://initech.example/soc2",
    ]);
    fs::write(scratch.path().join("cells.csv"), &table).unwrap();
    let offerings = "id,name,developer,platform,category\nacme-mini,Acme Mini,acme,acme-cloud,first_party\n";
    fs::write(scratch.path().join("offerings.csv"), offerings).unwrap();
    for columns in [80, 120] {
        let run = run_at(scratch.path(), columns, &["import", "offerings.csv", "cells.csv"]);
        insta::assert_snapshot!(format!("people_see_what_changes_at_{columns}_columns"), run.stdout);
    }
}

#[test]
fn programs_get_every_change() {
    let scratch = Scratch::new();
    let row = format!("offering:acme-chat,soc2_type2,,{NOTE},The report is had after a login,");
    let twice = "platform:acme-cloud,hipaa_baa,partial,,,";
    let run = import(&scratch, "cells.csv", &cells(&[&row, twice, twice]), &["--format", "json"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(serde_json::to_string_pretty(&run.json()).unwrap());
}

#[test]
fn a_hundred_new_offerings_are_written_beside_one_that_changes() {
    let scratch = Scratch::new();
    let names =
        (0..100).map(|number| format!("acme-mini-{number},Acme Mini {number},acme,acme-cloud,first_party"));
    let rows: Vec<_> = names.chain(["acme-chat,Acme Talk,,,".to_owned()]).collect();
    let table = format!("id,name,developer,platform,category\n{}\n", rows.join("\n"));
    let run = import(&scratch, "offerings.csv", &table, &["--write"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(run.stdout.ends_with("wrote 101 files\n"), "{}", run.stdout);
    assert!(scratch.read(FILE).contains("name = \"Acme Talk\""));
    let again = import(&scratch, "offerings.csv", &table, &["--format", "json"]).json();
    assert_eq!((&again["summary"]["added"], &again["summary"]["changed_fields"]), (&0.into(), &0.into()));
}

#[test]
fn a_reviewed_cell_is_overwritten_only_when_asked() {
    let scratch = Scratch::new();
    let review = |verdict: &str| {
        format!(
            "\n[[cells.soc2_type2.reviews]]\non = 2026-06-02\nby = \"Jane Roe\"\nverdict = \"{verdict}\"\n"
        )
    };
    let marker = "\n[cells.retention_zdr]\n";
    scratch.replace(FILE, marker, &format!("{}{marker}", review("confirmed")));
    let before = scratch.read(FILE);
    let same = cells(&[&format!("acme-chat,soc2_type2,yes_sales_gated,{NOTE},,")]);
    let plan = import(&scratch, "cells.csv", &same, &["--format", "json"]).json();
    assert_eq!((&plan["unchanged"], &plan["conflicts"]), (&1.into(), &serde_json::json!([])));

    let other = cells(&["acme-chat,soc2_type2,,Acme hands out its report to customers.,,"]);
    let run = import(&scratch, "cells.csv", &other, &["--write"]);
    assert_eq!((run.status, scratch.read(FILE)), (1, before.clone()));
    insta::assert_snapshot!(run.stdout);
    let run = import(&scratch, "cells.csv", &other, &["--write", "--override-reviewed"]);
    assert_eq!(
        (run.status, scratch.read(FILE)),
        (0, before.replace(NOTE, "Acme hands out its report to customers."))
    );
    // A dismissal holds nothing fast.
    let before = scratch.read(FILE);
    let dismissed =
        review("dismissed").replace("verdict", "reason = \"no\"\nverdict").replace("06-02", "06-03");
    scratch.replace(FILE, marker, &format!("{dismissed}{marker}"));
    let run = import(&scratch, "cells.csv", &same, &["--write"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert_ne!(scratch.read(FILE), before);
}

#[test]
fn an_empty_cell_clears_only_when_asked_and_never_what_must_be_there() {
    let scratch = Scratch::new();
    let header = "owner,dimension,status,tier,facts,source_url,source_title,source_2_url";
    let table = format!("{header}\nacme-chat,soc2_type2,,,,https://acme.example/soc2,,\n");
    let plan = import(&scratch, "cells.csv", &table, &["--format", "json"]).json();
    assert_eq!(plan["summary"]["changed_fields"], 0);
    // The second source of the cell stays: it is not known by its place.
    let run = import(&scratch, "cells.csv", &table, &["--clear-empty"]);
    insta::assert_snapshot!(run.stdout);
    let run = import(&scratch, "cells.csv", &table, &["--clear-empty", "--write"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    let text = scratch.read(FILE);
    let cell = &text[text.find("[cells.soc2_type2]").unwrap()..text.find("[cells.retention_zdr]").unwrap()];
    assert!(!cell.contains("tier") && !cell.contains("facts"), "{cell}");
    let first = &cell[..cell.find("https://acme.example/soc2/terms").unwrap_or(cell.len())];
    assert!(!first.contains("title"), "{cell}");
    assert!(
        cell.contains("status = \"yes_sales_gated\"") && cell.contains("https://acme.example/soc2"),
        "{cell}"
    );
}

#[test]
fn evidence_that_a_whole_row_does_not_name_is_removed() {
    let scratch = Scratch::new();
    let header = "owner,dimension,source_url,source_2_url,source_3_url,source_3_fetch_outcome\n";
    let known = "acme-chat,soc2_type2,https://acme.example/soc2,https://acme.example/soc2/terms";
    let three = format!("{header}{known},https://acme.example/more,not_attempted\n");
    assert_eq!(import(&scratch, "cells.csv", &three, &["--write"]).status, 0);
    let with_three = scratch.read(FILE);
    assert!(with_three.contains("https://acme.example/more"));
    let two = format!("{header}{known},,\n");
    let run = import(&scratch, "cells.csv", &two, &["--write", "--clear-empty"]);
    assert_eq!((run.status, scratch.read(FILE)), (0, with_three), "{}", run.stdout);
    let run = import(&scratch, "cells.csv", &two, &["--write", "--replace"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(!scratch.read(FILE).contains("https://acme.example/more"), "{}", scratch.read(FILE));
    assert_eq!(scratch.read(FILE).matches("[[cells.soc2_type2.evidence]]").count(), 2);
}

const VENDOR: &str = "Our service;Question;Our answer;Remarks;Internal id;Proof\n\
    acme-chat;SOC 2?;Y;Acme hands out its report in its trust portal.;77;https://acme.example/soc2\n";

const PROFILE: &str = "\
skip = [\"Internal id\"]

[columns]
\"Our service\" = \"owner\"
\"Question\" = \"dimension\"
\"Our answer\" = \"status\"
\"Remarks\" = \"note\"
\"Proof\" = \"source_url\"

[values.dimension]
\"SOC 2?\" = \"soc2_type2\"

[values.status]
\"Y\" = \"yes_sales_gated\"

[constants]
source_title = \"Report page\"
";

#[test]
fn a_profile_reads_the_table_of_somebody_else() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("vendor.toml"), PROFILE).unwrap();
    let changes = |table: &str| -> Vec<String> {
        let run = import(&scratch, "vendor.csv", table, &["--profile", "vendor.toml", "--format", "json"]);
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
        let changed = run.json()["changed"].as_array().unwrap().clone();
        changed.iter().map(|one| format!("{}: {}", one["field"].as_str().unwrap(), one["new"])).collect()
    };
    let note = "note: \"Acme hands out its report in its trust portal.\"";
    // The page has a title already.
    assert_eq!(changes(VENDOR), [note]);
    let new =
        [note, "evidence[2].url: \"https://acme.example/soc2-report\"", "evidence[2].title: \"Report page\""];
    assert_eq!(changes(&VENDOR.replace("/soc2", "/soc2-report")), new);
}

#[test]
fn a_profile_is_saved_with_what_the_command_line_maps() {
    let scratch = Scratch::new();
    fs::write(scratch.path().join("vendor.toml"), PROFILE.replace("\"Remarks\"", "\"Hints\"")).unwrap();
    let more = ["--profile", "vendor.toml", "--map", "Remarks=note", "--save-profile", "next.toml"];
    let run = import(&scratch, "vendor.csv", VENDOR, &more);
    assert_eq!(run.status, 1, "{}", run.stdout);
    assert!(run.stdout.contains("no table has the column `Hints`"), "{}", run.stdout);
    fs::write(scratch.path().join("vendor.toml"), PROFILE).unwrap();
    let more = ["--profile", "vendor.toml", "--map", "Remarks=tier", "--save-profile", "next.toml"];
    let run = import(&scratch, "vendor.csv", VENDOR, &more);
    let saved = fs::read_to_string(scratch.path().join("next.toml"));
    assert_eq!(run.status, 1, "a sentence is no tier: {}", run.stdout);
    assert!(saved.is_err(), "what is refused is not saved");
    let more = ["--profile", "vendor.toml", "--map", "proof=source_url", "--save-profile", "next.toml"];
    assert_eq!(import(&scratch, "vendor.csv", VENDOR, &more).status, 0);
    let saved = fs::read_to_string(scratch.path().join("next.toml")).unwrap();
    assert_eq!(saved, PROFILE.replace("\"Our service\" = \"owner\"\n\"Question\" = \"dimension\"\n\"Our answer\" = \"status\"\n\"Remarks\" = \"note\"\n\"Proof\" = \"source_url\"\n",
        "\"Our answer\" = \"status\"\n\"Our service\" = \"owner\"\nQuestion = \"dimension\"\nRemarks = \"note\"\nproof = \"source_url\"\n")
        .replace("\"Y\" =", "Y ="));
    assert_eq!(import(&scratch, "vendor.csv", VENDOR, &["--profile", "next.toml"]).status, 0);
}

#[test]
fn faults_of_a_profile_are_told_at_their_place() {
    let scratch = Scratch::new();
    let faulty = PROFILE
        .replace("= \"note\"", "= \"notes\"")
        .replace("[constants]", "[constant]")
        .replace("[values.status]", "[values.statuss]")
        .replace("\"Y\" = \"yes_sales_gated\"", "\"Y\" = 1");
    fs::write(scratch.path().join("vendor.toml"), faulty).unwrap();
    let run = import(&scratch, "vendor.csv", VENDOR, &["--profile", "vendor.toml"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
    let run = import(&scratch, "vendor.csv", VENDOR, &["--profile", "vendor.toml", "--format", "json"]);
    let places: Vec<_> = run.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["start"]["line"].as_u64(), one["start"]["column"].as_u64()))
        .collect();
    assert_eq!(places, [(Some(7), Some(13)), (Some(13), Some(9)), (Some(14), Some(7)), (Some(16), Some(2))]);
}

#[test]
fn what_cannot_be_mapped_is_told() {
    let scratch = Scratch::new();
    let maps = ["--map", "Our service=owner", "--map", "Question=dimension"];
    let run = import(&scratch, "vendor.csv", VENDOR, &[&maps[..], &["--map", "Our reply=note"]].concat());
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
    let run = import(&scratch, "vendor.csv", VENDOR, &["--map", "Our answer=statuss"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `status`?"), "{}", run.stderr);
    let both = ["--map", "Our answer=note", "--map", "Remarks=note"];
    let run = import(&scratch, "vendor.csv", VENDOR, &[&maps[..], &both].concat());
    assert!(
        run.stdout.contains("D1: text \"Remarks\": the columns C and D both fill `note`"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_owner_of_a_cell_may_have_another_id_now() {
    let scratch = Scratch::new();
    scratch.replace(FILE, "name = \"Acme Chat\"\n", "name = \"Acme Chat\"\nformer_ids = [\"acme-talk\"]\n");
    let run = import(&scratch, "cells.csv", &cells(&["acme-talk,soc2_type2,,x,,"]), &[]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("it has another id now: write `offering:acme-chat`"), "{}", run.stdout);
}

#[test]
fn faults_of_a_table_reach_code_scanning_and_annotations() {
    let scratch = Scratch::new();
    let table = cells(&["acme-chat,soc2_type2,yes_publik,x,y,"]);
    let run = import(&scratch, "cells.csv", &table, &["--format", "sarif"]);
    assert_eq!(run.status, 1);
    let result = &run.json()["runs"][0]["results"][0];
    insta::assert_snapshot!(serde_json::to_string_pretty(&result["locations"]).unwrap());
    assert!(result["message"]["text"].as_str().unwrap().starts_with("cells.csv C2 (status): "));
    let run = import(&scratch, "cells.csv", &table, &["--format", "github"]);
    let first = run.stdout.lines().next().unwrap();
    assert!(
        first.starts_with("::error file=cells.csv,line=2,title=table/wrong-value::cells.csv C2"),
        "{first}"
    );
}

#[test]
fn thousands_of_faults_are_told_in_order_and_counted() {
    let scratch = Scratch::new();
    let rows: Vec<_> = (0..3000).map(|nth| format!("acme-chat,question_{nth},yess_{nth},x,y,")).collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let run = import(&scratch, "cells.csv", &cells(&rows), &[]);
    assert_eq!(run.status, 1);
    let places: Vec<_> = run.stdout.lines().filter_map(|line| line.split("cells.csv C").nth(1)).collect();
    let numbers: Vec<usize> =
        places.iter().map(|place| place.split(' ').next().unwrap().parse().unwrap()).collect();
    assert!(numbers.len() >= 50 && numbers.is_sorted(), "{numbers:?}");
    assert!(run.stdout.contains("more (show them with --all)"));
    let summary = run.stdout.lines().rev().nth(1).unwrap().to_owned();
    let count = |run: &Run| run.stdout.matches("error[table/wrong-value]").count();
    let all = import(&scratch, "cells.csv", &cells(&rows), &["--all"]);
    assert_eq!(count(&all), 3000, "{summary}");
    let json = import(&scratch, "cells.csv", &cells(&rows), &["--format", "json"]).json();
    assert!(summary.contains(&format!("{} errors", json["summary"]["errors"])), "{summary}");
    let few = import(&scratch, "cells.csv", &cells(&rows), &["--max-findings", "5"]);
    assert!(
        few.stdout.matches("error[").count() == 5 && few.stdout.contains("that --max-findings leaves out")
    );
}

#[test]
fn a_folder_is_imported_whole() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["export", "csv", "--out", "tables"]).status, 0);
    let run = scratch.run(&["import", "tables", "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    let plan = run.json();
    assert_eq!((&plan["summary"]["added"], &plan["summary"]["changed_fields"]), (&0.into(), &0.into()));
    assert!(plan["unchanged"].as_u64().unwrap() > 20);
    fs::create_dir(scratch.path().join("empty")).unwrap();
    let run = scratch.run(&["import", "empty"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("has no table"), "{}", run.stderr);
}

#[test]
fn two_files_may_say_the_same_and_nothing_else() {
    let scratch = Scratch::new();
    let row = "acme-chat,soc2_type2,,Acme hands out its report to customers.,,";
    fs::write(scratch.path().join("a.csv"), cells(&[row])).unwrap();
    fs::write(scratch.path().join("b.csv"), cells(&[row])).unwrap();
    let plan = scratch.run(&["import", "a.csv", "b.csv", "--format", "json"]).json();
    assert_eq!((&plan["summary"]["changed_fields"], &plan["summary"]["conflicts"]), (&1.into(), &0.into()));
    fs::write(scratch.path().join("b.csv"), cells(&["acme-chat,soc2_type2,,Acme keeps its report.,,"]))
        .unwrap();
    let plan = scratch.run(&["import", "a.csv", "b.csv", "--format", "json"]).json();
    assert_eq!((&plan["summary"]["changed_fields"], &plan["summary"]["conflicts"]), (&0.into(), &1.into()));
    assert_eq!(plan["conflicts"][0]["places"].as_array().unwrap().len(), 2);
    let run = import(&scratch, "a.csv", &cells(&[row, row]), &[]);
    assert!(
        run.stdout.contains("A3 (owner): text \"acme-chat\": cell `soc2_type2` of offering acme-chat is in")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn neither_the_order_of_rows_nor_threads_matter(seed in any::<u64>()) {
        let scratch = Scratch::new();
        scratch.run(&["export", "csv", "--out", "tables"]);
        let path = scratch.path().join("tables/cells.csv");
        let text = fs::read_to_string(&path).unwrap().replace("Acme", "Acme Corp").replace("high", "medium");
        let (header, rows) = text.split_once('\n').unwrap();
        let run = |rows: &[&str], threads: &str| {
            fs::write(&path, format!("{header}\n{}\n", rows.join("\n"))).unwrap();
            let environment = [("RAYON_NUM_THREADS", threads)];
            let arguments = ["import", "tables/cells.csv", "--format", "json", "--today", TODAY];
            let run = run_with(scratch.path(), &arguments[..4], "", &environment);
            let mut json = run.json();
            for finding in json["findings"].as_array_mut().unwrap() {
                finding["table"] = finding["fingerprint"].clone();
                finding["related"] = serde_json::Value::Null;
            }
            let mut findings = json["findings"].as_array().unwrap().clone();
            findings.sort_by_key(|finding| finding["fingerprint"].as_str().unwrap().to_owned());
            json["findings"] = findings.into();
            json
        };
        let rows: Vec<&str> = rows.lines().collect();
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|row| row.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)));
        let first = run(&rows, "1");
        prop_assert_eq!(&first, &run(&shuffled, "4"));
        prop_assert!(first["summary"]["changed_fields"].as_u64().unwrap() > 20);
    }
}

#[test]
fn a_table_comes_from_standard_input_as_from_a_file() {
    let scratch = Scratch::new();
    let table = cells(&["platform:acme-cloud,hipaa_baa,partially,,,"]);
    let from_file = import(&scratch, "cells.csv", &table, &[]);
    let piped = run_with(scratch.path(), &["import", "-"], &table, &[]);
    assert_eq!((from_file.status, piped.status), (1, 1));
    assert_eq!(from_file.stdout.replace("cells.csv", "-"), piped.stdout);
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_not_read() {
    let scratch = Scratch::new();
    std::os::unix::fs::symlink("/dev/zero", scratch.path().join("link.csv")).unwrap();
    let pipe = scratch.path().join("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    for file in ["/dev/zero", "link.csv", "pipe.csv"] {
        let run = scratch.run(&["import", file]);
        assert_eq!(run.status, 2, "{file}");
        let told = format!("cannot read {file}: it is a device, a named pipe or a socket, not a file");
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    }
}

#[test]
fn servers_get_paths_from_the_top_of_the_repository_wherever_the_import_runs() {
    let scratch = Scratch::new();
    scratch.git(&["init", "-q"]);
    let folder = scratch.path().join("tables/acme");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cells.csv"), cells(&["platform:acme-cloud,hipaa_baa,partially,,,"])).unwrap();
    for format in ["github", "sarif"] {
        let run = run_with(&folder, &["import", "cells.csv", "--format", format], "", &[]);
        assert!(run.stdout.contains("tables/acme/cells.csv"), "{}", run.stdout);
        let is_short = ["file=cells.csv", "\"uri\":\"cells.csv"].iter().any(|path| run.stdout.contains(path));
        assert!(!is_short, "{}", run.stdout);
    }
    let json = run_with(&folder, &["import", "cells.csv", "--format", "json"], "", &[]).json();
    assert_eq!(json["findings"][0]["file"], "cells.csv");
}
