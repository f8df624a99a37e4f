use std::path::Path;

use model::Date;
use proptest::prelude::*;
use store::{Store, WorkTree};

use super::bounds::{MAX_BYTES, MAX_NESTING};
use super::*;

/// The example registry of the tests.
fn edition() -> Edition {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/base"));
    let (registry, _) = Store::open(&WorkTree::new(folder).unwrap()).unwrap().registry().unwrap();
    Edition::new(registry, Date::new(2026, 7, 15).unwrap())
}

fn ids(expression: &str) -> Vec<String> {
    let edition = edition();
    let matches = matches(expression, &edition).unwrap_or_else(|fault| panic!("{expression}: {fault}"));
    matches.holds.iter().map(|one| one.id.to_owned()).collect()
}

/// The message, and the marked text.
fn fault(expression: &str) -> (String, String) {
    match matches(expression, &edition()) {
        Ok(_) => panic!("{expression} is taken"),
        Err(fault) => (fault.message, expression[fault.place].to_owned()),
    }
}

const ALL: [&str; 3] = ["acme-chat", "globex-on-initech", "initech-host"];

#[test]
fn fields_are_those_of_the_files_and_answers_are_inherited() {
    for (expression, expected) in [
        ("id == 'acme-chat' && category == 'first_party'", &ALL[..1]),
        ("operator == 'initech' && platform == 'initech-cloud'", &ALL[1..]),
        ("developer == null && developer != 'acme'", &ALL[2..]),
        ("cells.soc2_type2.owner == 'platform:initech-cloud'", &ALL[1..]),
        ("cells.gpai_cop.status == 'not_applicable'", &ALL[2..]),
        ("cells['retention_zdr'].facts.retention_days == 30", &ALL),
        ("cells.retention_zdr.parts.zdr_available == 'yes' && developer == 'acme'", &ALL[..1]),
        ("cells.soc2_type2.evidence.exists(one, one.role == 'primary' && one.fetch.outcome == 'ok')", &ALL),
        ("'soc2_type2' in watch_outs && 'data_residency' in settings_to_make", &ALL),
        ("cells.filter(id, cells[id].status == 'no') == []", &ALL),
    ] {
        assert_eq!(ids(expression), expected, "{expression}");
    }
}

#[test]
fn what_is_not_stated_decides_nothing_unless_asked_for() {
    for (expression, holds, undecided) in [
        ("cells.gpai_cop.tier == 'self_serve'", 0, 3),
        ("cells.gpai_cop.tier != 'self_serve'", 0, 3),
        ("!has(cells.gpai_cop.tier)", 3, 0),
        ("cells.gpai_cop.tier == 'self_serve' || name != ''", 3, 0),
        ("cells.hipaa_baa.confidence_reasons == [] && cells.gpai_cop.parts.size() == 0", 3, 0),
        ("developer.startsWith('a')", 1, 1),
    ] {
        let edition = edition();
        let matches = matches(expression, &edition).unwrap();
        assert_eq!((matches.holds.len(), matches.undecided.len()), (holds, undecided), "{expression}");
    }
}

#[test]
fn names_and_values_that_are_not_there_are_told_at_their_place() {
    let told = |expression: &str| {
        let (message, marked) = fault(expression);
        format!("{expression}\n  {marked:?}: {message}\n")
    };
    let expressions = [
        "cells.soc2_type2.statsu == 'no'",
        "cells.soc2_typ2.status == 'no'",
        "cells.soc2_type2.status == 'yes-public'",
        "cells.soc2_type2.status == partial",
        "cells.soc2_type2.status in ['no', 'yes']",
        "cells.soc2_type2.confidence == 1",
        "'UK' in cells.data_residency.geography",
        "cells.retention_zdr.facts.retention_day < 30",
        "cells.retention_zdr.parts.zdr == 'yes'",
        "has(cells.soc2_type2.teir)",
        "cells['soc2'].status == 'no'",
        "cells.all(id, cells[id].sttaus == 'no')",
        "cells.exists(id, id == 'gpai')",
        "'hipa_baa' in cells",
        "'retention_day' in cells.retention_zdr.facts",
        "cells.soc2_type2.evidence.role == 'primary'",
        "cells.soc2_type2.evidence.filter(one, one.role == 'primary').exists(one, one.rol == 'x')",
        "cells.soc2_type2.evidence[0].fetch.outcom == 'ok'",
        "cells.soc2_type2.status.foo == 'x'",
        "soc2_type2.status == 'no'",
        "status == 'no'",
        "gpai_cop2 == 'no'",
        "devloper == 'acme'",
        "developer == 'acne'",
        "nothing_like_it",
        "id.startWith('a')",
        "id.frobnicate()",
        "cells.exists(id)",
        "has(id)",
        "id",
        "id + 1 == 2",
        "1 / 0 == 1",
        "id < 1",
        "id == 'a",
        "id = 'a'",
        "id == 'a' and true",
        "(id == 'a'",
        "id == 'a')",
        "id ==",
        "é == 1",
        "'é' == 'é' é",
        " ",
    ];
    insta::assert_snapshot!(expressions.map(told).concat());
}

