//! The reader and the JSON Schema accept the same documents, and every fault of structure is reported
//! once, at its place.

use std::fs;

use crate::support::{Scratch, repository};
use model::Document;
use model::limits::{
    MAX_CELLS, MAX_DIMENSIONS, MAX_EVIDENCE, MAX_FACTS, MAX_FINDINGS, MAX_ID_CHARACTERS, MAX_ITEMS,
    MAX_RETIRED, MAX_TEXT_CHARACTERS, MAX_URL_CHARACTERS, MAX_VISITS, MAX_WORDS,
};
use proptest::prelude::*;
use store::verdicts;

/// A document of every kind that uses every key.
const FULL: &[(Document, &str)] = &[
    (Document::Registry, include_str!("fixtures/full/registry.toml")),
    (Document::Dimensions, include_str!("fixtures/full/dimensions.toml")),
    (
        Document::Organization,
        concat!(
            include_str!("fixtures/full/organization.toml"),
            "\n",
            include_str!("fixtures/full/cell.toml")
        ),
    ),
    (
        Document::Platform,
        concat!(include_str!("fixtures/full/platform.toml"), "\n", include_str!("fixtures/full/cell.toml")),
    ),
    (Document::Visits, include_str!("fixtures/full/visits.toml")),
    (Document::Profile, include_str!("fixtures/full/import-profile.toml")),
    (
        Document::Offering,
        concat!(include_str!("fixtures/full/offering.toml"), "\n", include_str!("fixtures/full/cell.toml")),
    ),
];

/// Values that are near misses somewhere.
const VALUES: &[&str] = &[
    "true",
    "0",
    "-7",
    "30.0",
    "30.5",
    "0x1F",
    "1_000",
    "1e400",
    "inf",
    "nan",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999",
    "2026-02-28",
    "2026-07-05T10:00:00",
    "2026-07-05T10:00:00Z",
    "10:00:00",
    "\"2026-07-05\"",
    "\"2026-02-30\"",
    "\"2026-7-5\"",
    "\"2026-07-05T10:00:00Z\"",
    "\"\"",
    "\" \"",
    "\"yes_public\"",
    "\"Yes_public\"",
    "\"high\"",
    "\"EU\"",
    "\"UK\"",
    "\"eu\"",
    "\"https://a.example/\"",
    "\"http://a.example\"",
    "\"HTTPS://A\"",
    "\"https://\"",
    "\"https:///x\"",
    "\"ftp://a b\"",
    "\"https://é.example/ü\"",
    "\"https://a\\u0000\"",
    "\"https://a\\u007f\"",
    "\"https://a|b\"",
    "\"https://a@b.example/@\"",
    "\"https://a.example/?\"",
    "\"https://a.example#b\"",
    "\"javascript:alert(1)\"",
    "\"a-b\"",
    "\"a--b\"",
    "\"a_b\"",
    "\"A\"",
    "\"a\\n\"",
    "\"ok\"",
    "\"yes\"",
    "\"text\"",
    "\"platform\"",
    "\"rename\"",
    "\"present\"",
    "\"error\"",
    "[]",
    "[\"a\"]",
    "[1]",
    "[\"a\", 1]",
    "[[\"a\"]]",
    "[\"EU\", \"GB\"]",
    "[\"high\"]",
    "[2026-01-01]",
    "{}",
    "{ a = 1 }",
    "[{}]",
    "[{ a = 1 }]",
];

#[test]
fn full_documents_are_taken_and_use_every_key() {
    for (document, text) in FULL {
        assert_eq!(verdicts(*document, text), Some((true, true)), "{document:?}");
        let schema = model::schema(*document);
        let tables = schema["$defs"].as_object().into_iter().flatten().map(|(_, table)| table);
        for table in tables.chain([&schema]) {
            for key in table["properties"].as_object().into_iter().flatten().map(|(key, _)| key) {
                let written = text.contains(&format!("{key} = "))
                    || text.contains(&format!("{key}]"))
                    || text.contains(&format!("[{key}."));
                assert!(written, "the full {document:?} lacks {key}");
            }
        }
    }
}

