//! The command as people and CI use it.

use std::fs;

use crate::support::{self, Scratch, TODAY, repository, run_in};
use serde_json::Value;

const FILE: &str = "offerings/acme-chat.toml";

/// A scratch registry with ten faults of different kinds.
fn ten_faults() -> Scratch {
    let scratch = Scratch::new();
    scratch.replace(FILE, "model_family = \"Acme\"", "model_famly = \"Acme\"");
    scratch.replace(FILE, "category = \"first_party\"", "category = \"cloud_distribution\"");
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    scratch.replace(
        FILE,
        "url = \"https://acme.example/retention\"",
        "url = \"http://acme.example/retention\"",
    );
    scratch.replace(
        "platforms/acme-cloud.toml",
        "geography = [\"EU\", \"US\"]",
        "geography = [\"EU\", \"UK\"]",
    );
    scratch.replace("platforms/initech-cloud.toml", "operator = \"initech\"", "operator = \"initek\"");
    scratch.replace("organizations/globex.toml", "verified_on = 2026-06-01", "verified_on = 2027-06-01");
    scratch.replace("organizations/acme.toml", "confidence = \"high\"", "confidence = 1");
    scratch.replace("offerings/initech-host.toml", "id = \"initech-host\"", "id = \"initech-hosts\"");
    scratch.write("offerings/broken.toml", "id = \"broken\"\nname = \"Broken\n");
    scratch
}

