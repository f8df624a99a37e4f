//! Formatting: any layout of a document comes back to the one canonical form, and nothing is lost.

use std::fs;

use crate::support::relaid::{Style, relaid, tree};
use crate::support::{Scratch, repository, run_in};
use model::{Dimensions, Document, Value};
use proptest::prelude::*;
use store::{Source, Store, WorkTree, canonical, document_of, format};

const FILE: &str = "offerings/acme-chat.toml";

/// The data files of a folder: the kind of each, and its text.
fn files(folder: &str) -> (Dimensions, Vec<(Document, String)>) {
    let tree = WorkTree::new(repository().join(folder)).unwrap();
    let dimensions = Store::open(&tree).unwrap().shared().unwrap().dimensions;
    let text = |path: &String| fs::read_to_string(tree.root().join(path)).unwrap();
    let files = tree.list().unwrap();
    (dimensions, files.iter().map(|path| (document_of(path).unwrap(), text(path))).collect())
}

/// The texts of all comments of a text, sorted.
fn comments(text: &str) -> Vec<String> {
    let tokens = toml_parser::Source::new(text).lex();
    let comments = tokens.filter(|token| token.kind() == toml_parser::lexer::TokenKind::Comment);
    let mut all: Vec<_> =
        comments.map(|token| text[token.span().start()..token.span().end()].trim_end().to_owned()).collect();
    all.sort();
    all
}

#[test]
fn data_files_are_formatted() {
    for folder in ["data", "tests/fixtures/base"] {
        let run = run_in(repository(), &["--data", folder, "fmt", "--check"]);
        assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_layout_comes_back_to_the_canonical_form(seed: u64, carriage_returns: bool, mark: bool) {
        let (dimensions, files) = files("tests/fixtures/base");
        for (document, text) in files {
            let (first, body) = text.split_once('\n').unwrap();
            let style = Style { comments: false, carriage_returns: false, mark: false };
            let mut changed = format!("{first}\n\n{}", relaid(&tree(body), seed, style));
            let mut expected = text.clone();
            if carriage_returns {
                changed = changed.replace('\n', "\r\n");
                expected = expected.replace('\n', "\r\n");
            }
            if mark {
                changed.insert(0, '\u{feff}');
            }
            let formatted = format(document, &dimensions, &changed);
            prop_assert_eq!(formatted.as_ref(), Ok(&expected), "{}", changed);
        }
    }

    #[test]
    fn comments_and_values_are_kept_and_twice_is_once(seed: u64, carriage_returns: bool, mark: bool) {
        let (dimensions, files) = files("tests/fixtures/base");
        for (document, text) in files {
            let changed = relaid(&tree(&text), seed, Style { comments: true, carriage_returns, mark });
            let formatted = format(document, &dimensions, &changed).unwrap();
            prop_assert_eq!(comments(&formatted), comments(&changed));
            prop_assert_eq!(json(&formatted), json(&changed));
            let again = format(document, &dimensions, &formatted);
            prop_assert_eq!(again.as_ref(), Ok(&formatted), "{}", changed);
        }
    }

    #[test]
    fn new_files_are_canonical(headline in text(), note in text(), fact in text(), items in prop::collection::vec(text(), 0..5)) {
        let table = |fields: &[(&str, Value)]| {
            Value::Table(fields.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
        };
        let texts = |text: &String| Value::Text(text.clone());
        let evidence = table(&[
            ("url", "https://a.example".into()),
            ("title", texts(&headline)),
            ("fetch", table(&[("outcome", "ok".into()), ("on", Value::Date("2026-01-01".parse().unwrap()))])),
        ]);
        let facts = table(&[
            ("a", Value::Decimal("1.10".parse().unwrap())),
            ("b", texts(&fact)),
            ("c", Value::texts(&items)),
        ]);
        let cell = table(&[
            ("status", "no".into()),
            ("headline", texts(&headline)),
            ("note", texts(&note)),
            ("facts", facts),
            ("evidence", Value::List(vec![evidence.clone(), evidence])),
        ]);
        let cells = table(&[("soc2_type2", cell.clone()), ("retention_zdr", cell)]);
        let fields = [("id", "a".into()), ("summary", texts(&note)), ("cells", cells)];
        let fields = fields.map(|(key, value)| (key.to_owned(), value));
        let file = canonical::file(Document::Offering, &fields);
        let (dimensions, _) = files("data");
        let formatted = format(Document::Offering, &dimensions, &file);
        prop_assert_eq!(formatted.as_ref(), Ok(&file));
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,40}", "[\\x20-\\x7e\\n\\t\"'\\\\#\\[\\]]{1,60}", "(\\PC| |\n){1,200}"]
}

fn json(text: &str) -> serde_json::Value {
    // The order of keys in a JSON object counts as nothing.
    store::to_json(text).unwrap()
}

#[test]
fn files_are_formatted_checked_and_shown() {
    let scratch = Scratch::new();
    let canonical = scratch.read(FILE);
    scratch.replace(FILE, "name = \"Acme Chat\"\n", "");
    scratch.replace(FILE, "summary =", "name = \"Acme Chat\" # so be it\nsummary =");
    let changed = scratch.read(FILE);
    let check = scratch.run(&["fmt", "--check"]);
    assert_eq!(
        (check.status, check.stdout.as_str()),
        (1, "data/offerings/acme-chat.toml\n1 of 10 files to format\n")
    );
    assert_eq!(scratch.run(&["fmt", "--check", "data/platforms"]).status, 0);
    let diff = scratch.run(&["fmt", "--diff"]);
    assert_eq!(diff.status, 0);
    insta::assert_snapshot!(diff.stdout);
    assert_eq!(scratch.run(&["fmt", "--check", "--diff"]).status, 1);
    assert_eq!(scratch.read(FILE), changed);
    assert_eq!(
        scratch.run(&["ci"]).stdout.matches("FAIL data files are formatted (cargo xtask fmt)").count(),
        1
    );
    let run = scratch.run(&["fmt"]);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "data/offerings/acme-chat.toml\n1 of 10 files formatted\n")
    );
    assert_eq!(scratch.read(FILE), canonical.replace("\"Acme Chat\"", "\"Acme Chat\" # so be it"));
}