/// The lines `key = value` of a text: the number of the line and the key.
fn entries(text: &str) -> Vec<(usize, &str)> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines.filter_map(|(at, line)| Some((at, line.split_once(" = ")?.0))).collect()
}

fn with_line(text: &str, at: usize, line: Option<String>) -> String {
    let lines = text.lines().enumerate();
    let lines = lines.filter_map(|(nth, old)| if nth == at { line.clone() } else { Some(old.to_owned()) });
    lines.map(|line| line + "\n").collect()
}

#[test]
fn reader_and_schema_agree_on_every_near_miss() {
    let mut seen = [0, 0];
    for (document, text) in FULL {
        let mut check = |changed: String| {
            if let Some((reader, schema)) = verdicts(*document, &changed) {
                assert_eq!(reader, schema, "reader {reader}, schema {schema}:\n{changed}");
                seen[usize::from(reader)] += 1;
            }
        };
        for (at, key) in entries(text) {
            check(with_line(text, at, None));
            check(with_line(text, at, Some(format!("{key}x = 1"))));
            for value in VALUES {
                check(with_line(text, at, Some(format!("{key} = {value}"))));
            }
        }
        for (at, header) in text.lines().enumerate().filter(|(_, line)| line.starts_with('[')) {
            check(with_line(text, at, None));
            check(with_line(text, at, Some(header.replace(']', "x]").replace("x]x]", "x]]"))));
            check(with_line(text, at, Some(header.replace("soc2_type2", "SOC2"))));
            check(with_line(text, at, Some(header.replace("[[", "[").replace("]]", "]"))));
        }
    }
    assert!(seen[0] > 1000 && seen[1] > 500, "refused and taken: {seen:?}");
}

/// A value that is just within a limit, and one just beyond it.
fn at_limit(value: impl Fn(usize) -> String, limit: usize) -> [(String, bool); 2] {
    [(value(limit), true), (value(limit + 1), false)]
}

