//! The commands that record what people decided about answers.

use crate::daily::transcript;
use crate::support::Scratch;

#[test]
fn a_flag_is_raised_and_closed() {
    let scratch = Scratch::new();
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["flag", "acme-chat/soc2_type2", "--what", "The page names another auditor."],
            &["flag", "acme-chat/soc2_type2", "--what", "The page names another auditor.", "--write"],
            &["flag", "acme-chat/soc2_type2", "--what", "The page names another auditor."],
            &["flag", "acme-chat", "--what", "The page names another city.", "--id", "city", "--write"],
            &["flag", "acme-chat/soc2_type2", "--what", "Which city?", "--id", "city"],
            &["dismiss", "acme-chat/soc2_type2", "--by", "Jane Roe", "--reason", "Both are named."],
            &["dismiss", "acme-chat/soc2_type2", "--flag", "citty", "--by", "Jane Roe", "--reason", "Both."],
            &[
                "dismiss",
                "acme-chat/soc2_type2",
                "--flag",
                "city",
                "--by",
                "Jane Roe",
                "--reason",
                "Both.",
                "--write"
            ],
            &["dismiss", "acme-chat", "--by", "Jane Roe", "--reason", " "],
            &["dismiss", "acme-chat", "--by", "Jane Roe", "--reason", "Both are named.", "--write"],
            &["dismiss", "acme-chat", "--by", "Jane Roe", "--reason", "Both are named."],
        ]
    ));
}

#[test]
fn an_answer_is_corrected_with_who_and_why() {
    let scratch = Scratch::new();
    let by = ["--by", "Jane Roe", "--reason", "The page says Type I."];
    let correct = |more: &[&'static str]| [&["correct", "acme-chat/soc2_type2"], more, &by].concat();
    let commands = [
        correct(&[
            "--set",
            "status=partial",
            "--set",
            "headline=Type I only so far",
            "--set",
            "facts.report_type=type_1",
            "--set",
            "confidence=medium",
            "--set",
            "confidence_reasons=scope_unverified, inferred",
            "--unset",
            "default",
            "--read",
            "https://acme.example/soc2",
        ]),
        correct(&["--set", "statu=partial"]),
        correct(&["--set", "status=partal"]),
        correct(&["--set", "status"]),
        correct(&["--set", "verified_on=yesterday"]),
        correct(&["--set", "facts.report_typ=type_1"]),
        correct(&["--set", "confidence_reasons=inferred"]),
        correct(&["--set", "confidence=high"]),
        correct(&["--unset", "status"]),
        correct(&["--unset", "headlin"]),
        correct(&["--set", "status=yes_public"]),
        [&["correct", "acme-chat", "--set", "status=partial"][..], &by].concat(),
    ];
    let commands: Vec<&[&str]> = commands.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!(transcript(&scratch, &commands));
}

#[test]
fn a_page_is_cited() {
    let scratch = Scratch::new();
    insta::assert_snapshot!(transcript(
        &scratch,
        &[
            &["cite", "acme-chat/soc2_type2", "https://acme.example/trust", "--title", "Trust page"],
            &["cite", "acme-chat/soc2_type2", "https://acme.example/soc2", "--quote", "A Type II report."],
            &["cite", "acme-chat", "https://acme.example/soc2", "--quote", "A Type II report."],
            &["cite", "acme-chat/soc2_type2", "https://acme.example/soc2", "--quote", " "],
            &["cite", "acme-chat/soc2_type2", "acme.example"],
        ]
    ));
}

#[test]
fn a_finding_is_accepted() {
    let scratch = Scratch::new();
    scratch.replace("registry.toml", "corrections = ", "# Of the registry.\ncorrections = ");
    let owner = ["--owner", "Jane Roe", "--reason", "The portal is down."];
    let accept = |more: &[&'static str]| [&["accept"], more, &owner].concat();
    let late = |mut command: Vec<&'static str>| {
        command.extend(["--today", "2027-01-15"]);
        command
    };
    let commands = [
        late(accept(&["cell/stale"])),
        late(accept(&["cell/stale", "acme-chat/soc2_type2", "--until", "2027-03-01"])),
        late(accept(&["stale", "acme-chat/soc2_type2", "--write"])),
        late(accept(&["stale", "acme-chat/soc2_type2"])),
        accept(&["cell/stal"]),
        accept(&["cell/stale", "--until", "2026-01-01"]),
    ];
    let commands: Vec<&[&str]> = commands.iter().map(Vec::as_slice).collect();
    insta::assert_snapshot!(transcript(&scratch, &commands));
}
