//! The commands that change what entities there are, and what becomes of old ids.

use std::fs;

use crate::daily::{commented, transcript};
use crate::support::Scratch;

#[test]
fn what_names_a_renamed_entity_follows() {
    let scratch = commented();
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["rename", "platform:initech-cloud", "initech-works"],
            &["rename", "platform:initech-cloud", "initech-works", "--write"],
            &["rename", "organization:acme", "acme-labs", "--write"],
            &["rename", "acme-chat", "acme-talk", "--write"],
            &["rename", "acme-chat", "acme-speech", "--write"],
            &["rename", "acme-speech", "acme-talk", "--write"],
            &["rename", "acme-talk", "acme-talk"],
            &["rename", "acme-talk", "Acme Talk"],
            &["rename", "acme-talk", "globex-on-initech"],
            &["rename", "initech-host", "acme-chat"],
            &["show", "acme-chat", "--short"],
            &["find", "id == 'acme-chat' || platform == \"initech-cloud\""],
            &["show", "platform:initech-cloud", "--short"],
            &["compare", "acme-chat", "initech-host", "--dimension", "soc2_type2"],
            &["lint", "-q"],
        ]
    ));
    assert!(!scratch.file("platforms/initech-cloud.toml").exists());
    assert!(
        scratch.read("offerings/acme-talk.toml").contains("former_ids = [\"acme-chat\", \"acme-speech\"]")
    );
    let left: Vec<_> =
        fs::read_dir(scratch.file("offerings")).unwrap().map(|one| one.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn a_baseline_holds_back_the_findings_of_a_renamed_entity() {
    let scratch = Scratch::new();
    scratch.replace(
        "platforms/acme-cloud.toml",
        "tier = \"enterprise_only\"\nroute = \"sales_contract\"",
        "",
    );
    let before = scratch.run(&["lint", "-q"]);
    let written = scratch.run(&["lint", "--baseline", "baseline.json", "--write-baseline"]);
    assert_eq!(written.status, 0, "{}{}", written.stdout, written.stderr);
    let lint = ["lint", "--baseline", "baseline.json", "-q", "--deny", "warnings"];
    assert_eq!(scratch.run(&lint).status, 0);
    assert_eq!(scratch.run(&["rename", "acme-cloud", "acme-works", "--write"]).status, 0);
    let after = scratch.run(&lint);
    assert!(!before.stdout.is_empty() && after.status == 0, "{}{}", before.stdout, after.stdout);
}

#[test]
fn what_is_retired_says_when_and_why() {
    let scratch = Scratch::new();
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["retire", "organization:acme", "--reason", "It closed."],
            &["retire", "acme-chat/soc2_type2", "--reason", "Not asked any more."],
            &["retire", "globex-on-initech/soc2_type2", "--reason", "It closed."],
            &["retire", "initech-host", "--reason", " "],
            &["retire", "initech-host", "--reason", "The service ended.", "--on", "2026-07-01", "--write"],
            &["show", "initech-host"],
            &["find", "id == 'initech-host'"],
            &["compare", "initech-host", "acme-chat"],
            &["lint", "-q"],
        ]
    ));
    assert!(!scratch.file("offerings/initech-host.toml").exists());
}

#[test]
fn an_answer_that_all_offerings_give_moves_to_their_platform() {
    let scratch = Scratch::new();
    // Two offerings on one platform that give one answer each in their own words, and one in the same.
    let chat = scratch.read("offerings/acme-chat.toml");
    let twin = chat
        .replace("acme-chat", "acme-talk")
        .replace("Acme Chat", "Acme Talk")
        .replace("Acme\"\nsum", "Acme 2\"\nsum");
    scratch.write("offerings/acme-talk.toml", twin.replace("waives that on request", "waives that for some"));
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["move-up", "platform:acme-cloud/retention_zdr"],
            &["move-up", "platform:acme-cloud/gpai_cop"],
            &["move-up", "platform:acme-cloud/gdpr_dpa"],
            &["move-up", "platform:initech-cloud"],
            &["move-up", "acme-chat"],
            &["move-up", "platform:acme-cloud", "--write"],
            &["move-up", "platform:acme-cloud"],
        ]
    ));
    assert!(!scratch.read("offerings/acme-talk.toml").contains("soc2_type2"));
    assert!(scratch.read("platforms/acme-cloud.toml").contains("[cells.soc2_type2]"));
}

#[test]
fn the_site_keeps_the_addresses_of_what_was_renamed_or_retired() {
    let scratch = Scratch::new();
    scratch.run(&["rename", "acme-chat", "acme-talk", "--write"]);
    scratch.run(&["rename", "platform:acme-cloud", "acme-works", "--write"]);
    scratch.run(&["retire", "initech-host", "--reason", "The service <ended>.", "--write"]);
    let export = scratch.run(&["export", "site", "--out", "site"]);
    assert_eq!(export.status, 0, "{}", export.stderr);
    let page = |path: &str| {
        let text = fs::read_to_string(scratch.path().join("site").join(path)).unwrap();
        let head = text.lines().filter(|line| line.contains("refresh"));
        let main =
            text.lines().skip_while(|line| !line.starts_with("<main")).take_while(|line| *line != "</main>");
        let lines: Vec<_> = head.chain(main).filter(|line| !line.is_empty()).collect();
        format!("{path}\n{}\n\n", lines.join("\n"))
    };
    let old = ["offerings/acme-chat", "platforms/acme-cloud", "offerings/initech-host"];
    insta::assert_snapshot!(old.map(|folder| page(&format!("{folder}/index.html"))).concat());
    assert!(scratch.path().join("site/offerings/acme-talk/index.html").exists());
}

/// What people wrote beside an answer is not lost without a word.
#[test]
fn a_comment_that_a_change_would_lose_is_named() {
    let scratch = Scratch::new();
    let cell = "[cells.retention_zdr]";
    scratch.replace(
        "offerings/acme-chat.toml",
        &format!("{cell}\n"),
        &format!("# Ask again in June.\n{cell}\n"),
    );
    let run = scratch.run(&["retire", "acme-chat/retention_zdr", "--reason", "It is not offered any more."]);
    let note =
        "1 comment of what is removed would be lost: data/offerings/acme-chat.toml: # Ask again in June.";
    assert!(run.stderr.contains(note), "{}", run.stderr);
    assert_eq!(run.status, 0);
    // Of offerings that say the same, each may have its own comment: a person decides where these go.
    let before = scratch.read("offerings/acme-chat.toml");
    let run = scratch.run(&["move-up", "platform:acme-cloud/retention_zdr", "--write"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(
        run.stderr.contains(
            "1 comment would be lost, so nothing was written: data/offerings/acme-chat.toml: # Ask"
        )
    );
    assert_eq!(scratch.read("offerings/acme-chat.toml"), before);
}
