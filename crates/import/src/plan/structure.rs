//! What is wrong with a row, told as of a data file that says the same.

use diagnostics::{Finding, RuleId};
use model::tabular::{read_facts, read_list};
use model::{Document, FieldPath, Step, Subject, Value};
use serde_json::json;
use store::{judge_record, structural_findings};

use crate::map::header::{Column, Kind};
use crate::map::mapped::{Mapped, Tabled};
use crate::map::typed::{Misfit, misfit};
use crate::plan::fields::states;
use crate::read::grid::Row;
use crate::read::table::{fault, odd_characters};
use crate::rules::{MISSING_VALUE, WRONG_VALUE};
use crate::told;

const UNKNOWN_VALUE: RuleId = RuleId("schema/unknown-value");
const MISSING_KEY: RuleId = RuleId("schema/missing-key");

/// What the structure refuses in a row about an entity or a cell. `record` is what the row and what
/// stood before come to: what that has, the row need not state.
pub(crate) fn faults<T: Tabled>(mapped: &Mapped, row: Row<'_>, about: &Subject, record: &T) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (fields, refused) = fields(mapped, row, &mut findings);
    let is_refused = |field: &FieldPath| refused.contains(&field);
    if let Some(json) = judge_record::<T>(&fields).refused {
        let (document, json) = match (mapped.header.kind, &about.dimension) {
            (Kind::Entities(document), _) => (document, json),
            (Kind::Cells, Some(dimension)) => {
                (Document::Offering, json!({ "cells": { dimension.as_str(): json } }))
            }
            (Kind::Cells, None) => (Document::Offering, json),
        };
        let known = record.known();
        for finding in structural_findings(document, &about.entity, &json) {
            let subject = &finding.place.subject;
            let field = subject.field.clone();
            let stands = field.as_ref().is_some_and(|field| states(&known, field));
            let is_there = stands || field.as_ref().is_some_and(is_refused);
            if subject.dimension != about.dimension || finding.rule == MISSING_KEY && is_there {
                continue;
            }
            let place = mapped.place(row, field.as_ref());
            let odd = match &place.text {
                Some(text) if finding.rule == UNKNOWN_VALUE => odd_characters(text),
                _ => String::new(),
            };
            let message = finding.message.clone() + &odd;
            let rule = if finding.rule == MISSING_KEY { MISSING_VALUE } else { WRONG_VALUE };
            findings.push(told(Finding { rule, fix: None, message, ..finding }, place));
        }
    }
    findings
}

/// The fields that a row states, as the table of a data file, and those of which it states what cannot
/// be read.
fn fields<'m>(mapped: &'m Mapped, row: Row<'m>, findings: &mut Vec<Finding>) -> (Value, Vec<&'m FieldPath>) {
    let (mut fields, mut refused) = (Value::Table(Vec::new()), Vec::new());
    for cell in mapped.stated(row) {
        let column = &mapped.header.columns[cell.column];
        if matches!(column, Column::Remark) {
            continue;
        }
        let mut refuse = |message, help: &str| {
            findings.push(fault(WRONG_VALUE, mapped.at(row, cell.column), message, help));
        };
        if let Some(Misfit { message, help }) = misfit(&cell, column.wanted()) {
            refuse(message, help);
            if let Column::Field(path) = column {
                refused.push(path);
            }
            continue;
        }
        let text = cell.text;
        let stated = match column {
            Column::Field(path) => Ok(vec![(path.clone(), scalar(path, text))]),
            Column::List(name) => read_list(text).map(|items| {
                vec![(FieldPath::of(*name), Value::texts(items.into_iter().map(|(_, item)| item)))]
            }),
            Column::Map(name) => read_facts(text).map(|facts| {
                let entry = |(_, key, fact)| (FieldPath::of(*name).key(key), Value::from(&fact));
                facts.into_iter().map(entry).collect()
            }),
            Column::Owner | Column::Dimension | Column::Remark => Ok(Vec::new()),
        };
        match stated {
            Ok(values) => values.into_iter().for_each(|(path, value)| put(&mut fields, path.steps(), value)),
            Err(error) => {
                let character = text[..error.at.start].chars().count() + 1;
                let help =
                    "facts and parts read `key=value; key=value`, lists have commas between their items";
                refuse(format!("{} (at character {character})", error.what), help);
            }
        }
    }
    (fields, refused)
}

/// A text, or the number that an HTTP status is.
fn scalar(path: &FieldPath, text: &str) -> Value {
    let is_number = path.steps().last() == Some(&Step::Key("http_status".to_owned()));
    match text.trim().parse() {
        Ok(number) if is_number => Value::Integer(number),
        _ => Value::from(text),
    }
}