#[test]
fn ten_faults_of_different_kinds_are_all_told() {
    let run = ten_faults().run(&["lint", "--format", "concise"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn people_see_excerpts_and_help() {
    let scratch = Scratch::new();
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    let run = scratch.run(&["lint", "-q"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn json_has_every_key() {
    let scratch = Scratch::new();
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"public\"");
    let json = scratch.run(&["lint", "--format", "json"]).json();
    let finding = &json["findings"][0];
    let keys: Vec<_> = finding.as_object().unwrap().keys().cloned().collect();
    let expected = [
        "rule",
        "severity",
        "message",
        "help",
        "file",
        "start",
        "end",
        "subject",
        "table",
        "related",
        "fix",
        "fingerprint",
    ];
    assert_eq!(keys, expected);
    assert_eq!(finding["file"], "data/offerings/acme-chat.toml");
    let text = scratch.read(FILE);
    let range = finding["start"]["byte"].as_u64().unwrap() as usize
        ..finding["end"]["byte"].as_u64().unwrap() as usize;
    assert_eq!(&text[range], "\"public\"");
    let subject =
        serde_json::json!({ "entity": "offering:acme-chat", "dimension": "soc2_type2", "field": "route" });
    assert_eq!(finding["subject"], subject);
    let summary: Vec<_> = json["summary"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        summary,
        ["files", "entities", "cells", "errors", "warnings", "infos", "suppressed", "partial", "left_out"]
    );
}

#[test]
fn exit_statuses_tell_findings_from_wrong_usage() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["lint"]).status, 0);
    assert_eq!(scratch.run(&["lint", "--select", "cell/stal"]).status, 2);
    assert_eq!(scratch.run(&["lint", "--data", "nowhere"]).status, 2);
    assert_eq!(scratch.run(&["lint", "data/offerings/nobody.toml"]).status, 2);
    assert_eq!(scratch.run(&["explain", "stale"]).status, 0);
    scratch.replace(FILE, "route = \"trust_center_nda\"", "route = \"sales_contract\"");
    let select = ["lint", "--select", "cell/self-serve-behind-sales"];
    assert_eq!(scratch.run(&select).status, 0);
    assert_eq!(scratch.run(&[&select[..], &["--deny", "warnings"]].concat()).status, 1);
    assert_eq!(scratch.run(&["lint", "data/platforms", "--deny", "warnings"]).status, 0);
}

#[test]
fn rules_are_listed_as_json() {
    let rules = run_in(repository(), &["rules", "--format", "json"]).json();
    for rule in rules.as_array().unwrap() {
        let keys: Vec<_> = rule.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["id", "group", "severity", "scope", "fix", "summary", "page", "status"]);
    }
}

const TABLES: [&str; 4] = ["organizations", "platforms", "offerings", "cells"];

/// Exports the registry's tables into `csv`, and gives their paths.
fn tables(scratch: &Scratch) -> Vec<String> {
    let out = scratch.path().join("csv");
    let run = scratch.run(&["export", "csv", "--out", out.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    TABLES.map(|table| out.join(format!("{table}.csv")).to_str().unwrap().to_owned()).to_vec()
}

fn import(scratch: &Scratch, files: &[String], more: &[&str]) -> support::Run {
    let files = files.iter().map(String::as_str);
    scratch.run(&["import"].into_iter().chain(files).chain(more.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn exported_tables_change_nothing_and_edits_are_planned_exactly() {
    let scratch = Scratch::new();
    let files = tables(&scratch);
    let plan = import(&scratch, &files, &["--format", "json"]).json();
    assert_eq!(plan["summary"]["added"], 0);
    assert_eq!(plan["summary"]["changed_fields"], 0);
    assert_eq!(plan["findings"], Value::Array(Vec::new()));

    let cells = fs::read_to_string(&files[3]).unwrap();
    let edited = cells
        .replacen("retention_days=30", "retention_days=14", 1)
        .replacen("Zero retention needs the approval of Acme", "Zero retention must be asked for", 1)
        .replacen("Choose the EU region before the first request", "Pick the region first", 1);
    fs::write(&files[3], edited).unwrap();
    let plan = import(&scratch, &files, &["--format", "json"]).json();
    insta::assert_snapshot!(serde_json::to_string_pretty(&plan["changed"]).unwrap());

    let before = scratch.read(FILE);
    assert_eq!(import(&scratch, &files, &["--write"]).status, 0);
    let expected =
        before.replace("Zero retention needs the approval of Acme", "Zero retention must be asked for");
    assert_eq!(scratch.read(FILE), expected);
    assert!(scratch.read("platforms/initech-cloud.toml").contains("\nretention_days = 14\n"));
    let plan = import(&scratch, &files, &["--format", "json"]).json();
    assert_eq!(plan["summary"]["changed_fields"], 0);
}

#[test]
fn an_empty_registry_gets_every_entity_back() {
    let scratch = Scratch::new();
    let files = tables(&scratch);
    let first = files.iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>();
    for folder in ["organizations", "platforms", "offerings"] {
        fs::remove_dir_all(scratch.file(folder)).unwrap();
    }
    assert_eq!(import(&scratch, &files, &["--write"]).status, 0);
    let again = tables(&scratch);
    assert_eq!(again.iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>(), first);
    assert!(scratch.findings().is_empty());
}

#[test]
fn a_faulty_table_is_refused_whole_and_every_fault_is_told() {
    let scratch = Scratch::new();
    let table = scratch.path().join("cells.csv");
    let text = "offering,dimension,status,confidence,headline,facts,verified_on\r\n\
        acme-chat,soc2_type2,yes_publik,high,\"a\r\nb\",,2026-06-01\r\n\
        acme-chatt,retention_zdr,partial,high,x,,2026-06-01\r\n\
        acme-chat,retention_zdr,no,#N/A,x,\"retention_days 30\",01.06.2026\r\n";
    fs::write(&table, text).unwrap();
    let before = scratch.read(FILE);
    let run = import(&scratch, &[table.to_str().unwrap().to_owned()], &["--write"]);
    assert_eq!(run.status, 1);
    assert_eq!(scratch.read(FILE), before);
    let shown = run.stdout.replace(scratch.path().to_str().unwrap(), "[folder]");
    insta::assert_snapshot!(shown);
}

#[test]
fn schemas_out_of_step_are_shown() {
    let scratch = Scratch::new();
    assert_eq!(scratch.run(&["export", "json-schema", "-q"]).status, 0);
    assert_eq!(scratch.run(&["export", "json-schema", "--check"]).status, 0);
    assert_eq!(scratch.run(&["export", "rules", "-q"]).status, 0);
    assert_eq!(scratch.run(&["ci"]).status, 0);
    let path = scratch.path().join("schema/offering.schema.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"status\"\n", "\"stat\"\n")).unwrap();
    let run = scratch.run(&["export", "json-schema", "--check"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.contains("-        \"stat\"") && run.stdout.contains("+        \"status\""),
        "{}",
        run.stdout
    );
    assert_eq!(scratch.run(&["ci"]).status, 1);
}

/// Runs the command as somebody whom permissions bind, who may run it in any folder.
#[cfg(unix)]
fn run_bound(scratch: &Scratch, arguments: &[&str]) -> support::Run {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    let binary = env!("CARGO_BIN_EXE_xtask");
    let is_bound = fs::File::open(scratch.file("offerings/acme-chat.toml")).is_err();
    let mut command = Command::new(if is_bound { binary } else { "setpriv" });
    if !is_bound {
        fs::set_permissions(scratch.path(), fs::Permissions::from_mode(0o755)).unwrap();
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", binary]);
    }
    let output =
        command.args(arguments).args(["--today", TODAY]).current_dir(scratch.path()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    support::Run {
        status: output.status.code().unwrap(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

#[cfg(unix)]
#[test]
fn a_file_or_folder_that_cannot_be_read_is_reported_beside_the_others() {
    use std::os::unix::fs::PermissionsExt;

    let scratch = Scratch::new();
    scratch.replace("registry.toml", "name = ", "nam = ");
    let lock = |path: &str| fs::set_permissions(scratch.file(path), fs::Permissions::from_mode(0o0)).unwrap();
    lock("offerings/acme-chat.toml");
    let lint = ["lint", "--format", "concise", "--select", "schema/*"];
    let run = run_bound(&scratch, &lint);
    let file = "data/offerings/acme-chat.toml:1:1: error[schema/syntax] `offerings/acme-chat.toml` cannot be read: Permission denied (os error 13)\n";
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.starts_with(file) && run.stdout.contains("data/registry.toml:"), "{}", run.stdout);
    // A command that would publish or import without it ends.
    for command in [&["export", "json"][..], &["show", "acme-chat"], &["fmt", "--check"]] {
        let run = run_bound(&scratch, command);
        assert!(
            run.status == 2 && run.stderr.contains("acme-chat.toml: Permission denied"),
            "{}",
            run.stderr
        );
    }

    lock("platforms");
    let run = run_bound(&scratch, &lint);
    let folder = "data/platforms:1:1: error[schema/syntax] `platforms` cannot be read: Permission denied (os error 13)\n";
    assert!(run.stdout.starts_with(file) && run.stdout.contains(folder), "{}", run.stdout);
    for path in ["offerings/acme-chat.toml", "platforms"] {
        fs::set_permissions(scratch.file(path), fs::Permissions::from_mode(0o755)).unwrap();
    }
}
