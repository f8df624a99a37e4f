//! Rules on texts: that every text is looked at, told at its exact place, and trimmed without a scratch.

use crate::support::{self, Scratch};
use lint::{DomainOwners, EntityContext, EntityNames, Environment, Linter, Selection};
use model::{Document, SharedRecords};
use store::{Editor, Store, WorkTree};

/// Text findings as `entity dimension field: the text they point at`.
fn found(scratch: &Scratch, rule: &str) -> Vec<String> {
    let run = scratch.run(&["lint", "--format", "json", "--select", rule]);
    let shown = |finding: &serde_json::Value| {
        let (subject, file) = (&finding["subject"], finding["file"].as_str().unwrap());
        let place = |end: &str| finding[end]["byte"].as_u64().unwrap() as usize;
        let text = scratch.read(file.strip_prefix("data/").unwrap());
        let part = &text[place("start")..place("end")];
        let name = |key: &str| subject[key].as_str().unwrap_or("-").to_owned();
        format!("{} {} {}: {part}", name("entity"), name("dimension"), name("field"))
    };
    run.json()["findings"].as_array().unwrap().iter().map(shown).collect()
}

#[test]
fn every_text_is_looked_at() {
    let scratch = Scratch::new();
    scratch.write(
        "offerings/acme-chat.toml",
        r#"id = "acme-chat"
name = "Acme\u202e"
developer = "acme"
platform = "acme-cloud"
category = "first_party"
model_family = "\u202e"
summary = "\u202e"

[[allow]]
rule = "\u202e"
reason = "\u202e"
owner = "\u202e"

[cells.soc2_type2]
status = "partial"
headline = "\u202e"
note = "\u202e"
geography_note = "\u202e"
override_reason = "\u202e"

[cells.soc2_type2.facts]
auditor = "\u202e"
scope = ["one", "\u202e"]

[[cells.soc2_type2.exceptions]]
models = ["\u202e"]
status = "no"
note = "\u202e"

[[cells.soc2_type2.evidence]]
url = "https://a.example/\u202e"
title = "\u202e"
quote = "\u202e"
archived_url = "https://a.example/\u202e"

[[cells.soc2_type2.reviews]]
on = 2026-06-01
by = "\u202e"
verdict = "confirmed"
reason = "\u202e"

[[cells.soc2_type2.flags]]
id = "a"
raised_on = 2026-06-01
what = "\u202e"
"#,
    );
    scratch.write("organizations/acme.toml", "id = \"acme\"\nname = \"\\u202e\"\ndomains = [\"\\u202e\"]\n");
    scratch.write(
        "registry.toml",
        r#"name = "\u202e"
licence = "\u202e"
disclaimer = "\u202e"
corrections = "\u202e"
site_url = "https://a.example/\u202e"

[[retired]]
entity = "\u202e"
on = 2026-06-01
reason = "\u202e"
"#,
    );
    scratch.write(
        "dimensions.toml",
        r#"[[dimensions]]
id = "soc2_type2"
label = "\u202e"
question = "\u202e"
slug = "soc"
group = "\u202e"
level = "platform"
order = 1
guidance = "\u202e"

[[dimensions.facts]]
key = "kind"
type = "text"
one_of = ["\u202e"]
unit = "\u202e"
meaning = "\u202e"
contradicts = [{ level = "error", value = "\u202e" }]
"#,
    );
    insta::assert_snapshot!(found(&scratch, "text/bidirectional").join("\n"));
}

#[test]
fn the_offending_part_is_shown() {
    let scratch = Scratch::new();
    let text = "corrections = \"Open an issue in this repository.\"";
    scratch.replace("registry.toml", text, "corrections = \"Write to jane@acme.example. TODO\\tx\"");
    assert_eq!(found(&scratch, "text/email-address"), Vec::<String>::new());
    assert_eq!(found(&scratch, "text/placeholder"), ["registry - corrections: TODO"]);
    assert_eq!(found(&scratch, "text/control-character"), ["registry - corrections: \\t"]);
    let name = "name = \"Acme Chat\"";
    scratch.replace("offerings/acme-chat.toml", name, "name = \"Acme, x@y.example, https://z.example.\"");
    assert_eq!(found(&scratch, "text/email-address"), ["offering:acme-chat - name: x@y.example"]);
    assert_eq!(found(&scratch, "text/bare-url"), ["offering:acme-chat - name: https://z.example"]);
}

