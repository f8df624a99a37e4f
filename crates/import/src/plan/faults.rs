//! Words the faults of rows in terms of the table.

use diagnostics::{Finding, RuleId, quoted};
use model::tabular::{EvidenceField, evidence_column};
use model::{Document, Entity, FieldPath, Plain, PlainRecord, Step, Subject};
use serde_json::{Value, json};
use store::structural_findings;

use crate::fault::Fault;
use crate::map::header::{Column, Kind};
use crate::map::look_alikes::odd_characters;
use crate::map::mapped::Mapped;
use crate::plan::evidence::Lack;
use crate::plan::stated::Stated;
use crate::read::grid::Row;
use crate::rules::{MISSING_VALUE, WRONG_VALUE};

const UNKNOWN_VALUE: RuleId = RuleId("schema/unknown-value");
const MISSING_KEY: RuleId = RuleId("schema/missing-key");

/// What the structure of data files refuses in what a row states. `has` says which fields the registry has
/// already: those the row need not state.
pub(crate) fn structural(
    mapped: &Mapped,
    row: Row<'_>,
    about: &Subject,
    stated: &Stated<'_>,
    has: &mut dyn FnMut(&FieldPath) -> bool,
) -> Vec<Fault> {
    let record = Value::from(&stated.record);
    let (document, json) = match (mapped.header.kind, &about.dimension) {
        (Kind::Entities(document), _) => (document, record.clone()),
        (Kind::Cells, Some(dimension)) => {
            (Document::Offering, json!({ "cells": { dimension.as_str(): record } }))
        }
        (Kind::Cells, None) => return Vec::new(),
    };
    let mut faults = Vec::new();
    for finding in structural_findings(document, &about.entity, &json) {
        let subject = &finding.place.subject;
        if subject.dimension != about.dimension {
            continue;
        }
        let Some(field) = subject.field.clone() else { continue };
        // What names the owner is judged with the owner.
        if matches!(subject.entity, Entity::File(_)) && field == FieldPath::of("id") {
            continue;
        }
        let column = in_columns(&field, &stated.sources);
        if finding.rule == MISSING_KEY {
            if !has(&field) && !stated.unread.contains(&column) {
                faults.push(missing(mapped, row, about, &column));
            }
            continue;
        }
        let place = mapped.place(row, Some(&column));
        let text = found(&stated.record, field.steps());
        let rule = finding.rule;
        let odd = if rule == UNKNOWN_VALUE { odd_characters(&text) } else { String::new() };
        let message = wrong(mapped, &column, &text, rule) + &odd;
        faults.push(Fault::of(Finding { rule: WRONG_VALUE, fix: None, message, ..finding }, place));
    }
    faults
}

/// The path of a field with the number of its columns in the place of its index.
fn in_columns(field: &FieldPath, sources: &[usize]) -> FieldPath {
    let mut steps = field.steps().to_vec();
    if let [Step::Key(list), Step::Index(at), ..] = steps.as_mut_slice()
        && list == "evidence"
        && let Some(nth) = sources.get(*at)
    {
        *at = *nth;
    }
    steps.into_iter().collect()
}

/// What a row states at a path, as text; the key or index itself where there is none.
fn found(record: &PlainRecord<'_>, path: &[Step]) -> String {
    let Some((Step::Key(first), rest)) = path.split_first() else { return String::new() };
    if let (Some(Plain::Facts(facts)), [Step::Key(key)]) = (record.get(first), rest) {
        let fact = facts.iter().find(|(name, _)| name == key).map(|(_, fact)| model::Value::from(fact));
        return match fact {
            Some(model::Value::Text(text)) => text,
            Some(other) => Value::from(&other).to_string(),
            None => key.clone(),
        };
    }
    let value = rest.iter().try_fold(record.get(first), |here, step| match (here?, step) {
        (Plain::Record(record), Step::Key(key)) => Some(record.get(key)),
        (Plain::List(items), Step::Index(at)) => Some(items.get(*at)),
        _ => None,
    });
    match (value.flatten(), path.last()) {
        (Some(Plain::Text(text)), _) => text.to_string(),
        (Some(other), _) => Value::from(other).to_string(),
        (None, Some(Step::Key(key))) => key.clone(),
        (None, _) => String::new(),
    }
}