/// Puts a value at a path, making tables and list items on the way. A gap in a list is an item
/// without fields, which the structure refuses where it stands.
fn put(into: &mut Value, path: &[Step], value: Value) {
    let Some((step, rest)) = path.split_first() else {
        *into = value;
        return;
    };
    let empty = || match rest.first() {
        Some(Step::Index(_)) => Value::List(Vec::new()),
        _ => Value::Table(Vec::new()),
    };
    match (into, step) {
        (Value::Table(entries), Step::Key(name)) => {
            let at = entries.iter().position(|(key, _)| key == name).unwrap_or_else(|| {
                entries.push((name.clone(), empty()));
                entries.len() - 1
            });
            put(&mut entries[at].1, rest, value);
        }
        (Value::List(items), Step::Index(index)) => {
            while items.len() <= *index {
                items.push(Value::Table(Vec::new()));
            }
            put(&mut items[*index], rest, value);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use model::Cell;
    use model::tabular::cell_columns;
    use proptest::prelude::*;

    use super::*;
    use crate::map::header;
    use crate::map::mapping::Mapping;
    use crate::plan::fields::Record as _;
    use crate::read::csv;

    /// A text that some column takes, or nearly, or none does.
    fn text() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "partial",
            "yes_public",
            "Partial",
            " no",
            "high",
            "primary",
            "ok",
            "EU, US",
            "EU,,US",
            "GLOBAL",
            "UK",
            "scope_unverified",
            "self_serve",
            "public",
            "enabled",
            "2026-07-05",
            "2026-02-30",
            "200",
            "200.0",
            "+5",
            "https://a.example/x",
            "javascript:alert(1)",
            "a=1; b=\"x;y\"; c=[\"p\", \"q\"]",
            "a=1; a=2",
            "A=1",
            "dpa=yes; sccs=no",
            "dpa=true",
            "dpa=maybe",
            "d=1.10; e=2026-07-05; f=-0; g=+1.5e3",
            "a=",
            "=",
            "a=[",
        ]);
        prop_oneof![3 => words.prop_map(str::to_owned), 1 => "\\PC{1,20}", 1 => "[a-z=;,\" \\n\\[\\]]{1,12}"]
    }

    fn mapped(cells: &[(String, String)]) -> Mapped {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let names: Vec<_> = cells.iter().map(|(name, _)| name.as_str()).collect();
        let texts: Vec<_> = cells.iter().map(|(_, text)| quoted(text)).collect();
        let table =
            format!("owner,dimension,{}\noffering:a,soc2_type2,{}\n", names.join(","), texts.join(","));
        let mut findings = Vec::new();
        let mapping = Mapping::default();
        let table = csv::read("cells.csv", table, &mapping, &mut findings).unwrap();
        let header = header::read(&table, &mapping, &mut findings).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        Mapped::new(table, header)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn rows_are_read_as_data_files_are(
            chosen in prop::sample::subsequence(cell_columns(2)[2..].to_vec(), 0..6),
            texts in prop::collection::vec(text(), 6),
            status in prop::option::weighted(0.9, Just("partial".to_owned())),
        ) {
            let status = status.map(|status| ("status".to_owned(), status));
            let others = chosen.into_iter().filter(|name| name != "status").zip(texts);
            let mapped = mapped(&status.into_iter().chain(others).collect::<Vec<_>>());
            let row = mapped.table.rows().next().unwrap();
            let fields_of = <Cell as Tabled>::fields(&mapped);

            let mut cell = Cell::default();
            let mut is_sound = true;
            for stated in mapped.stated(row) {
                if let Some(field) = &fields_of[stated.column] {
                    let fits = misfit(&stated, mapped.wanted(stated.column)).is_none();
                    is_sound &= field.put(&mut cell, fits.then_some(stated.text));
                }
            }
            is_sound &= cell.is_whole();

            let mut findings = Vec::new();
            let judged = judge_record::<Cell>(&fields(&mapped, row, &mut findings).0);
            prop_assert_eq!(is_sound, judged.refused.is_none() && findings.is_empty(), "{:?}", findings);
            if is_sound {
                prop_assert_eq!(&cell, &judged.value);
            } else {
                let about = Subject::cell(model::Entity::Offering("a".into()), "soc2_type2");
                prop_assert!(!faults(&mapped, row, &about, &cell).is_empty());
            }
        }
    }
}
