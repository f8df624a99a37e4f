use model::{Date, DimensionFile, Entity};

use super::*;

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

fn dimensions() -> Dimensions {
    let dimension = |id: &str| model::Dimension {
        id: id.parse::<model::DimensionId>().unwrap().into(),
        ..Default::default()
    };
    let list = ["soc2_type2", "iso_27001", "gdpr_dpa"].map(dimension).to_vec();
    Dimensions::new(DimensionFile { dimensions: list.into() })
}

fn cell(dimension: &str, field: &str) -> Subject {
    Subject::cell(Entity::Offering("a".into()), dimension).with(field.parse::<FieldPath>().unwrap())
}

/// The lines that differ: gone with `-`, new with `+`.
fn changed(text: &str, edits: &[Edit]) -> String {
    let dimensions = dimensions();
    let edited = Editor::new(Document::Offering, &dimensions).apply(text, edits).unwrap();
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
    let edits = set("soc2_type2", "evidence[0].fetch.on", Value::Date("2026-02-03".parse::<Date>().unwrap()));
    assert!(changed(TEXT, &edits).ends_with("+fetch = { outcome = \"ok\", on = 2026-02-03 }\n"));
}

#[test]
fn new_keys_go_to_their_canonical_place() {
    assert_eq!(changed(TEXT, &set("soc2_type2", "headline", "Soon")), "+headline = \"Soon\"\n");
    let edited = Editor::new(Document::Offering, &dimensions())
        .apply(TEXT, &set("soc2_type2", "headline", "Soon"))
        .unwrap();
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
    let dimensions = dimensions();
    let edited = Editor::new(Document::Offering, &dimensions).apply(TEXT, &edits).unwrap();
    let expected = "verified_on = 2026-01-02\n\n[cells.soc2_type2.parts]\ndpa = \"yes\"\nsccs = \"no\"\n\n[cells.soc2_type2.facts]";
    assert!(edited.contains(expected), "{edited}");

    let new_cell = Value::Table(vec![("status".into(), "no".into())]);
    let edits = [Edit::Set(Subject::cell(Entity::Offering("a".into()), "iso_27001"), new_cell.clone())];
    let edited = Editor::new(Document::Offering, &dimensions).apply(TEXT, &edits).unwrap();
    let expected =
        "on = 2026-01-01 }\n\n[cells.iso_27001]\nstatus = \"no\"\n\n# About the contract.\n[cells.gdpr_dpa]";
    assert!(edited.contains(expected), "{edited}");

    let item = Value::Table(vec![("url".into(), "https://b.example/".into())]);
    let edits = [Edit::Set(cell("soc2_type2", "evidence[1]"), item)];
    assert_eq!(changed(TEXT, &edits), "+[[cells.soc2_type2.evidence]]\n+url = \"https://b.example/\"\n+\n");

    let only_id = "id = \"a\"";
    let edits = [Edit::Set(Subject::cell(Entity::Offering("a".into()), "iso_27001"), new_cell)];
    let edited = Editor::new(Document::Offering, &dimensions).apply(only_id, &edits).unwrap();
    assert_eq!(edited, "id = \"a\"\n\n[cells.iso_27001]\nstatus = \"no\"\n");
}

#[test]
fn removals_take_their_lines_and_no_more() {
    let remove = |field: &str| vec![Edit::Remove(cell("soc2_type2", field))];
    assert_eq!(changed(TEXT, &remove("status")), "-status = \"no\"   # not yet\n");
    assert!(changed(TEXT, &remove("facts.scope[0]")).ends_with("+scope = [\"two\"]\n"));
    assert!(changed(TEXT, &remove("facts.scope[1]")).ends_with("+scope = [\"one\"]\n"));
    assert!(changed(TEXT, &remove("evidence[0].fetch.on")).ends_with("+fetch = { outcome = \"ok\" }\n"));
    assert_eq!(changed(TEXT, &remove("evidence[0]")).lines().filter(|line| line.starts_with('-')).count(), 4);
    let edits = [Edit::Remove(Subject::cell(Entity::Offering("a".into()), "soc2_type2"))];
    let edited = Editor::new(Document::Offering, &dimensions()).apply(TEXT, &edits).unwrap();
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
    let edited = Editor::new(Document::Offering, &dimensions()).apply(&text, &edits).unwrap();
    assert_eq!(edited.matches('\n').count(), edited.matches("\r\n").count());
}

#[test]
fn what_cannot_be_placed_is_refused() {
    let dimensions = dimensions();
    let editor = Editor::new(Document::Offering, &dimensions);
    assert!(editor.apply(TEXT, &[Edit::Remove(cell("soc2_type2", "tier"))]).is_err());
    assert!(editor.apply(TEXT, &set("soc2_type2", "facts", "x")).is_err());
    assert!(editor.apply("a = ", &set("soc2_type2", "status", "no")).is_err());
    let twice = [set("soc2_type2", "status", "no"), set("soc2_type2", "status", "partial")].concat();
    assert!(editor.apply(TEXT, &twice).is_err());
}
