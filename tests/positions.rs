//! Every finding is exactly where the fault is, whatever the form of the file.
//!
//! In the texts below, `«` and `»` mark what a finding must point at; they are taken out before the
//! file is written.

use std::ops::Range;

use crate::support::Scratch;
use crate::support::relaid::{Node, Style, relaid, tree};
use proptest::prelude::*;
use serde_json::Value;

const START: &str = "id = \"x\"\nname = \"Näme 😀\"\nplatform = \"acme-cloud\"\ncategory = \"first_party\"\n";
const CELL: &str = "[cells.soc2_type2]\nstatus = \"partial\"\nconfidence = \"high\"\n";

/// What each rule finds, after the fields that an offering needs.
const CASES: &[(&str, &str)] = &[
    // Values, after a tab, an emoji and a combining mark on the same line.
    ("schema/unknown-value", "cells.soc2_type2 = {\theadline = \"e\u{301} 😀\t\", status = «\"okay\"» }\n"),
    ("schema/unknown-value", "cells.soc2_type2.status = «'okay'»\n"),
    ("schema/unknown-value", "cells . \"soc2\\u005ftype2\" . 'status' = «\"ok\\u0061y 😀\"» # « no »\n"),
    ("schema/unknown-value", "[cells.soc2_type2]\n\tstatus\t=\t«\"\"\"\\\n  ok\\\n  ay 😀\n\"\"\"»"),
    ("schema/unknown-value", "[ cells . soc2_type2 ]\nstatus = «'''\nokay'''» # after\n"),
    (
        "schema/unknown-value",
        "[cells.soc2_type2]\nstatus = \"no\"\nconfidence_reasons = [\n  \"inferred\", # \"okay\"\n\t# 😀\n\t«\"okay\"» ,\n]\n",
    ),
    (
        "schema/unknown-value",
        "[cells.soc2_type2]\nstatus = \"no\"\n[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\n[[cells.soc2_type2.evidence]]\nurl = \"https://b.example\"\nfetch = { on = 2026-01-01, outcome = «\"okay\"» }\n",
    ),
    (
        "schema/unknown-value",
        "[cells.soc2_type2]\nstatus = \"no\"\nevidence = [{ url = \"https://a.example/é\", fetch.outcome = «\"okay\"» },\n {url = \"https://b.example\", fetch={outcome=«\"😀\"»}}]\n",
    ),
    (
        "schema/unknown-value",
        "[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\n[cells.soc2_type2.evidence.fetch]\noutcome = «\"okay\"»",
    ),
    (
        "schema/unknown-value",
        "[cells.soc2_type2]\nstatus = \"no\"\ngeography = [ \"EU\" , «\"UK\"»,«\"😀\"»]\n",
    ),
    ("schema/wrong-type", "model_family = «[ 1,\n  2 ]» # list\n"),
    ("schema/wrong-type", "summary = «1_000»\nmodel_family = «true»"),
    (
        "schema/wrong-type",
        "cells.soc2_type2 = {status = \"no\", verified_on = «2026-01-01T10:00:00Z», evidence = «{ url = \"https://a.example\" }»}\n",
    ),
    ("schema/wrong-type", "[cells.soc2_type2]\nstatus = \"no\"\n«note».words = 1\n"),
    ("schema/wrong-type", "[cells.soc2_type2]\nstatus = \"no\"\n«[cells.soc2_type2.note]»\na = 1\n"),
    (
        "schema/wrong-type",
        "[cells.soc2_type2]\nstatus = \"no\"\nparts = { report = \"yes\" }\n«[[cells.soc2_type2.facts]]»\na = 1\n[[cells.soc2_type2.facts]]\n",
    ),
    ("schema/bad-format", "[cells.soc2_type2]\nstatus = \"no\"\nverified_on = «\"gestern 😀\"»\n"),
    ("schema/bad-format", "[cells.soc2_type2]\nstatus = \"no\"\nverified_on = «\"\"\"\n2026-02-30\"\"\"»\n"),
    (
        "schema/bad-format",
        "[cells.«SOC-2»]\nstatus = \"no\"\n[cells.soc2_type2]\nstatus = \"no\"\nfacts.«\"a b 😀\"» = 1\n",
    ),
    ("schema/bad-format", "[[cells.soc2_type2.evidence]]\nurl = «\"acme.example/\\\"\\\\😀\"»\n"),
    // Keys: bare, quoted, with escapes, dotted, in headers and in braces.
    ("schema/unknown-key", "«model_famly» = \"a\"\n«\"summ\\u0061ri\"» = \"b\"\n«'😀'» = 1\n"),
    ("schema/unknown-key", "«model» . famly = \"a\"\n[«cellz».soc2_type2]\n"),
    (
        "schema/unknown-key",
        "[cells.soc2_type2]\nstatus = \"no\"\n[cells . soc2_type2 . «fact»]\na = 1\n[[cells.soc2_type2.«\"evidenze\"»]]\n[[cells.soc2_type2.\"evidenze\"]]\n",
    ),
    (
        "schema/unknown-key",
        "[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\nfetch = { outcome = \"ok\",\t«'ön'» = 2026-01-01 }\n",
    ),
    // What is missing is shown at the header, brace or name of its table.
    (
        "schema/missing-key",
        "[cells.hipaa_baa]\nstatus = \"no\"\n«[cells.soc2_type2]»\nconfidence = \"high\"\n",
    ),
    ("schema/missing-key", "cells.soc2_type2 = «{ confidence = \"high\" }»\n"),
    ("schema/missing-key", "cells . «soc2_type2» . confidence = \"high\"\ncells.soc2_type2.note = \"n\"\n"),
    (
        "schema/missing-key",
        "[cells.soc2_type2]\nstatus = \"no\"\n[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\n«[[cells.soc2_type2.evidence]]»\ntitle = \"t\"\n",
    ),
    (
        "schema/missing-key",
        "[cells.soc2_type2]\nstatus = \"no\"\nevidence = [\n  { url = \"https://a.example\" },\n\t«{ title = \"😀\" }»,\n]\n",
    ),
    (
        "schema/missing-key",
        "[cells.soc2_type2]\nstatus = \"no\"\n[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\nfetch = «{ }»\n[[cells.soc2_type2.evidence]]\nurl = \"https://a.example\"\n«fetch».on = 2026-01-01\n",
    ),
    ("schema/missing-key", "[cells.«soc2_type2».facts]\na = 1\n"),
    // Parts of texts.
    (
        "evidence/not-https",
        "[[cells.soc2_type2.evidence]]\nurl = \"«http»://acme.example/é\"\narchived_url = '«http»://archive.example/1/http://x'\n",
    ),
    (
        "evidence/tracking-parameters",
        "[cells.soc2_type2]\nstatus = \"no\"\nevidence = [{title = \"😀\", url = \"https://acme.example/\\u00e9?a=1&«utm\\u005fsource=x»&b=2\"}]\n",
    ),
    (
        "evidence/tracking-parameters",
        "[[cells.soc2_type2.evidence]]\nurl = \"\"\"\nhttps://acme.example/\\\n   a?«utm_so\\\n   urce=x»\"\"\"\n",
    ),
    (
        "evidence/credentials-in-url",
        "[[cells.soc2_type2.evidence]]\nurl = \"https://«a\\u003ab»@acme.example\"\n",
    ),
    ("cell/headline-style", "headline = \"Näïve 😀\\t\\\"ask\\\"«. \\u00C9»clairs later\"\n"),
    ("cell/headline-style", "headline = '''\nAsk\\«. T»hen wait'''\n"),
    ("cell/headline-style", "headline = \"\"\"Ask\\\n   now\\\\ \\\n«.»\"\"\"\n"),
    ("cell/headline-style", "headline = \"\"\"\nAsk first«\n»then wait\"\"\"\n"),
    ("cell/headline-style", "headline = \"\"\"\\\n  Ask C:\\\\root first«\n»then wait\"\"\"\n"),
    ("cell/headline-style", "headline = \"Ask first«\\n»then wait\"\n"),
];