/// The column of a field as the table calls it.
fn column_name(mapped: &Mapped, field: &FieldPath) -> String {
    let steps = field.steps();
    let holds = |column: &Column| match column {
        Column::Field(path) => steps == path.steps(),
        Column::List(name) | Column::Map(name) => {
            matches!(steps.first(), Some(Step::Key(key)) if key == name)
        }
        _ => false,
    };
    let at = mapped.header.columns.iter().position(holds);
    let header = at.map(|at| mapped.header_of(at)).filter(|header| !header.is_empty());
    quoted(header.map_or_else(|| registry_column(field), |header| header.trim().to_owned()).as_str())
}

/// The column of the registry that holds a field.
pub(crate) fn registry_column(field: &FieldPath) -> String {
    if let [Step::Key(_), Step::Index(nth), ..] = field.steps() {
        let of_field = EvidenceField::ALL.into_iter().find(|one| one.path(nth + 1) == *field);
        if let Some(one) = of_field {
            return evidence_column(nth + 1, one);
        }
    }
    match field.steps().first() {
        Some(Step::Key(key)) => key.clone(),
        _ => field.to_string(),
    }
}

/// What is wrong with a value.
fn wrong(mapped: &Mapped, field: &FieldPath, text: &str, rule: RuleId) -> String {
    let column = column_name(mapped, field);
    let entry = match field.steps() {
        [Step::Key(map), Step::Key(key)] if matches!(map.as_str(), "facts" | "parts") => Some(key),
        _ => None,
    };
    match (rule.as_str(), entry) {
        ("schema/unknown-value", None) => format!("{} is not a value of {column}", quoted(text)),
        ("schema/unknown-value", Some(key)) => {
            format!("{} is not a value of {} in {column}", quoted(text), quoted(key))
        }
        ("schema/beyond-limit", _) => format!("{column} has more than the limit of a data file"),
        ("schema/bad-format", Some(key)) => format!("{} is not a key in snake_case", quoted(key)),
        ("schema/bad-format", None) => format!("{} does not have the format of {column}", quoted(text)),
        (_, Some(key)) => format!("{} cannot be the value of {} in {column}", quoted(text), quoted(key)),
        (_, None) => format!("{} cannot be the value of {column}", quoted(text)),
    }
}

/// A row lacks what its record must have. Where the table lacks the column, that is a fault of the header.
fn missing(mapped: &Mapped, row: Row<'_>, about: &Subject, field: &FieldPath) -> Fault {
    let name = registry_column(field);
    let column = mapped.header.position(&Column::Field(field.clone())).filter(|at| *at < mapped.width());
    let what = match &about.dimension {
        Some(_) if field.steps().len() == 1 => "a new cell needs",
        Some(_) => "the reading of a source needs",
        None => "a new entry needs",
    };
    match column {
        Some(at) => {
            let message = format!("the row has no `{name}`, which {what}");
            Fault::at(MISSING_VALUE, mapped.at(row, at), message, &format!("write it in the column `{name}`"))
        }
        None => {
            let message = format!("the table has no column `{name}`, which {what}");
            let help = format!("add the column `{name}`");
            Fault::of_table(MISSING_VALUE, mapped.table.whole(), row, message, &help)
        }
    }
}

/// A row states another attempt to read a source in part; the rest would be that of the earlier one.
pub(crate) fn attempt_in_part(mapped: &Mapped, row: Row<'_>, nth: usize, lack: Lack) -> Fault {
    let name = |field| evidence_column(nth + 1, field);
    let (given, lacking) = (name(lack.given), name(lack.lacking));
    let (why, help) = if lack.lacking == EvidenceField::FetchedOn {
        (
            "otherwise it would get the day of the earlier attempt",
            format!("write the day of the new attempt in `{lacking}`"),
        )
    } else {
        (
            "otherwise the earlier copy or report would get that day",
            format!("write in `{lacking}` how the page was read that day"),
        )
    };
    let message = format!("the row gives another `{given}` but no `{lacking}`: {why}");
    let place = mapped.place(row, Some(&lack.given.path(nth + 1)));
    Fault::at(MISSING_VALUE, place, message, &help)
}

/// The owner of what rows without an owner state.
pub(crate) fn nameless(mapped: &Mapped) -> Subject {
    let entity = Entity::File(mapped.table.file.clone());
    match mapped.header.kind {
        Kind::Cells => Subject::cell(entity, "question"),
        Kind::Entities(_) => Subject::entity(entity),
    }
}