#[test]
fn files_that_cannot_be_read_are_told_and_the_others_formatted() {
    let scratch = Scratch::new();
    scratch.write("offerings/broken.toml", "id = \"broken\nname = 1\n");
    scratch.write("offerings/bytes.toml", b"id = \"\xff\"\n");
    scratch.replace(FILE, "id = \"acme-chat\"\n", "id='acme-chat'\n");
    let run = scratch.run(&["fmt"]);
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(format!("{}{}", run.stdout, run.stderr));
    assert_eq!(scratch.read("offerings/broken.toml"), "id = \"broken\nname = 1\n");
    assert!(scratch.read(FILE).contains("\nid = 'acme-chat'\nname"), "{}", scratch.read(FILE));
    scratch.write("dimensions.toml", "[[dimensions]");
    let run = scratch.run(&["fmt", "--check", "data/offerings"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("dimensions.toml, which orders its cells, cannot be read"), "{}", run.stderr);
}

#[test]
fn files_that_only_look_like_data_files_are_named() {
    let scratch = Scratch::new();
    scratch.write("offerings/X.TOML", "id  = 1");
    for arguments in [&["fmt"][..], &["fmt", "data/offerings/X.TOML"]] {
        let run = scratch.run(arguments);
        let note =
            "note: data/offerings/X.TOML is not a data file and was skipped: cargo xtask lint shows why\n";
        assert_eq!((run.status, run.stderr.as_str()), (0, note));
    }
    assert_eq!(scratch.run(&["fmt", "data/platforms"]).stderr, "");
    assert_eq!(scratch.read("offerings/X.TOML"), "id  = 1");
}

#[test]
fn what_import_writes_is_formatted() {
    let scratch = Scratch::new();
    let table = scratch.path().join("cells.csv");
    let long = "A sentence of some length, for a line that must be broken somewhere. ".repeat(3);
    let text = format!(
        "owner,dimension,status,confidence,confidence_reasons,headline,note,facts,parts,geography,source_url,source_2_url,source_2_title,source_2_fetch_outcome,override_reason\n\
         offering:acme-chat,soc2_type2,partial,medium,inferred,,\"{long}\",\"aaa=1; zzz=[\"\"{long}\"\", \"\"b\"\"]; report_type=type_1\",,,https://acme.example/a,https://acme.example/soc2,Two,ok,Other\n\
         offering:acme-chat,retention_zdr,partial,high,,Short,,,zdr_available=unverified,\"EU,US\",,,,,\n\
         offering:acme-chat,data_residency,partial,medium,inferred,Short,,a=1,,EU,https://acme.example/a,,,,Other\n\
         offering:initech-host,soc2_type2,partial,medium,inferred,Short,,a=1,,,https://initech.example/a,,,,Other\n"
    );
    fs::write(&table, text).unwrap();
    let run = scratch.run(&["import", table.to_str().unwrap(), "--write"]);
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    let diff = scratch.run(&["fmt", "--diff"]);
    assert_eq!(diff.stdout, "");
}