/// Faults of syntax: the whole file.
const BROKEN: &[&str] = &[
    "id = \"x\"\nname = \"N\"\n«id» = \"y\"\n",
    "[cells.soc2_type2]\nstatus = \"no\"\n[cells.«soc2_type2»]\n",
    "[[cells.b]]\n[cells.«b»]\n[cells.a]\nb.c = 1\n[cells.a.«b»]\n",
    "a = { «😀» = 1 }\n",
    "id = \"😀 x«»\nname = 'y«»\ncategory = «nope»\n\nplatform = «»\n",
    "id = \"x\"\n\nname = { a = 1, «a» = 2 }\n\tzip = [1,«,» 2]\n",
    "id = \"a«\u{0}»b\"\n",
    "id = \"é «\\»q\"\n",
    "id = «2026-02-30»\n",
    "note = \"\"\"\nA 😀\nb «\u{7}»c\n\"\"\"\n",
    "id = \"x\"«\r»name = \"y\"\n",
];

/// A text without its marks, and the ranges that were between them.
fn unmarked(marked: &str) -> (String, Vec<Range<usize>>) {
    let (mut text, mut ranges, mut start) = (String::new(), Vec::new(), 0);
    // A comment may hold marks that are none.
    for c in marked.replace("« no »", "no").chars() {
        match c {
            '«' => start = text.len(),
            '»' => ranges.push(start..text.len()),
            c => text.push(c),
        }
    }
    (text, ranges)
}