#[test]
fn reader_and_schema_agree_at_every_limit() {
    let full = |wanted: Document| FULL.iter().find(|(document, _)| *document == wanted).unwrap().1;
    let list = |count: usize, item: &str| format!("[{}]", vec![item; count].join(", "));
    let quoted = |count: usize, c: &str| format!("\"{}\"", c.repeat(count));
    let keys =
        |count: usize, value: &str| (0..count).map(|at| format!("a{at} = {value}\n")).collect::<String>();
    let offering = |rest: String| {
        format!("{}\n{rest}", "id = \"a\"\nname = \"A\"\nplatform = \"p\"\ncategory = \"aggregator\"")
    };
    let cell = |rest: String| offering(format!("[cells.soc2_type2]\nstatus = \"no\"\n{rest}"));
    let mut checked = 0;
    let mut check = |document: Document, text: String, is_taken: bool| {
        let told = verdicts(document, &text);
        assert_eq!(
            told,
            Some((is_taken, is_taken)),
            "{document:?}: {}",
            text.chars().take(300).collect::<String>()
        );
        checked += 1;
    };
    for (value, is_taken) in at_limit(|count| quoted(count, "é"), MAX_TEXT_CHARACTERS) {
        check(Document::Offering, cell(format!("note = {value}")), is_taken);
        check(Document::Offering, cell(format!("facts = {{ a = {value} }}")), is_taken);
        check(Document::Offering, cell(format!("facts = {{ a = [{value}] }}")), is_taken);
        check(Document::Profile, format!("skip = [{value}]"), is_taken);
    }
    for (value, is_taken) in at_limit(|count| "a".repeat(count), MAX_ID_CHARACTERS) {
        check(Document::Offering, offering(format!("developer = \"{value}\"")), is_taken);
        check(Document::Offering, offering(format!("[cells.{value}]\nstatus = \"no\"")), is_taken);
        check(Document::Offering, cell(format!("parts = {{ {value} = \"yes\" }}")), is_taken);
    }
    for (count, is_taken) in [(MAX_URL_CHARACTERS, true), (MAX_URL_CHARACTERS + 1, false)] {
        let url = format!("https://a.example/{}", "x".repeat(count - "https://a.example/".len()));
        check(Document::Offering, cell(format!("evidence = [{{ url = \"{url}\" }}]")), is_taken);
    }
    for (host, is_taken) in at_limit(|count| "é".repeat(count), 259) {
        check(
            Document::Organization,
            format!("id = \"a\"\nname = \"A\"\nhomepage = \"https://{host}?x\""),
            is_taken,
        );
    }
    for (value, is_taken) in at_limit(|count| list(count, "{ url = \"https://a.example\" }"), MAX_EVIDENCE) {
        check(Document::Offering, cell(format!("evidence = {value}")), is_taken);
    }
    for (value, is_taken) in at_limit(|count| list(count, "\"a\""), MAX_ITEMS) {
        check(Document::Offering, offering(format!("former_ids = {value}")), is_taken);
        check(Document::Offering, cell(format!("facts = {{ a = {value} }}")), is_taken);
        check(Document::Profile, format!("[columns]\na = {value}"), is_taken);
    }
    for (value, is_taken) in at_limit(|count| keys(count, "1"), MAX_FACTS) {
        check(Document::Offering, cell(format!("[cells.soc2_type2.facts]\n{value}")), is_taken);
    }
    for (value, is_taken) in at_limit(|count| keys(count, "{ status = \"no\" }"), MAX_CELLS) {
        check(Document::Offering, offering(format!("[cells]\n{value}")), is_taken);
    }
    for (value, is_taken) in at_limit(|count| keys(count, "\"x\""), MAX_WORDS) {
        check(Document::Profile, format!("[columns]\n{value}"), is_taken);
    }
    let retired = "{ entity = \"offering:a\", on = 2026-01-01, reason = \"x\" }";
    for (value, is_taken) in at_limit(|count| list(count, retired), MAX_RETIRED) {
        check(Document::Registry, format!("name = \"R\"\nretired = {value}"), is_taken);
    }
    let visit = "{ url = \"https://a.example\", on = 2026-01-01, outcome = \"ok\", via = \"direct\" }";
    for (value, is_taken) in at_limit(|count| list(count, visit), MAX_VISITS) {
        check(Document::Visits, format!("visits = {value}"), is_taken);
    }
    let (_, dimension) = full(Document::Dimensions).split_once("[[dimensions]]").unwrap();
    let dimension = dimension.split("[[").next().unwrap();
    for (value, is_taken) in
        at_limit(|count| format!("[[dimensions]]{dimension}").repeat(count), MAX_DIMENSIONS)
    {
        check(Document::Dimensions, value, is_taken);
    }
    assert!(checked > 30);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn reader_and_schema_agree_on_combined_changes(
        kind in 0..FULL.len(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..VALUES.len()), 1..6),
        text in "\\PC{0,12}",
    ) {
        let (document, full) = FULL[kind];
        let mut changed = full.to_owned();
        for (which, value) in changes {
            let entries = entries(&changed);
            let (at, key) = entries[which.index(entries.len())];
            let value = if value == 0 { format!("'{}'", text.replace('\'', "")) } else { VALUES[value].to_owned() };
            let line = format!("{key} = {value}");
            changed = with_line(&changed, at, Some(line));
        }
        if let Some((reader, schema)) = verdicts(document, &changed) {
            prop_assert_eq!(reader, schema, "{}", changed);
        }
    }
}

#[test]
fn committed_schemas_are_those_of_the_model() {
    for document in Document::ALL {
        let path = repository().join(format!("schema/{}.schema.json", document.name()));
        let committed: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(committed, model::schema(document), "run `cargo xtask export json-schema`");
    }
}

