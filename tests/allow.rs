//! Findings accepted on purpose: allowances and baselines.

use std::fs;

use crate::support::Scratch;
use diagnostics::Edit;
use model::{Document, Entity, FieldPath, Subject};
use serde_json::Value;
use store::Editor;

const FILE: &str = "offerings/acme-chat.toml";

/// An offering with two faults of one rule, `cell/missing-route` (a warning), in two cells.
fn two_faults() -> Scratch {
    let scratch = Scratch::new();
    scratch.replace(
        FILE,
        "status = \"yes_sales_gated\"\nconfidence = \"high\"\nheadline = \"The",
        "status = \"partial\"\nconfidence = \"high\"\nheadline = \"The",
    );
    scratch.replace(FILE, "route = \"trust_center_nda\"\n", "");
    scratch.replace(
        FILE,
        "status = \"yes_sales_gated\"\nconfidence = \"high\"\nheadline = \"Zero",
        "status = \"partial\"\nconfidence = \"high\"\nheadline = \"Zero",
    );
    scratch.replace(FILE, "route = \"request_form\"\n", "");
    assert_eq!(told(&scratch), ["cell/missing-route", "cell/missing-route"]);
    scratch
}

/// Adds an allowance to a file, after what it holds.
fn allow(scratch: &Scratch, file: &str, rule: &str, more: &str) {
    let text = scratch.read(file);
    let allow = format!("[[allow]]\nrule = \"{rule}\"\nreason = \"We asked.\"\nowner = \"Jane Roe\"\n{more}");
    scratch.write(file, format!("{text}\n{}\n", allow.trim_end()));
}