/// The forms that every case must pass in: line ends, byte-order mark, no final newline.
fn forms(marked: &str) -> Vec<String> {
    let returns = marked.replace('\n', "\r\n");
    let open = marked.trim_end().to_owned();
    vec![format!("\u{feff}{marked}"), format!("\u{feff}{returns}"), marked.to_owned(), returns, open]
}

/// Line and column of a byte, counted the slow way.
fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let line = before.rsplit('\n').next().unwrap().trim_start_matches('\u{feff}');
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// A position as JSON output gives it.
fn position(text: &str, byte: usize) -> Value {
    let (line, column) = line_and_column(text, byte);
    serde_json::json!({ "byte": byte, "line": line, "column": column })
}

/// How what a rule finds in a file differs from these ranges.
fn difference(
    findings: &[Value],
    file: &str,
    rule: &str,
    text: &str,
    ranges: &[Range<usize>],
) -> Option<String> {
    let file = format!("data/{file}");
    let found = findings.iter().filter(|finding| finding["file"] == file.as_str() && finding["rule"] == rule);
    let found: Vec<_> = found.map(|finding| [&finding["start"], &finding["end"]]).collect();
    let expected = ranges.iter().map(|range| [position(text, range.start), position(text, range.end)]);
    let equal = found.iter().copied().map(|pair| pair.map(Value::clone)).eq(expected);
    (!equal).then(|| {
        let byte = |position: &Value| position["byte"].as_u64().unwrap() as usize;
        let texts = found.iter().map(|[start, end]| text.get(byte(start)..byte(end)));
        let wanted = ranges.iter().map(|range| &text[range.clone()]);
        format!(
            "{rule} in {text:?}\n  found {:?}\n  not {:?}\n  {found:?}",
            texts.collect::<Vec<_>>(),
            wanted.collect::<Vec<_>>()
        )
    })
}

