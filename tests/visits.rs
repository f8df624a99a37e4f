//! Visits of machines: their files, their rules, and where readers see them. They are no readings.

use std::collections::BTreeSet;

use export::Edition;
use model::{Document, Record};
use serde_json::Value;
use store::{Store, WorkTree, canonical};

use crate::support::{Scratch, TODAY, full, import};

const FILE: &str = "visits/acme.example.toml";
const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const OTHER: &str = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";

fn read(page: &str, on: &str, hash: &str) -> String {
    format!(
        "[[visits]]\nurl = \"https://acme.example/{page}\"\non = {on}\noutcome = \"ok\"\nvia = \"direct\"\n\
         sha256 = \"{hash}\"\nextractor = \"html-1\"\n\n"
    )
}

fn failed(page: &str, on: &str, outcome: &str) -> String {
    format!(
        "[[visits]]\nurl = \"https://acme.example/{page}\"\non = {on}\noutcome = \"{outcome}\"\nvia = \"direct\"\n\n"
    )
}

/// Visits after the readings of the example registry, which are of 2026-06-01: of a page that did not change, one
/// that did, one that is gone and one that refuses machines.
fn visited() -> Scratch {
    let scratch = Scratch::new();
    let visits = [
        read("retention", "2026-06-01", HASH),
        read("retention", "2026-07-10", HASH),
        read("soc2/terms", "2026-06-01", HASH),
        read("soc2/terms", "2026-07-11", OTHER),
        failed("baa", "2026-07-12", "not_found"),
        failed("dpa", "2026-07-13", "blocked"),
    ];
    scratch.write(FILE, visits.concat());
    scratch
}

fn edition(scratch: &Scratch) -> Edition {
    let tree = WorkTree::new(scratch.path().join("data")).unwrap();
    let (registry, findings) = Store::open(&tree).unwrap().registry().unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    Edition::new(registry, TODAY.parse().unwrap())
}

#[test]
fn readers_see_beside_a_reading_what_visits_saw_since() {
    let scratch = visited();
    assert!(scratch.findings().is_empty());
    let edition = edition(&scratch);
    let of = |files: &[export::OutputFile<'_>], path: &str| {
        let file = files.iter().find(|file| file.path == path).unwrap();
        String::from_utf8(file.bytes().into_owned()).unwrap()
    };
    let phrases = ["unchanged on 2026-07-10", "still there on 2026-07-11", "not found on 2026-07-12"];
    let markdown = of(&export::markdown(&edition).files, "offerings/acme-chat.md");
    let shown = scratch.run(&["show", "acme-chat"]).stdout;
    let inputs = export::SiteInputs {
        rules: &[],
        locator: None,
        downloads: &[],
        without_workbook: None,
        preview_script: None,
    };
    let site = export::Site::new(&edition, inputs);
    let page = site.render(site.file("offerings/acme-chat/index.html").unwrap());
    let page = String::from_utf8(page.into_owned())
        .unwrap()
        .replace("<span class=\"day\">", "")
        .replace("</span>", "");
    for (form, text) in [("markdown", &markdown), ("show", &shown), ("site", &page)] {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for phrase in phrases {
            assert!(text.contains(phrase), "{form} lacks {phrase:?}");
        }
        assert!(!text.contains("2026-07-13"), "a refusal says nothing of the page");
    }
    assert!(markdown.contains("read on 2026-06-01; unchanged on 2026-07-10"), "{markdown}");
    assert!(markdown.contains("copy of 2026-06-01; still there on 2026-07-11"), "{markdown}");

    let json: Value =
        serde_json::from_str(&of(&export::json(&edition).files, "offerings/acme-chat.json")).unwrap();
    let evidence = &json["offering"]["dimensions"]["retention_zdr"]["evidence"][0];
    assert_eq!(evidence["seen"], serde_json::json!({ "state": "unchanged", "on": "2026-07-10" }));
    assert_eq!(evidence["fetch"]["on"], "2026-06-01", "the reading is as it was");
    let table = of(&export::csv(edition.registry()).files, "evidence.csv");
    let ends: BTreeSet<_> =
        table.lines().filter_map(|line| line.split_once(",still_there,")).map(|(_, on)| on).collect();
    assert_eq!(ends, BTreeSet::from(["2026-07-11"]));
}