#[test]
fn the_place_is_marked_in_the_line() {
    let shown = |expression: &str, width| {
        matches(expression, &edition()).err().unwrap().excerpt(expression, width).unwrap_or_default()
    };
    assert_eq!(shown("true &&\n  \u{1b}x.y", 80), "    U+001Bx.y\n    ^^^^^^");
    assert_eq!(shown("'日本' == nmae", 80), "  '日本' == nmae\n            ^^^^");
    assert_eq!(shown("", 80), "");
    let long = format!("{}nmae == '{}'", "name != '' && ".repeat(20), "x".repeat(200));
    let excerpt = shown(&long, 60);
    assert!(excerpt.lines().all(|line| line.chars().count() <= 60), "{excerpt}");
    assert!(
        excerpt.contains("&& nmae == 'xx") && excerpt.lines().last().unwrap().ends_with("   ^^^^"),
        "{excerpt}"
    );
}

#[test]
fn bounds_hold_off_what_would_take_too_much() {
    assert_eq!(fault(&"(".repeat(100_000)).0, "the expression has 100000 bytes; the limit is 4000");
    assert_eq!(fault(&"(".repeat(3_000)).0, "brackets are nested more than 24 deep");
    assert_eq!(
        fault("[1].map(a, [a, a]).map(b, [b, b]).map(c, [c, c]) == []").0,
        "at most 2 loops may be in or after each other"
    );
    let long = format!("[{}1].all(a, a == 1)", "1,".repeat(100));
    assert_eq!(fault(&long).0, "the lists in the expression have 101 items; the limit is 100");
    let growing = format!("[name].map(a, a{0}).map(b, b{0}) == []", "+a".repeat(15));
    assert_eq!(fault(&growing).0, "there are 32 additions; the limit is 20");
    let nested = "cells.all(a, cells.all(b, cells.all(c, true)))";
    assert_eq!(fault(nested).0, "at most 2 loops may be in or after each other");
}

#[test]
fn the_deepest_expressions_within_the_bounds_fit_the_stack() {
    let filled =
        |first: &str, more: &str| format!("{first}{}", more.repeat((MAX_BYTES - first.len()) / more.len()));
    let brackets = |open: &str, inner: String, close: &str| {
        format!("{}{inner}{}", open.repeat(MAX_NESTING), close.repeat(MAX_NESTING))
    };
    let chain = "+1".repeat((MAX_BYTES - 200) / 2);
    for expression in [
        filled("1", "+1"),
        filled("1", "==1"),
        filled("cells", ".a"),
        filled("cells", "[0]"),
        filled("id", ".a()"),
        filled("", "true?1:"),
        filled("", "!"),
        filled("", "-"),
        filled("true", "&&true"),
        filled("true", "||true"),
        brackets("(", format!("1{chain}"), ")"),
        brackets("[", format!("1{chain}"), "]"),
        brackets("{1:", format!("1{chain}"), "}"),
        brackets("size(", format!("1{chain}"), ")"),
        format!("{}1{}", "true?1:".repeat(90), "+1".repeat(1_500)),
    ] {
        // It ends, whether it holds or is refused.
        let _ = matches(&expression, &edition());
    }
}

#[test]
fn the_page_on_finding_names_every_field() {
    let page = include_str!("../../../../docs/finding.md");
    let edition = edition();
    let fields = fields::fields(edition.registry());
    let of = |schema: &serde_json::Value| -> Vec<String> {
        schema["properties"].as_object().unwrap().keys().cloned().collect()
    };
    let parts =
        ["Cell", "Evidence", "Fetch", "Exception", "Review", "Flag"].map(|name| of(&fields["$defs"][name]));
    for name in of(&fields).iter().chain(parts.iter().flatten()) {
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
}

/// Pieces of which expressions are made, rightly and wrongly.
const PIECES: [&str; 44] = [
    "cells",
    ".",
    "soc2_type2",
    "status",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "'",
    "\"",
    "\\",
    "==",
    "!=",
    "<",
    ">=",
    "&&",
    "||",
    "!",
    "-",
    "+",
    "*",
    "/",
    "%",
    "?",
    ":",
    ",",
    "in",
    "has",
    "exists",
    "map",
    "all",
    "id",
    "1",
    "0x",
    "1.5e9",
    "9223372036854775807",
    "null",
    "true",
    "é",
    "\u{202e}",
    "\u{1b}",
    " ",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_expression_panics(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let expression = pieces.concat();
        let edition = edition();
        if let Err(fault) = matches(&expression, &edition) {
            prop_assert!(fault.message != "the expression cannot be evaluated", "{expression:?}");
            prop_assert!(!fault.message.contains(char::is_control), "{expression:?}: {}", fault.message);
            let excerpt = fault.excerpt(&expression, 80).unwrap_or_default();
            prop_assert!(!excerpt.contains(['\u{202e}', '\u{1b}']), "{excerpt:?}");
        }
    }
}