#[test]
fn findings_stand_exactly_at_the_fault() {
    let scratch = Scratch::new();
    let mut expected = Vec::new();
    for (rule, marked) in CASES {
        let head = if rule.starts_with("cell/") { format!("{START}{CELL}") } else { START.to_owned() };
        for form in forms(&format!("{head}{marked}")) {
            expected.push((*rule, unmarked(&form)));
        }
    }
    for marked in BROKEN {
        for form in forms(marked) {
            expected.push(("schema/syntax", unmarked(&form)));
        }
    }
    for (at, (_, (text, _))) in expected.iter().enumerate() {
        scratch.write(&format!("offerings/case-{at}.toml"), text);
    }
    let findings = scratch.findings();
    let differences: Vec<_> = expected
        .iter()
        .enumerate()
        .filter_map(|(at, (rule, (text, ranges)))| {
            difference(&findings, &format!("offerings/case-{at}.toml"), rule, text, ranges)
        })
        .collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn what_the_whole_file_lacks_stands_at_its_id() {
    let scratch = Scratch::new();
    for (at, marked) in
        ["name = \"N\"\nid = «\"x\"»\n", "\u{feff}# é\r\nname = «\"N\"»", "«»", "\u{feff}", "\n\n"]
            .iter()
            .enumerate()
    {
        let (text, ranges) = unmarked(marked);
        let file = format!("offerings/case-{at}.toml");
        scratch.write(&file, &text);
        let found = scratch.findings();
        let lacking = found
            .iter()
            .filter(|one| one["file"] == format!("data/{file}") && one["rule"] == "schema/missing-key");
        let range = ranges.first().cloned().unwrap_or(0..0);
        let mut count = 0;
        for finding in lacking {
            assert_eq!(finding["start"], position(&text, range.start), "{text:?}");
            assert_eq!(finding["end"], position(&text, range.end), "{text:?}");
            count += 1;
        }
        assert!(count >= 2, "{text:?} lacks {count} keys");
    }
}

#[test]
fn a_merge_conflict_is_one_finding_with_its_lines() {
    let scratch = Scratch::new();
    let file = "offerings/acme-chat.toml";
    let text = scratch.read(file);
    let note = "note = \"Acme keeps prompts for 30 days and waives that on request.\"";
    let conflict = "<<<<<<< HEAD\nnote = \"a\"\n=======\nnote = \"b\"\n>>>>>>> topic";
    let told = |text: String| {
        scratch.write(file, text);
        let findings = scratch.findings();
        let told = |one: &Value| {
            let text = |key: &str| one[key].as_str().unwrap().to_owned();
            format!("{}:{} {} {}", one["start"]["line"], one["end"]["line"], text("rule"), text("message"))
        };
        findings.iter().map(told).collect::<Vec<_>>()
    };
    let line = 1 + text[..text.find(note).unwrap()].matches('\n').count();
    let expected = format!(
        "{line}:{} schema/syntax an unresolved merge conflict: lines {line} to {}",
        line + 4,
        line + 4
    );
    for text in [text.replace(note, conflict), text.replace(note, conflict).replace('\n', "\r\n")] {
        assert_eq!(told(text), std::slice::from_ref(&expected));
    }
    // What is wrong whichever side stays is reported as well.
    let more = text.replace(note, conflict).replace("retention_days = 30", "retention_days = 030");
    let found = told(more);
    assert_eq!((found.len(), &found[0]), (2, &expected), "{found:?}");
    // Within a text the markers are TOML.
    let inside = text.replace(note, "note = \"\"\"\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\"\"\"");
    let found = told(inside);
    assert!(found.len() == 1 && found[0].contains("text/conflict-marker"), "{found:?}");
}

#[test]
fn files_that_are_no_text_are_told_with_the_place() {
    let scratch = Scratch::new();
    let bytes = b"id = \"\xc3\xa9\"\r\nname = \"\xf0\x9f\x98\x80\xe2\x82x\" # \xff\n";
    scratch.write("offerings/bytes.toml", bytes);
    scratch.write("offerings/cut.toml", b"id = \"\xf0\x9f\x98");
    let utf16: Vec<u8> = "\u{feff}id = \"é\"\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    scratch.write("offerings/utf16.toml", utf16);
    let utf16: Vec<u8> = "id = \"é\"\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    scratch.write("offerings/utf16-plain.toml", utf16);
    scratch.write("offerings/large.toml", "#".repeat(2 * 1024 * 1024 + 1));
    scratch.write("offerings/largest.toml", "#".repeat(2 * 1024 * 1024));
    scratch.write("offerings/noise.toml", "=\n".repeat(1000));
    std::fs::create_dir(scratch.file("offerings/folder.toml")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(scratch.file("offerings/acme-chat.toml"), scratch.file("offerings/link.toml"))
        .unwrap();
    let run = scratch.run(&["lint", "--format", "json", "--select", "schema/syntax"]);
    assert_eq!(run.status, 1);
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let told: Vec<_> = findings
        .iter()
        .filter(|finding| finding["file"] != "data/offerings/noise.toml")
        .map(|finding| {
            format!("{} {} {}\n  {}", finding["file"], finding["start"], finding["end"], finding["message"])
        })
        .collect();
    assert_eq!(findings.len() - told.len(), 100, "faults of a file that is noise");
    insta::assert_snapshot!(told.join("\n"));
}

/// Fields in which a text is out of the vocabulary.
const FIELDS: &[&str] = &["status", "confidence", "tier", "route", "default", "role", "outcome", "category"];

/// The literals of the fields that have a vocabulary.
fn worded<'n>(key: &str, node: &'n mut Node) -> Vec<&'n mut String> {
    match node {
        Node::Literal(literal) if FIELDS.contains(&key) => vec![literal],
        Node::Literal(_) => Vec::new(),
        Node::List(items) => items.iter_mut().flat_map(|item| worded("", item)).collect(),
        Node::Table(entries) => entries.iter_mut().flat_map(|(key, node)| worded(key, node)).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_fault_is_found_in_any_layout(
        seed: u64,
        which: prop::sample::Index,
        literal in prop::sample::select(vec![
            "\"okäy\"", "'ok 😀'", "\"ok\\u0061y\\n\"", "\"\"\"\nok é\\\n   ay\"\"\"", "'''\nokay'''", "\"\"", "4711", "1.25e3", "[4711]",
        ]),
        comments: bool, carriage_returns: bool, mark: bool,
    ) {
        let scratch = Scratch::new();
        let mut document = tree(&scratch.read("offerings/acme-chat.toml").replace("Acme's", "Acmé 😀 e\u{301}"));
        let mut literals = worded("", &mut document);
        let at = which.index(literals.len());
        *literals[at] = format!("@{literal}@");
        let marked = relaid(&document, seed, Style { comments, carriage_returns, mark });
        let start = marked.find('@').unwrap();
        let text = marked.replace('@', "");
        let end = marked.rfind('@').unwrap() - 1;
        scratch.write("offerings/acme-chat.toml", &text);
        let rule = if literal.starts_with(['"', '\'']) { "schema/unknown-value" } else { "schema/wrong-type" };
        let findings = scratch.findings();
        let difference = difference(&findings, "offerings/acme-chat.toml", rule, &text, std::slice::from_ref(&(start..end)));
        prop_assert_eq!(difference, None);
    }
}

#[test]
fn what_toml_1_0_does_not_have_hides_nothing() {
    let scratch = Scratch::new();
    let fetch = "fetch = { outcome = \"ok\", on = 2026-06-01, via = \"archive\" }";
    let file = "platforms/acme-cloud.toml";
    let text = scratch.read(file).replacen(fetch, &fetch.replace(", ", ",\n  ").replace(" }", ",\n}"), 1);
    scratch.write(file, text.replacen("route = \"sales_contract\"", "route = \"public\"", 1));
    let told: Vec<_> = scratch
        .findings()
        .iter()
        .map(|one| {
            format!(
                "{} {}: {}",
                one["rule"].as_str().unwrap(),
                one["start"]["line"],
                one["message"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "cell/gated-without-gate 13: cell `hipaa_baa` of Acme Cloud is `yes_sales_gated` but has the route `public`",
            "schema/syntax 21: TOML 1.0 allows no line break in a table in braces",
        ]
    );
    assert!(
        scratch.run(&["ci"]).stdout.contains("FAIL schema takes every data file (platforms/acme-cloud.toml)")
    );
}