#[test]
fn no_other_rule_sees_visits() {
    let scratch = Scratch::new();
    let file = "offerings/acme-chat.toml";
    // Answers that no reading supports, that are old, and whose page could not be fetched.
    let text = scratch.read(file).replace("fetch = { outcome = \"ok\", on = 2026-06-01 }\n", "");
    scratch.write(
        file,
        text.replace("on = 2026-06-01, via = \"archive\"", "on = 2024-06-01, via = \"archive\""),
    );
    let platform = "platforms/acme-cloud.toml";
    scratch.write(platform, scratch.read(platform).replace("outcome = \"ok\"", "outcome = \"blocked\""));
    let found =
        |run: &[&str]| scratch.run(&[&["lint", "--format", "json"], run].concat()).json()["findings"].clone();
    let without = found(&[]);
    let rules: BTreeSet<_> =
        without.as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap()).collect();
    assert!(rules.len() > 4 && rules.contains("cell/verified-but-unread"), "{rules:?}");
    scratch.commit_all();
    let pages = ["soc2", "soc2/terms", "retention", "retention/terms", "baa", "dpa", "training"];
    for seen in [
        pages.map(|page| read(page, "2026-07-14", HASH)),
        pages.map(|page| failed(page, "2026-07-14", "not_found")),
    ] {
        scratch.write(FILE, seen.concat());
        assert_eq!(found(&[]), without);
        assert_eq!(found(&["--since", "HEAD"]), serde_json::json!([]));
    }
    let table =
        "owner,dimension,note\noffering:acme-chat,retention_zdr,Acme deletes prompts after 30 days.\n";
    let run = import(&scratch, "cells.csv", table, &["--write"]);
    assert_eq!(run.status, 0, "{}", run.stdout + &run.stderr);
    assert_eq!(scratch.read(FILE), pages.map(|page| failed(page, "2026-07-14", "not_found")).concat());
}

