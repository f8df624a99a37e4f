//! Any set of edits, in any layout of the same cell.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::Edit;
use crate::Held;
use crate::sample::{made, path};
use crate::value::Value;
use crate::{Node, Path, Toml};

/// How a cell is laid out.
#[derive(Debug, Clone, Copy)]
enum Layout {
    Header,
    Inline,
    Dotted,
    DottedCell,
    InlineCell,
    InlineCells,
    InlineDotted,
}

use Layout::{Dotted, DottedCell, Header, Inline, InlineCell, InlineCells, InlineDotted};

/// A list of texts, each with a comment, where the layout has room for them.
fn list(items: &[&str], in_lines: bool) -> String {
    if in_lines {
        let items: String = items.iter().map(|item| format!("  \"{item}\", # about {item}\n")).collect();
        return format!("[ # list\n{items}]");
    }
    let items: Vec<_> = items.iter().map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", items.join(", "))
}

fn text(layout: Layout, facts: &[String], scope: &str, fetch: &str) -> String {
    let joined = facts.join(", ");
    let lines = |before: &str| facts.iter().map(|fact| format!("{before}{fact}\n")).collect::<String>();
    let evidence = format!("evidence = [{{ url = \"u\", fetch = {{ {fetch} }} }}]");
    match layout {
        Header => format!(
            "[cells.soc2_type2]\nstatus = \"no\"\ngeography = {scope}\n\n[cells.soc2_type2.facts]\n{}\n\
             [[cells.soc2_type2.evidence]]\nurl = \"u\"\nfetch = {{ {fetch} }}\n",
            lines("")
        ),
        Inline => format!(
            "[cells.soc2_type2]\nstatus = \"no\"\ngeography = {scope}\nfacts = {{ {joined} }}\n{evidence}\n"
        ),
        Dotted => format!(
            "[cells.soc2_type2]\nstatus = \"no\"\ngeography = {scope}\n{}{evidence}\n",
            lines("facts.")
        ),
        DottedCell => format!(
            "[cells]\nsoc2_type2.status = \"no\"\nsoc2_type2.geography = {scope}\n{}soc2_type2.{evidence}\n",
            lines("soc2_type2.facts.")
        ),
        InlineCell => format!(
            "[cells]\nsoc2_type2 = {{ status = \"no\", geography = {scope}, facts = {{{joined}}}, {evidence} }}\n"
        ),
        InlineCells => format!(
            "cells = {{ soc2_type2 = {{ status = \"no\", geography = {scope}, facts = {{ {joined} }}, {evidence} }} }}\n"
        ),
        InlineDotted => {
            let facts: String = facts.iter().map(|fact| format!("facts.{fact}, ")).collect();
            format!("[cells]\nsoc2_type2 = {{ status = \"no\", geography = {scope}, {facts}{evidence} }}\n")
        }
    }
}

/// What happens to a field: whether it is there, and how it ends.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Absent,
    Kept,
    Set,
    Added,
    Removed,
    Renamed,
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    use Fate::{Absent, Added, Kept, Removed, Renamed, Set};
    let fate = prop::sample::select(vec![Absent, Kept, Set, Added, Removed, Renamed]);
    prop::collection::vec(fate, 5)
}

fn cell(field: &str) -> Path {
    path(&format!("cells.soc2_type2.{field}"))
}

/// The fields that are there at first, the edits, and the fields afterwards.
fn story(above: &str, fates: &[Fate]) -> (Vec<String>, Vec<Edit>, BTreeMap<String, i64>) {
    let (mut before, mut edits, mut after) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (name, fate) in ["a", "b", "c", "d", "e"].into_iter().zip(fates) {
        if !matches!(fate, Fate::Absent | Fate::Added) {
            before.push(format!("{name} = 1"));
        }
        let subject = cell(&format!("{above}.{name}"));
        let (end, edit) = match fate {
            Fate::Absent => (None, None),
            Fate::Kept => (Some((name.to_owned(), 1)), None),
            Fate::Set | Fate::Added => {
                (Some((name.to_owned(), 2)), Some(Edit::Set(subject, Value::Integer(2))))
            }
            Fate::Removed => (None, Some(Edit::Remove(subject))),
            Fate::Renamed => (Some((format!("{name}x"), 1)), Some(Edit::Rename(subject, format!("{name}x")))),
        };
        after.extend(end);
        edits.extend(edit);
    }
    (before, edits, after)
}

/// What a document says at a path within the cell.
fn at<'t>(toml: &'t Toml<'_>, field: &str) -> Option<Node<'t>> {
    let path = cell(field);
    let (node, depth) = toml.find(&path);
    (depth == path.steps().len()).then_some(node)
}

fn read(toml: &Toml<'_>, field: &str) -> BTreeMap<String, i64> {
    let table = at(toml, field);
    let fields = table.iter().flat_map(Node::entries);
    fields
        .map(|(name, value)| match value.item().held() {
            Held::Integer(number) => (name.to_owned(), *number),
            other => panic!("{other:?}"),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn edits_go_together_in_every_layout(
        layout in prop::sample::select(
            vec![Header, Inline, Dotted, DottedCell, InlineCell, InlineCells, InlineDotted],
        ),
        facts in fates(),
        fetch in fates(),
        scope in prop::sample::subsequence(vec!["p", "q", "r", "s"], 1..=4),
        wanted in prop::collection::vec(prop::sample::select(vec!["p", "q", "r", "s", "t"]), 0..5),
        part in prop::option::of(Just(())),
        in_lines in any::<bool>(),
        is_ended in any::<bool>(),
        windows in any::<bool>(),
        turn in any::<prop::sample::Index>(),
    ) {
        let (had, mut edits, facts) = story("facts", &facts);
        let (fetched, more, fetch) = story("evidence[0].fetch", &fetch);
        edits.extend(more);
        edits.push(Edit::Set(cell("geography"), Value::texts(wanted.clone())));
        edits.extend(part.map(|()| Edit::Set(cell("parts.p"), "yes".into())));
        let mut before = text(layout, &had, &list(&scope, in_lines), &fetched.join(", "));
        if !is_ended {
            before.pop();
        }
        if windows {
            before = before.replace('\n', "\r\n");
        }
        let turn = turn.index(edits.len());
        edits.rotate_left(turn);
        let after = made(&before, &edits);
        let after = after.map_err(|error| TestCaseError::fail(format!("{error}\n{before}\n{edits:?}")))?;
        let said = Toml::parse(&after);
        prop_assert!(said.is_valid(), "{}", after);
        prop_assert_eq!(read(&said, "facts"), facts, "{}\n{}", before, after);
        prop_assert_eq!(read(&said, "evidence[0].fetch"), fetch, "{}\n{}", before, after);
        let geography = at(&said, "geography").unwrap().children();
        let geography: Vec<_> = geography.iter().filter_map(Node::text).collect();
        prop_assert_eq!(&geography, &wanted);
        let stated = at(&said, "parts.p").and_then(|part| part.text());
        prop_assert_eq!(stated, part.map(|()| "yes"));
        let bare = after.replace("\r\n", "");
        prop_assert!(if windows { !bare.contains('\n') } else { !after.contains('\r') }, "{:?}", after);
        prop_assert_eq!(after.ends_with('\n'), is_ended);
        // The comment of an item stays while the item does.
        for item in scope.iter().filter(|item| in_lines && wanted.contains(item)) {
            let line = after.lines().find(|line| line.contains(&format!("\"{item}\"")));
            prop_assert!(line.is_some_and(|line| line.contains(&format!("# about {item}"))), "{}\n{}", before, after);
        }
    }
}
