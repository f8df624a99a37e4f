//! Rules on texts: that every text is looked at, reported at its exact place, and trimmed without a scratch.

use crate::support::{self, Scratch, text_lines};
use lint::{DomainOwners, EntityContext, EntityNames, Environment, Linter, Selection};
use model::{
    Allow, Cell, Contradiction, Dimension, Document, Evidence, Exception, FactSpec, Fetch, Field, Flag,
    Misnamed, Offering, Organization, Platform, Record, RegistryInfo, Retired, Review, Shape, SharedRecords,
    Synonym, TextKind,
};
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

/// A record of a file: its path in the entity or the cell, its fields, and what its table states beside its texts.
type Described = (&'static str, &'static [Field], &'static str);

/// The text of tables that state each text field of some records, and where each is: `ENTITY DIMENSION FIELD`.
fn stated(table: &str, about: &str, records: &[Described]) -> (String, Vec<String>) {
    let (mut text, mut places) = (String::new(), Vec::new());
    for (path, fields, rest) in records {
        let header: Vec<_> = [table, path].into_iter().filter(|part| !part.is_empty()).collect();
        let header = header.join(".").replace("[0]", "");
        if path.ends_with("[0]") || table == "dimensions" && path.is_empty() {
            text += &format!("[[{header}]]\n");
        } else if !header.is_empty() {
            text += &format!("[{header}]\n");
        }
        text += &format!("{rest}\n");
        text += &text_lines(fields, |kind| match kind {
            TextKind::Address => Some(r#""https://a.example/\u202e""#.to_owned()),
            _ => Some(r#""\u202e""#.to_owned()),
        });
        let below = if path.is_empty() { String::new() } else { format!("{path}.") };
        for field in *fields {
            let place = format!("{below}{}", field.key);
            match field.text {
                Some(_) if field.shape == Shape::List => places.push(format!("{about} {place}[0]")),
                Some(_) => places.push(format!("{about} {place}")),
                // Otherwise a new record within a record would be left out.
                None if field.shape == Shape::Record && field.key != "cells" => {
                    let is_stated = |(path, ..): &Described| path.trim_end_matches("[0]") == place;
                    assert!(records.iter().any(is_stated), "{about} {place}");
                }
                None => {}
            }
        }
    }
    (text, places)
}

#[test]
fn every_text_is_looked_at() {
    let scratch = Scratch::new();
    let mut expected = Vec::new();
    let mut write = |file: &str, parts: &[(String, Vec<String>)]| {
        scratch.write(file, parts.iter().map(|(text, _)| text.as_str()).collect::<String>());
        expected.extend(parts.iter().flat_map(|(_, places)| places.clone()));
    };
    let allow: Described = ("allow[0]", Allow::FIELDS, "");
    let offering = "id = 'acme-chat'\ndeveloper = 'acme'\nplatform = 'acme-cloud'\ncategory = 'first_party'";
    let mut cell = stated(
        "cells.soc2_type2",
        "offering:acme-chat soc2_type2",
        &[
            ("", Cell::FIELDS, "status = 'partial'"),
            ("exceptions[0]", Exception::FIELDS, "status = 'no'"),
            ("evidence[0]", Evidence::FIELDS, ""),
            ("evidence[0].fetch", Fetch::FIELDS, "outcome = 'ok'"),
            ("reviews[0]", Review::FIELDS, "on = 2026-06-01\nverdict = 'confirmed'"),
            ("flags[0]", Flag::FIELDS, "id = 'a'\nraised_on = 2026-06-01"),
        ],
    );
    cell.0 += "[cells.soc2_type2.facts]\nauditor = \"\\u202e\"\nscope = ['one', \"\\u202e\"]\n";
    cell.1.extend(["auditor", "scope[1]"].map(|fact| format!("offering:acme-chat soc2_type2 facts.{fact}")));
    let offering = stated("", "offering:acme-chat -", &[("", Offering::FIELDS, offering), allow]);
    write("offerings/acme-chat.toml", &[offering, cell]);
    let platform = ("", Platform::FIELDS, "id = 'acme-cloud'\noperator = 'acme'");
    write("platforms/acme-cloud.toml", &[stated("", "platform:acme-cloud -", &[platform, allow])]);
    let organization = ("", Organization::FIELDS, "id = 'acme'");
    write("organizations/acme.toml", &[stated("", "organization:acme -", &[organization, allow])]);
    let retired = ("retired[0]", Retired::FIELDS, "on = 2026-06-01");
    write("registry.toml", &[stated("", "registry -", &[("", RegistryInfo::FIELDS, ""), allow, retired])]);
    let dimension = stated(
        "dimensions",
        "dimension:soc2_type2 -",
        &[
            ("", Dimension::FIELDS, "id = 'soc2_type2'\nslug = 'soc'\nlevel = 'platform'\norder = 1"),
            ("facts[0]", FactSpec::FIELDS, "key = 'kind'\ntype = 'text'"),
            ("facts[0].synonyms[0]", Synonym::FIELDS, "key = 'sort'"),
            ("facts[0].contradicts[0]", Contradiction::FIELDS, "level = 'error'\nfact = 'other'"),
        ],
    );
    write("dimensions.toml", &[dimension]);
    let mut found = found(&scratch, "text/bidirectional");
    found.sort();
    let mut expected: Vec<_> = expected.iter().map(|place| format!("{place}: \\u202e")).collect();
    expected.sort();
    assert_eq!(found, expected);
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
        misnamed: &Misnamed::default(),
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