fn rules(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

fn told(scratch: &Scratch) -> Vec<String> {
    rules(&scratch.findings()).into_iter().map(ToOwned::to_owned).collect()
}

fn lint(scratch: &Scratch, more: &[&str]) -> Value {
    scratch.run(&[&["lint", "--format", "json"], more].concat()).json()
}

#[test]
fn an_allowance_holds_back_an_entity_or_a_cell() {
    let scratch = two_faults();
    allow(&scratch, FILE, "cell/missing-route", "dimension = \"soc2_type2\"");
    let json = lint(&scratch, &[]);
    assert_eq!(json["findings"][0]["subject"]["dimension"], "retention_zdr");
    assert_eq!(
        (json["summary"]["warnings"].as_u64(), json["summary"]["suppressed"].as_u64()),
        (Some(1), Some(1))
    );

    let scratch = two_faults();
    allow(&scratch, FILE, "cell/missing-route", "until = 2026-07-15");
    let run = scratch.run(&["lint", "-v", "--deny", "warnings"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, "note: 2 findings are suppressed: 2 by Jane Roe\n"));
    let shown = scratch.run(&["lint"]).stdout;
    assert!(shown.ends_with(": no findings, 2 findings suppressed\n"), "{shown}");
    assert_eq!(lint(&scratch, &["data/offerings"])["summary"]["suppressed"], 2);
    assert_eq!(lint(&scratch, &["data/platforms"])["summary"]["suppressed"], 0);
}

#[test]
fn what_has_expired_comes_out_again_and_shows_its_allowance() {
    let scratch = two_faults();
    allow(&scratch, FILE, "cell/missing-route", "until = 2026-07-14");
    let findings = scratch.findings();
    assert_eq!(rules(&findings), ["cell/missing-route", "cell/missing-route", "registry/expired-allow"]);
    let run = scratch.run(&["lint", "-q"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn unused_allowances_are_told_where_that_can_be_known() {
    let scratch = two_faults();
    allow(&scratch, FILE, "cell/missing-route", "");
    allow(&scratch, FILE, "cell/missing-headline", "");
    let json = lint(&scratch, &[]);
    assert_eq!(rules(json["findings"].as_array().unwrap()), ["registry/unused-allow"]);
    assert_eq!(json["findings"][0]["subject"]["field"], "allow[1]");
    // The rule did not run.
    assert_eq!(lint(&scratch, &["--ignore", "cell/*"])["findings"], Value::Array(Vec::new()));
    // Rules were silent about what could not be read.
    scratch.replace("platforms/acme-cloud.toml", "id = \"acme-cloud\"", "id = \"acme-cloud\"\nidd = 1");
    assert_eq!(told(&scratch), ["schema/unknown-key"]);
}

#[test]
fn an_unused_allowance_goes_without_a_trace() {
    let scratch = Scratch::new();
    let before = scratch.read(FILE);
    allow(&scratch, FILE, "cell/missing-route", "");
    let text = scratch.read(FILE);
    let subject = Subject::field(Entity::Offering("acme-chat".into()), FieldPath::of("allow").index(0));
    let dimensions = model::Dimensions::default();
    let editor = Editor::new(Document::Offering, &dimensions);
    assert_eq!(editor.apply(&text, &[Edit::Remove(subject)]).unwrap(), before);
}

#[test]
fn rules_that_cannot_be_allowed_are_told_at_their_name() {
    for (rule, help) in [
        ("cell/missing-rout", "did you mean `cell/missing-route`?"),
        ("missing-route", "did you mean `cell/missing-route`?"),
        ("cell/*", "write the id of one rule: `cargo xtask rules` lists them"),
        ("schema/unknown-key", "fix the finding, and remove the allowance"),
        ("registry/unused-allow", "fix the finding, and remove the allowance"),
    ] {
        let scratch = Scratch::new();
        allow(&scratch, FILE, rule, "");
        let findings = scratch.findings();
        assert_eq!(rules(&findings), ["schema/unknown-value"], "{rule}");
        assert_eq!(findings[0]["severity"], "error");
        assert_eq!(findings[0]["help"], help);
        let at = |end: &str| findings[0][end]["byte"].as_u64().unwrap() as usize;
        assert_eq!(&scratch.read(FILE)[at("start")..at("end")], format!("\"{rule}\""));
    }
}

#[test]
fn an_allowance_that_says_too_little_holds_nothing_back() {
    for (from, to, rule) in [
        ("reason = \"We asked.\"", "reason = \" \"", "registry/unexplained-allow"),
        ("reason = \"We asked.\"\n", "", "schema/missing-key"),
        ("owner = \"Jane Roe\"", "owner = \"\"", "registry/unexplained-allow"),
        ("dimension = \"soc2_type2\"", "dimension = 2", "schema/wrong-type"),
    ] {
        let scratch = two_faults();
        allow(&scratch, FILE, "cell/missing-route", "dimension = \"soc2_type2\"");
        scratch.replace(FILE, from, to);
        let mut told = told(&scratch);
        told.sort();
        assert_eq!(told, ["cell/missing-route", "cell/missing-route", rule]);
    }
}

#[test]
fn registry_toml_allows_what_has_no_file_of_its_own() {
    let scratch = two_faults();
    allow(&scratch, "registry.toml", "cell/missing-route", "");
    let findings = scratch.findings();
    assert_eq!(rules(&findings), ["cell/missing-route", "cell/missing-route", "registry/unused-allow"]);
    assert_eq!(findings[2]["file"], "data/registry.toml");
}

#[test]
fn an_import_is_held_to_what_is_not_allowed() {
    let scratch = Scratch::new();
    let table = scratch.path().join("cells.csv");
    fs::write(
        &table,
        "offering,dimension,status,route,verified_on\nacme-chat,soc2_type2,partial,public,2027-01-01\n",
    )
    .unwrap();
    let import = || scratch.run(&["import", table.to_str().unwrap(), "--format", "json"]);
    assert_eq!(
        (import().status, rules(import().json()["findings"].as_array().unwrap())),
        (1, vec!["cell/verified-in-future"])
    );
    allow(&scratch, FILE, "cell/verified-in-future", "");
    assert_eq!((import().status, import().json()["findings"].as_array().unwrap().len()), (0, 0));
}

/// The baseline, written.
fn baseline(scratch: &Scratch) -> String {
    fs::read_to_string(scratch.path().join("baseline.json")).unwrap()
}

/// What the command says on standard error, without the folder.
fn said(scratch: &Scratch, more: &[&str]) -> (i32, String) {
    let run = scratch.run(&[&["lint"], more].concat());
    (run.status, run.stderr.replace(scratch.path().canonicalize().unwrap().to_str().unwrap(), "[folder]"))
}

#[test]
fn a_baseline_holds_back_what_stood_and_only_shrinks() {
    let scratch = two_faults();
    scratch.replace("organizations/globex.toml", "verified_on = 2026-06-01", "verified_on = 2027-06-01");
    assert_eq!(said(&scratch, &[]).0, 1);
    let written = said(&scratch, &["--write-baseline"]);
    assert_eq!(written, (0, "note: wrote [folder]/baseline.json with 3 findings\n".to_owned()));
    insta::assert_snapshot!(baseline(&scratch));

    let held = lint(&scratch, &["--baseline", "baseline.json"]);
    assert_eq!(
        (held["findings"].as_array().unwrap().len(), held["summary"]["suppressed"].as_u64()),
        (0, Some(3))
    );
    assert_eq!(held["summary"]["errors"], 0);
    assert_eq!(said(&scratch, &["--baseline", "baseline.json", "--deny", "warnings"]), (0, String::new()));

    // One is fixed, the lines of the other move, and a new one comes.
    scratch.replace("organizations/globex.toml", "verified_on = 2027-06-01", "verified_on = 2026-06-01");
    scratch.replace(FILE, "id = \"acme-chat\"", "# Moved.\nid = \"acme-chat\"");
    scratch.replace("organizations/initech.toml", "verified_on = 2026-06-01", "verified_on = 2027-06-01");
    let (status, told) = said(&scratch, &["--baseline", "baseline.json", "-v"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(told);
    let (status, told) = said(&scratch, &["--baseline", "baseline.json", "--write-baseline"]);
    assert_eq!(status, 1);
    insta::assert_snapshot!(told);
    assert!(!baseline(&scratch).contains("globex") && !baseline(&scratch).contains("initech"));
    // A second time nothing is left to do.
    let before = baseline(&scratch);
    said(&scratch, &["--write-baseline"]);
    assert_eq!(baseline(&scratch), before);
}

#[test]
fn a_baseline_keeps_what_was_not_judged() {
    let scratch = two_faults();
    said(&scratch, &["--write-baseline"]);
    let before = baseline(&scratch);
    scratch.replace(
        FILE,
        "[cells.soc2_type2]\nstatus = \"partial\"",
        "[cells.soc2_type2]\nstatus = \"parial\"",
    );
    let (status, told) = said(&scratch, &["--write-baseline"]);
    assert_eq!(status, 1);
    assert!(told.contains("was not shortened"), "{told}");
    said(&scratch, &["--write-baseline", "--select", "evidence/*"]);
    assert_eq!(baseline(&scratch), before);
}

#[test]
fn what_is_no_baseline_is_wrong_usage() {
    let scratch = two_faults();
    said(&scratch, &["--write-baseline"]);
    let text = baseline(&scratch);
    let wrong = |text: &str| {
        fs::write(scratch.path().join("wrong.json"), text).unwrap();
        said(&scratch, &["--baseline", "wrong.json"])
    };
    let (status, told) = wrong(&text.replacen("cell/missing-route", "cell/missing-rout", 1));
    assert_eq!(status, 2);
    assert_eq!(
        told,
        "error: wrong.json:6:33: there is no rule or group `cell/missing-rout`: did you mean `cell/missing-route`?\n"
    );
    assert_eq!(wrong(&text.replacen("cell/missing-route", "schema/syntax", 1)).0, 2);
    assert_eq!(wrong("{\"version\": 1").1, "error: wrong.json:1:13: EOF while parsing an object\n");
    assert_eq!(said(&scratch, &["--baseline", "nowhere.json"]).0, 2);
    assert_eq!(said(&scratch, &["--write-baseline", "data/offerings"]).0, 2);
}

#[test]
fn unreadable_data_is_no_part_of_a_baseline() {
    let scratch = Scratch::new();
    scratch.replace(FILE, "category = \"first_party\"", "category = \"first-party\"");
    assert_eq!(said(&scratch, &["--write-baseline"]).0, 1);
    assert_eq!(baseline(&scratch), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
}