#[test]
fn faults_of_visits_are_reported_at_their_place() {
    let scratch = Scratch::new();
    let text = [
        &read("soc2", "2026-07-20", &HASH.to_uppercase()),
        "[[visits]]\nurl = \"https://acme.example/soc2\"\non = 2026-06-01\noutcome = \"gone\"\nvia = \"snippet\"\n\n",
        "[[visits]]\nurl = \"acme.example/soc2\"\nwhen = 2026-06-01\noutcome = \"ok\"\nvia = \"direct\"\n\n",
        &read("soc2\\u200b", "2026-06-01", HASH),
        &read("nowhere", "2026-06-01", HASH),
    ];
    scratch.write(FILE, text.concat());
    scratch.write("visits/docs.globex.example.toml", read("soc2", "2026-06-01", HASH));
    scratch.write("visit/acme.example.toml", read("soc2", "2026-06-01", HASH));
    let run = scratch.run(&["lint", "--format", "concise"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
    let json = scratch.run(&["lint", "--format", "json", "--select", "visit/wrong-host"]).json();
    assert_eq!(json["findings"][0]["subject"]["entity"], "visits:docs.globex.example");
    assert_eq!(json["findings"][0]["subject"]["field"], "visits[0].url");
}

#[test]
fn a_finding_about_visits_is_allowed_in_the_registry() {
    let scratch = Scratch::new();
    scratch.write(FILE, read("soc2", "2026-07-10", HASH) + &read("soc2", "2026-06-01", HASH));
    assert_eq!(scratch.findings().len(), 1);
    let registry = scratch.read("registry.toml");
    let allow = "\n[[allow]]\nrule = \"visit/out-of-order\"\nreason = \"The crawler wrote them so.\"\nowner = \"A. Person\"\n";
    scratch.write("registry.toml", registry + allow);
    assert_eq!(scratch.findings(), Vec::<Value>::new());
}

#[test]
fn a_new_file_of_visits_has_the_canonical_form() {
    let scratch = Scratch::new();
    scratch.write(FILE, full("visits"));
    let edition = edition(&scratch);
    let visits = &edition.registry().visits["acme.example"];
    let fields: Vec<_> = visits.fields().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let written = canonical::file(Document::Visits, &fields);
    assert_eq!(written, format!("#:schema ../../schema/editor/visits.schema.json\n\n{}", full("visits")));
    scratch.write(FILE, &written);
    assert_eq!(scratch.run(&["fmt", "--check"]).status, 0);
    scratch.write(
        FILE,
        written.replace("on = 2026-06-01\noutcome = \"ok\"", "outcome = \"ok\"\non = \"2026-06-01\""),
    );
    assert_eq!(scratch.run(&["fmt"]).status, 0);
    assert_eq!(scratch.read(FILE), written);
    // A file without cells needs no dimensions.
    scratch.write("dimensions.toml", "[[dimensions]");
    scratch.write(FILE, written.replace("http_status = 200", "http_status  =  200"));
    assert_eq!(scratch.run(&["fmt"]).status, 1);
    assert_eq!(scratch.read(FILE), written);
}

#[test]
fn visits_that_are_still_to_come_are_not_published() {
    let scratch = Scratch::new();
    scratch.write(FILE, read("retention", "2026-06-01", HASH) + &read("retention", "2026-07-16", HASH));
    let edition = edition(&scratch);
    let visits = &edition.registry().visits["acme.example"];
    assert_eq!(visits.visits.items().len(), 1);
    let later: Vec<_> = edition.later().iter().map(|one| one.field.as_ref().unwrap().to_string()).collect();
    assert_eq!(later, ["visits[1]"]);
    assert!(!scratch.run(&["show", "acme-chat"]).stdout.contains("unchanged"));
}

/// What the last visit saw is what a person has read: its day, its way and the address of the copy.
#[test]
fn a_reading_is_made_of_the_last_visit() {
    let scratch = visited();
    let copy =
        "https://github.com/archive/versions/blob/0123456789abcdef0123456789abcdef01234567/Acme/Retention.md";
    let archived = read("retention", "2026-07-14", HASH)
        .replace("via = \"direct\"", &format!("via = \"archive\"\narchived_url = \"{copy}\""));
    scratch.write(FILE, scratch.read(FILE) + &archived);
    let reread = |page: &str, more: &[&str]| {
        let url = format!("https://acme.example/{page}");
        scratch.run(&[&["reread", &url], more].concat())
    };
    let run = reread("retention", &["--write"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let cell = scratch.read("offerings/acme-chat.toml");
    assert!(cell.contains(&format!(
        "archived_url = \"{copy}\"\nfetch = {{ outcome = \"ok\", on = 2026-07-14, via = \"archive\" }}"
    )));
    let refused = [
        reread("dpa", &["--quote", "Words."]),
        reread("training", &[]),
        reread("retention", &["--on", "2026-07-01"]),
    ];
    let said = refused.map(|run| format!("{}\n=> {}\n", run.stderr.lines().next().unwrap(), run.status));
    insta::assert_snapshot!(said.concat());
}

#[test]
fn no_reading_is_made_of_another_page_to_which_a_redirect_led() {
    let scratch = visited();
    let elsewhere = read("retention", "2026-07-14", HASH)
        .replace("via = ", "final_url = \"https://acme.example/\"\nvia = ");
    scratch.write(FILE, scratch.read(FILE) + &elsewhere);
    let run = scratch.run(&["reread", "https://acme.example/retention"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("was led to https://acme.example/, which is another page"), "{}", run.stderr);
    let shown = scratch.run(&["show", "acme-chat"]).stdout;
    assert!(shown.contains("2026-07-10") && !shown.contains("2026-07-14"), "{shown}");
}