#[test]
fn trimming_changes_only_the_blanks() {
    for (before, after) in [
        (r#"summary = "  one two	" # why"#, r#"summary = "one two" # why"#),
        (r#"summary = " \"one\" \u00a0""#, r#"summary = "\"one\"""#),
        (r"summary = 'a\b '", r"summary = 'a\b'"),
        ("summary = \"\"\"\none\n\ntwo\n\"\"\"", "summary = \"\"\"\none\n\ntwo\"\"\""),
        ("summary = \"\"\"\r\none\r\ntwo\r\n\r\n\"\"\"", "summary = \"\"\"\r\none\r\ntwo\"\"\""),
        ("summary = \"\"\"\none \\\n   two \\\n  \"\"\"", "summary = \"\"\"\none \\\n   two\\\n  \"\"\""),
        ("summary = '''\n\n  one'''", "summary = '''\none'''"),
        ("former_ids = [\"a\"]\nname = \" x\"", "former_ids = [\"a\"]\nname = \"x\""),
    ] {
        assert_eq!(trimmed(before), after, "{before}");
    }
}

/// The text of an offering after the safe fixes of `text/untrimmed`.
fn trimmed(text: &str) -> String {
    let scratch = Scratch::new();
    scratch.write("offerings/acme-chat.toml", text);
    let tree = WorkTree::new(scratch.path().join("data")).unwrap();
    let (registry, _) = Store::open(&tree).unwrap().registry().unwrap();
    let (dimensions, organizations, platforms) = Default::default();
    let shared = SharedRecords {
        dimensions: &dimensions,
        organizations: &organizations,
        platforms: &platforms,
        misnamed: None,
    };
    let owners = DomainOwners::new(shared.organizations);
    let env = Environment {
        shared,
        owners: &owners,
        names: &EntityNames::default(),
        today: support::TODAY.parse().unwrap(),
    };
    let linter = Linter::new(Selection::new(&["text/untrimmed".to_owned()], &[]).unwrap());
    let offering = EntityContext::offering("acme-chat", &registry.offerings["acme-chat"], env);
    let fixes = linter.entity(&offering).into_iter().filter_map(|finding| finding.fix);
    let edits: Vec<_> = fixes.flat_map(|fix| fix.edits).collect();
    Editor::new(Document::Offering, &dimensions).apply(text, &edits).unwrap()
}

/// Two pairs of notes that a weak hash took for equal.
const LOOKALIKES: [[&str; 2]; 2] = [
    ["Acme keeps prompts for 30 days. BexHIlXdimdQxDQb", "Acme never keeps a prompt at allXIRcraJVmVGjPH1p"],
    [
        "Acme deletes each prompt after one day. ImT4IB6Q0xhjdoMc",
        "Customers may not delete what they sent.eTrVNUWeu6KzNIwf",
    ],
];

#[test]
fn notes_are_repeated_only_word_for_word() {
    let rules = "registry/duplicate-note,registry/repeated-on-platform";
    for [one, other] in LOOKALIKES {
        let written = |note: &str| {
            let scratch = Scratch::new();
            let chat = "Acme keeps prompts for 30 days and waives that on request.";
            scratch.replace("offerings/acme-chat.toml", chat, one);
            scratch.replace("platforms/acme-cloud.toml", "Acme lets every customer choose a region.", note);
            found(&scratch, rules)
        };
        assert_eq!(written(other), [""; 0]);
        let wrapped = one.replacen(' ', r"\n", 1);
        let repeated = format!("offering:acme-chat retention_zdr note: \"{one}\"");
        assert_eq!(written(&wrapped), [repeated]);
    }
}
