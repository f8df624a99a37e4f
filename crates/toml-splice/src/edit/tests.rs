use super::*;
use crate::Path;
use crate::sample::{Sample, made, path};
use crate::value::Value;

const TEXT: &str = "\
#:schema x.json

id = \"a\" # the id
name = \"A\"

# About the report.
[cells.soc2_type2]
status = \"no\"   # not yet
verified_on = 2026-01-02

[cells.soc2_type2.facts]
scope = [\"one\", \"two\"]

[[cells.soc2_type2.evidence]]
url = \"https://a.example/\"
fetch = { outcome = \"ok\", on = 2026-01-01 }

# About the contract.
[cells.gdpr_dpa]
status = \"partial\"
facts.dpa_public = true
";

fn cell(question: &str, field: &str) -> Path {
    path(&format!("cells.{question}.{field}"))
}

/// The lines that differ: gone with `-`, new with `+`.
fn changed(text: &str, edits: &[Edit]) -> String {
    let edited = made(text, edits).unwrap();
    let (old, new): (Vec<_>, Vec<_>) = (text.lines().collect(), edited.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let gone = old[head..old.len() - tail].iter().map(|line| format!("-{line}\n"));
    let come = new[head..new.len() - tail].iter().map(|line| format!("+{line}\n"));
    gone.chain(come).collect()
}

fn set(dimension: &str, field: &str, value: impl Into<Value>) -> Vec<Edit> {
    vec![Edit::Set(cell(dimension, field), value.into())]
}

#[test]
fn a_value_changes_and_its_comment_stays() {
    let edits = set("soc2_type2", "status", "yes_public");
    assert_eq!(changed(TEXT, &edits), "-status = \"no\"   # not yet\n+status = \"yes_public\"   # not yet\n");
    let edits = set("soc2_type2", "evidence[0].fetch.on", Value::Datetime("2026-02-03".parse().unwrap()));
    assert!(changed(TEXT, &edits).ends_with("+fetch = { outcome = \"ok\", on = 2026-02-03 }\n"));
}

#[test]
fn new_keys_go_to_their_canonical_place() {
    assert_eq!(changed(TEXT, &set("soc2_type2", "headline", "Soon")), "+headline = \"Soon\"\n");
    let edited = made(TEXT, &set("soc2_type2", "headline", "Soon")).unwrap();
    assert!(edited.contains("# not yet\nheadline = \"Soon\"\nverified_on"), "{edited}");
    assert_eq!(changed(TEXT, &set("soc2_type2", "facts.auditor", "X")), "+auditor = \"X\"\n");
    assert_eq!(changed(TEXT, &set("gdpr_dpa", "facts.dpa_dated", "X")), "+facts.dpa_dated = \"X\"\n");
    let edits = set("soc2_type2", "evidence[0].fetch.http_status", Value::Integer(200));
    assert!(changed(TEXT, &edits).ends_with("on = 2026-01-01, http_status = 200 }\n"));
    assert!(
        changed(TEXT, &set("soc2_type2", "facts.scope[2]", "three"))
            .ends_with("+scope = [\"one\", \"two\", \"three\"]\n")
    );
}

#[test]
fn new_tables_go_after_those_before_them() {
    let mut edits = set("soc2_type2", "parts.dpa", "yes");
    edits.extend(set("soc2_type2", "parts.sccs", "no"));
    let edited = made(TEXT, &edits).unwrap();
    let expected = "verified_on = 2026-01-02\n\n[cells.soc2_type2.parts]\ndpa = \"yes\"\nsccs = \"no\"\n\n[cells.soc2_type2.facts]";
    assert!(edited.contains(expected), "{edited}");

    let new_cell = Value::Table(vec![("status".into(), "no".into())]);
    let edits = [Edit::Set(path("cells.iso_27001"), new_cell.clone())];
    let edited = made(TEXT, &edits).unwrap();
    let expected =
        "on = 2026-01-01 }\n\n[cells.iso_27001]\nstatus = \"no\"\n\n# About the contract.\n[cells.gdpr_dpa]";
    assert!(edited.contains(expected), "{edited}");

    let item = Value::Table(vec![("url".into(), "https://b.example/".into())]);
    let edits = [Edit::Set(cell("soc2_type2", "evidence[1]"), item)];
    assert_eq!(changed(TEXT, &edits), "+[[cells.soc2_type2.evidence]]\n+url = \"https://b.example/\"\n+\n");

    let only_id = "id = \"a\"";
    let edits = [Edit::Set(path("cells.iso_27001"), new_cell)];
    let edited = made(only_id, &edits).unwrap();
    assert_eq!(edited, "id = \"a\"\n\n[cells.iso_27001]\nstatus = \"no\"");
}

#[test]
fn removals_take_their_lines_and_no_more() {
    let remove = |field: &str| vec![Edit::Remove(cell("soc2_type2", field))];
    assert_eq!(changed(TEXT, &remove("status")), "-status = \"no\"   # not yet\n");
    assert!(changed(TEXT, &remove("facts.scope[0]")).ends_with("+scope = [\"two\"]\n"));
    assert!(changed(TEXT, &remove("facts.scope[1]")).ends_with("+scope = [\"one\"]\n"));
    assert!(changed(TEXT, &remove("evidence[0].fetch.on")).ends_with("+fetch = { outcome = \"ok\" }\n"));
    assert_eq!(changed(TEXT, &remove("evidence[0]")).lines().filter(|line| line.starts_with('-')).count(), 4);
    let edits = [Edit::Remove(path("cells.soc2_type2"))];
    let edited = made(TEXT, &edits).unwrap();
    assert!(!edited.contains("soc2") && edited.contains("# About the contract."), "{edited}");
}

#[test]
fn keys_and_parts_of_texts_change_in_place() {
    let rename = [Edit::Rename(cell("soc2_type2", "facts.scope"), "services".into())];
    assert!(changed(TEXT, &rename).ends_with("+services = [\"one\", \"two\"]\n"));
    let rename = [Edit::Rename(cell("soc2_type2", "evidence"), "sources".into())];
    assert!(changed(TEXT, &rename).contains("+[[cells.soc2_type2.sources]]"));
    let replace = [Edit::Replace(cell("soc2_type2", "evidence[0].url"), 8..9, "b\"".into())];
    assert!(changed(TEXT, &replace).ends_with("+url = \"https://b\\\".example/\"\n"));
}

#[test]
fn windows_line_ends_stay() {
    let text = TEXT.replace('\n', "\r\n");
    let mut edits = set("soc2_type2", "headline", "Soon");
    edits.extend(set("soc2_type2", "parts.dpa", "yes"));
    let edited = made(&text, &edits).unwrap();
    assert_eq!(edited.matches('\n').count(), edited.matches("\r\n").count());
}

#[test]
fn what_cannot_be_placed_is_refused() {
    assert!(made(TEXT, &[Edit::Remove(cell("soc2_type2", "tier"))]).is_err());
    assert!(made("a = ", &set("soc2_type2", "status", "no")).is_err());
    let twice = [set("soc2_type2", "status", "no"), set("soc2_type2", "status", "partial")].concat();
    assert!(made(TEXT, &twice).is_err());
}

fn edit(text: &str, edit: Edit) -> Result<String, EditError> {
    made(text, &[edit])
}

/// The text within a cell, edited.
fn edit_cell(text: &str, change: Edit) -> String {
    let head = "id = \"a\"\n\n[cells.soc2_type2]\n";
    let edited = edit(&format!("{head}{text}"), change).unwrap();
    edited.strip_prefix(head).unwrap().to_owned()
}

fn rename(field: &str, name: &str) -> Edit {
    Edit::Rename(cell("soc2_type2", field), name.into())
}

fn remove(field: &str) -> Edit {
    Edit::Remove(cell("soc2_type2", field))
}

#[test]
fn keys_of_every_layout_get_another_name() {
    for (text, field, name, edited) in [
        ("facts.a = 1 # one\n", "facts.a", "b", "facts.b = 1 # one\n"),
        ("fact.a = 1\nfact . b = 2\n", "fact", "facts", "facts.a = 1\nfacts . b = 2\n"),
        ("fact.\"x.y=z\".c = 1\n", "fact", "facts", "facts.\"x.y=z\".c = 1\n"),
        ("facts = { a = 1, b = 2 }\n", "facts.a", "c", "facts = { c = 1, b = 2 }\n"),
        ("facts = { a.b = 1, c = 2 }\n", "facts.a.b", "d", "facts = { a.d = 1, c = 2 }\n"),
        ("\"fact\" = { a = 1 }\n", "fact", "facts", "facts = { a = 1 }\n"),
        ("facts.a = 1\n", "facts.a", "a b", "facts.\"a b\" = 1\n"),
        (
            "[cells.soc2_type2.'fact']\na = 1\n\n[cells.soc2_type2.fact.b]\nc = 1\n",
            "fact",
            "facts",
            "[cells.soc2_type2.facts]\na = 1\n\n[cells.soc2_type2.facts.b]\nc = 1\n",
        ),
        (
            "[[cells.soc2_type2.sources]]\nurl = \"x\"\n\n[[ cells . soc2_type2 . sources ]] # two\n",
            "sources",
            "evidence",
            "[[cells.soc2_type2.evidence]]\nurl = \"x\"\n\n[[ cells . soc2_type2 . evidence ]] # two\n",
        ),
    ] {
        assert_eq!(edit_cell(text, rename(field, name)), edited);
    }
}

#[test]
fn a_new_name_that_is_taken_is_refused() {
    for text in [
        "facts.a = 1\nfacts.b = 2\n",
        "facts = { a = 1, b = 2 }\n",
        "[cells.soc2_type2.facts]\na = 1\nb = 2\n",
        "[[cells.soc2_type2.facts.a]]\nx = 1\n\n[[cells.soc2_type2.facts.b]]\nx = 2\n",
    ] {
        let text = format!("[cells.soc2_type2]\n{text}");
        assert!(edit(&text, rename("facts.a", "b")).is_err(), "{text}");
        assert!(edit(&text, rename("facts.a", "c")).is_ok(), "{text}");
    }
}

#[test]
fn values_of_every_layout_go() {
    for (text, field, edited) in [
        ("facts.a = 1\nfacts.b = 2 # two\n", "facts.a", "facts.b = 2 # two\n"),
        ("facts.a = 1\nnote = \"x\"\nfacts.b = 2\n", "facts", "note = \"x\"\n"),
        ("facts = { a = 1, \"b c\" = 2 }\n", "facts.a", "facts = { \"b c\" = 2 }\n"),
        ("note = \"\"\"\none\ntwo\"\"\" # end\ntier = \"x\"\n", "note", "tier = \"x\"\n"),
        ("geography = [\n  \"EU\", # first\n  \"US\",\n]\n", "geography[0]", "geography = [\n  \"US\",\n]\n"),
        ("evidence = [{ url = \"a\" }, { url = \"b\" }]\n", "evidence[0]", "evidence = [{ url = \"b\" }]\n"),
        ("status = \"no\"\nnote = \"last\"", "note", "status = \"no\""),
        ("status = \"no\"\n\n[cells.soc2_type2.facts]\na = 1", "facts", "status = \"no\""),
        (
            "status = \"no\"\n\n[[cells.soc2_type2.flags]]\nid = \"a\"\n\n[[cells.soc2_type2.flags]]\nid = \"b\"",
            "flags",
            "status = \"no\"",
        ),
    ] {
        assert_eq!(edit_cell(text, remove(field)), edited);
    }
}

#[test]
fn parts_of_every_string_change() {
    let replace = |range, with: &str| Edit::Replace(cell("soc2_type2", "note"), range, with.into());
    for (text, range, with, edited) in [
        ("note = 'a  b'\n", 1..3, " ", "note = 'a b'\n"),
        ("note = \"\"\"\n  one\ntwo\"\"\"\n", 0..2, "", "note = \"\"\"\none\ntwo\"\"\"\n"),
        ("note = \"\"\"\none\ntwo\n\"\"\"\n", 7..8, "", "note = \"\"\"\none\ntwo\"\"\"\n"),
        ("note = \"\"\"\r\none\r\ntwo \"\"\"\r\n", 7..8, "", "note = \"\"\"\r\none\r\ntwo\"\"\"\r\n"),
        ("note = '''\nit's'''\n", 0..2, "IT", "note = '''\nIT's'''\n"),
        ("note = \"caf\\u00e9 \"\n", 5..6, "", "note = \"caf\\u00e9\"\n"),
    ] {
        assert_eq!(edit_cell(text, replace(range, with)), edited);
    }
    assert!(edit("[cells.soc2_type2]\nnote = \"ab\"\n", replace(1..9, "")).is_err());
    assert!(edit("[cells.soc2_type2]\nnote = \"é\"\n", replace(1..2, "")).is_err());
    // TOML would swallow the line break that then follows the opening quotes.
    assert!(edit("[cells.soc2_type2]\nnote = \"\"\"x\ny\"\"\"\n", replace(0..1, "")).is_err());
}

#[test]
fn a_new_value_fits_its_place() {
    let set = |field: &str, value: Value| Edit::Set(cell("soc2_type2", field), value);
    let list = || Value::texts(["a", "b"]);
    for (text, change, edited) in [
        (
            "facts.scope = \"a, b\" # both\n",
            set("facts.scope", list()),
            "facts.scope = [\"a\", \"b\"] # both\n",
        ),
        ("facts = { scope = 'a, b' }\n", set("facts.scope", list()), "facts = { scope = [\"a\", \"b\"] }\n"),
        ("facts = {}\n", set("facts.scope", list()), "facts = { scope = [\"a\", \"b\"] }\n"),
        ("facts = { a.b = 1 }\n", set("facts.c", Value::Integer(1)), "facts = { a.b = 1, c = 1 }\n"),
        (
            "geography = [\n  \"EU\", # first\n  \"US\" # second\n]\n",
            set("geography[2]", "GB".into()),
            "geography = [\n  \"EU\", # first\n  \"US\", # second\n  \"GB\"\n]\n",
        ),
    ] {
        assert_eq!(edit_cell(text, change), edited);
    }
    assert_eq!(
        edit("[cells.soc2_type2]\nfacts.a = 1\n", set("facts", list())).unwrap(),
        "[cells.soc2_type2]\nfacts = [\"a\", \"b\"]\n"
    );
    assert!(edit("[cells.soc2_type2]\nfacts = \"x\"\n", set("facts.a", list())).is_err());
    assert!(edit("[cells.soc2_type2]\nfacts = \"x\"\n", set("facts[0]", list())).is_err());
}

#[test]
fn a_byte_order_mark_stays_first() {
    let text = "\u{feff}name = \"A\"\n";
    let field = path;
    let edited = edit(text, Edit::Set(field("id"), "a".into())).unwrap();
    assert_eq!(edited, "\u{feff}id = \"a\"\nname = \"A\"\n");
    assert_eq!(edit(text, Edit::Remove(field("name"))).unwrap(), "\u{feff}");
    let edited = edit(text, Edit::Rename(field("name"), "id".into())).unwrap();
    assert_eq!(edited, "\u{feff}id = \"A\"\n");
}

/// Makes fixes in the order given and the other way round, which must make no difference.
fn fixed(fixes: &[Vec<Edit>]) -> (String, Vec<FixOutcome>) {
    let mut asked: Vec<&[Edit]> = fixes.iter().map(Vec::as_slice).collect();
    let (text, ended) = fix(&Toml::parse(TEXT), &asked, &Sample);
    asked.reverse();
    let (again, mut turned) = fix(&Toml::parse(TEXT), &asked, &Sample);
    turned.reverse();
    assert_eq!((&again, &turned), (&text, &ended));
    (text, ended)
}

#[test]
fn fixes_that_meet_wait() {
    let fixes = [
        vec![rename("status", "state")],
        vec![remove("status")],
        vec![remove("evidence[0].fetch.on")],
        vec![rename("verified_on", "on"), remove("facts.scope[0]")],
        set("soc2_type2", "headline", "Soon"),
    ];
    let (text, ended) = fixed(&fixes);
    assert_eq!(
        ended,
        [FixOutcome::Made, FixOutcome::Waits, FixOutcome::Made, FixOutcome::Made, FixOutcome::Made]
    );
    assert!(text.contains("on = 2026-01-02") && text.contains("scope = [\"two\"]"), "{text}");
    let asked: Vec<&[Edit]> = fixes.iter().map(Vec::as_slice).collect();
    let placed = place(&Toml::parse(TEXT), &asked, &Sample);
    assert!(placed.iter().all(|splices| !splices.is_empty()), "{placed:?}");
}

#[test]
fn fixes_that_do_not_go_together_wait_and_those_that_cannot_be_made_are_reported() {
    let (text, ended) = fixed(&[
        vec![rename("status", "state")],
        vec![rename("verified_on", "state")],
        vec![remove("tier")],
        vec![remove("facts.scope"), remove("tier")],
        vec![rename("facts", "fact")],
    ]);
    assert_eq!(ended[..2], [FixOutcome::Made, FixOutcome::Waits]);
    assert!(ended[2..4].iter().all(|ended| matches!(ended, FixOutcome::Refused(_))), "{ended:?}");
    assert_eq!(ended[4], FixOutcome::Made);
    assert!(text.contains("state = \"no\"   # not yet\n") && text.contains("verified_on"), "{text}");
    assert!(text.contains("[cells.soc2_type2.fact]\nscope = "), "{text}");
}

#[test]
fn a_table_with_a_header_becomes_another_value() {
    let table = |fields: &[(&str, Value)]| {
        Value::Table(fields.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    };
    // A value of another kind takes the place of its block.
    assert_eq!(
        changed(TEXT, &set("soc2_type2", "facts", "none")),
        "-\n-[cells.soc2_type2.facts]\n-scope = [\"one\", \"two\"]\n+facts = \"none\"\n"
    );
    // Of a table, what stays keeps its place and its comments.
    let noted = TEXT.replace("scope = [", "# All.\nscope = [");
    let whole = table(&[("scope", Value::List(vec!["one".into(), "two".into()])), ("auditor", "X".into())]);
    assert_eq!(changed(&noted, &set("soc2_type2", "facts", whole)), "+auditor = \"X\"\n");
    let refused = made(&noted, &set("soc2_type2", "facts", "none")).unwrap_err();
    assert!(refused.refusal == Refusal::Comments, "{refused}");
    // Dotted keys are one table.
    assert_eq!(
        changed(TEXT, &set("gdpr_dpa", "facts", "none")),
        "-facts.dpa_public = true\n+facts = \"none\"\n"
    );
    // A list of tables keeps those that are the same.
    let item = |url: &str| table(&[("url", url.into())]);
    let list = Value::List(vec![item("https://b.example/"), item("https://c.example/")]);
    assert_eq!(
        changed(TEXT, &set("soc2_type2", "evidence", list)),
        "-url = \"https://a.example/\"\n-fetch = { outcome = \"ok\", on = 2026-01-01 }\n\
         +url = \"https://b.example/\"\n+\n+[[cells.soc2_type2.evidence]]\n+url = \"https://c.example/\"\n"
    );
    let item = made(TEXT, &set("soc2_type2", "evidence[0]", "x")).unwrap_err();
    assert!(item.refusal == Refusal::OneOfTables, "{item}");
}

#[test]
fn new_keys_of_an_inline_table_go_to_their_canonical_place() {
    let text = TEXT.replace("outcome = \"ok\", on = 2026-01-01", "on = 2026-01-01, via = \"direct\"");
    let line = |field: &str, value: Value| {
        let edited = changed(&text, &set("soc2_type2", &format!("evidence[0].fetch.{field}"), value));
        edited.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        line("outcome", "ok".into()),
        "+fetch = { outcome = \"ok\", on = 2026-01-01, via = \"direct\" }"
    );
    assert_eq!(
        line("http_status", Value::Integer(200)),
        "+fetch = { on = 2026-01-01, http_status = 200, via = \"direct\" }"
    );
    assert_eq!(
        line("reported_by", "https://b.example/".into()),
        "+fetch = { on = 2026-01-01, via = \"direct\", reported_by = \"https://b.example/\" }"
    );
}