#[test]
fn editors_take_every_data_file_and_see_faults() {
    let (source, mut files) = (repository().join("data"), 0);
    let tree = store::WorkTree::new(&source).unwrap();
    let json = |text: &str| store::to_json(text).unwrap();
    for document in Document::ALL {
        let schema =
            fs::read_to_string(repository().join(format!("schema/editor/{}.schema.json", document.name())))
                .unwrap();
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        let editor = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        for path in store::Source::list(&tree).unwrap() {
            if store::document_of(&path) == Some(document) {
                let text = fs::read_to_string(source.join(&path)).unwrap();
                assert!(editor.is_valid(&json(&text)), "{path}");
                files += 1;
            }
        }
        let (_, full) = FULL.iter().find(|(kind, _)| *kind == document).unwrap();
        assert!(editor.is_valid(&json(full)), "{document:?}");
        for (at, key) in entries(full) {
            let faulty = with_line(full, at, Some(format!("{key}x = 1")));
            if let Some((false, _)) = verdicts(document, &faulty) {
                assert!(!editor.is_valid(&json(&faulty)), "{document:?} with {key}x");
            }
        }
    }
    assert!(files > 80, "{files} data files");
}

#[test]
fn what_is_beyond_a_limit_is_told_with_its_count() {
    let scratch = Scratch::new();
    let file = "offerings/acme-chat.toml";
    let items = |count: usize, item: &str| vec![item; count].join(", ");
    scratch.replace(
        file,
        "model_family = \"Acme\"",
        &format!("former_ids = [{}]", items(MAX_ITEMS + 1, "1")),
    );
    scratch.replace(
        file,
        "name = \"Acme Chat\"",
        &format!("name = \"{}\"", "x".repeat(MAX_TEXT_CHARACTERS + 1)),
    );
    scratch.replace(
        file,
        "url = \"https://acme.example/soc2\"",
        &format!("url = \"https://{}/\"", "a.".repeat(130)),
    );
    scratch.replace(
        "organizations/acme.toml",
        "id = \"acme\"",
        &format!("id = \"{}\"", "a".repeat(MAX_ID_CHARACTERS + 1)),
    );
    let keys: Vec<_> = (0..=MAX_FACTS).map(|at| format!("a{at} = 1")).collect();
    scratch.replace("platforms/acme-cloud.toml", "operator = \"acme\"", &format!("operator = \"acme\"\ncells.soc2_type2.status = \"no\"\ncells.soc2_type2.facts = {{ {} }}\ncells.{}.status = 1", keys.join(", "), "b".repeat(MAX_ID_CHARACTERS + 1)));
    let run = scratch.run(&["lint", "--format", "concise", "--select", "schema/*"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn of_very_many_faults_the_first_are_told() {
    let scratch = Scratch::new();
    let keys: String = (0..3 * MAX_FINDINGS).map(|at| format!("k{at} = 1\n")).collect();
    let text = "id = \"acme-cloud\"\nname = \"Acme Cloud\"\noperator = \"acme\"\n";
    scratch.write("platforms/acme-cloud.toml", text.to_owned() + &keys);
    let run = scratch.run(&["lint", "--format", "json", "--select", "schema/*"]);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), MAX_FINDINGS);
    assert!(findings.iter().any(|one| one["help"].as_str().unwrap().ends_with("after you correct these")));
}

#[test]
fn each_fault_of_structure_is_told_once_at_its_place() {
    let scratch = Scratch::new();
    let file = "offerings/acme-chat.toml";
    scratch.replace(file, "category = \"first_party\"", "category = \"first-party\"");
    scratch.replace(file, "model_family = \"Acme\"", "model_famly = \"Acme\"");
    scratch.replace(file, "[cells.retention_zdr]\nstatus = \"yes_sales_gated\"", "[cells.retention_zdr]");
    scratch.replace(file, "retention_days = 30", "retention_days = [30]");
    scratch.replace(file, "url = \"https://acme.example/soc2\"", "url = \"acme.example/soc2\"");
    scratch.replace("organizations/acme.toml", "domains = [", "domains = \"acme.example\" # [");
    scratch.replace("platforms/acme-cloud.toml", "operator = \"acme\"", "operator = \"Acme\"");
    scratch.write("offerings/broken.toml", "id = \"broken\"\nname = \"Broken\n");
    let run = scratch.run(&["lint", "--format", "concise", "--select", "schema/*"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.stdout);
}
