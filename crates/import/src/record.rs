//! Rows as records: what each says, judged by the structure of the data files.

use std::sync::Arc;

use diagnostics::{Finding, RuleId, TableCell, closest, quoted};
use model::tabular::{read_facts, read_list};
use model::{Cell, DimensionId, Document, Entity, FieldPath, Offering, Organization, Platform, Step, Value};
use store::{Judged, judge_record, structural_findings};

use crate::grid::Row;
use crate::header::{Column, Header, Kind};
use crate::table::{Table, fault};
use crate::told;
use crate::typed::{Misfit, misfit};

const BAD_FORMAT: RuleId = RuleId("schema/bad-format");
const MISSING_KEY: RuleId = RuleId("schema/missing-key");

/// The row from which a record comes.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    table: Arc<(Table, Header)>,
    row: usize,
}

impl Origin {
    /// The table cell of a field: its column, else that of the nearest thing around it, else the row.
    pub(crate) fn cell(&self, field: &FieldPath) -> TableCell {
        let (table, header) = &*self.table;
        let row = table.grid.row(self.row);
        let fits = |column: &Column| match column {
            Column::Field(path) => field.steps().starts_with(path.steps()),
            Column::List(name) | Column::Map(name) => {
                field.steps().first() == Some(&Step::Key((*name).to_owned()))
            }
            Column::Owner => field.steps().is_empty(),
            _ => false,
        };
        let around = |column: &Column| matches!(column, Column::Field(path) if !field.steps().is_empty() && path.steps().starts_with(field.steps()));
        let column = header.columns.iter().position(fits).or_else(|| header.columns.iter().position(around));
        match column {
            Some(column) => table.cell(row, column),
            None => table.row(row),
        }
    }

    /// The file of the row.
    pub(crate) fn file(&self) -> &str {
        &self.table.0.file
    }
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Organization(Organization),
    Platform(Platform),
    Offering(Offering),
    Cell(String, Box<Cell>),
}

/// A row with whom it is about.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) entity: Entity,
    pub(crate) content: Content,
    pub(crate) origin: Origin,
    /// Keys that the structure demands and the table does not give; a fault only where the entity is
    /// new.
    pub(crate) lacks: Vec<Finding>,
}

/// The records of a table.
pub(crate) fn read(table: Table, header: Header, findings: &mut Vec<Finding>) -> Vec<Record> {
    let shared = Arc::new((table, header));
    let (table, header) = &*shared;
    let mut records = Vec::new();
    for row in table.rows().filter(|row| !row.is_blank()) {
        let origin = Origin { table: shared.clone(), row: row.index() };
        records.extend(Reader { table, header, row, findings }.record(origin));
    }
    records
}

struct Reader<'a> {
    table: &'a Table,
    header: &'a Header,
    row: Row<'a>,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn record(&mut self, origin: Origin) -> Option<Record> {
        let (document, entity, dimension) = match self.header.kind {
            Kind::Cells => {
                let (entity, dimension) = (self.owner(), self.dimension());
                let entity = entity?;
                (Document::Offering, entity, Some(dimension?))
            }
            Kind::Entities(document) => {
                let id = self.text_of(&Column::Field("id".into())).to_owned();
                let entity = match document {
                    Document::Organization => Entity::Organization(id),
                    Document::Platform => Entity::Platform(id),
                    _ => Entity::Offering(id),
                };
                (document, entity, None)
            }
        };
        let (fields, whole) = self.fields();
        let (content, refused) = match (&dimension, document) {
            (Some(dimension), _) => {
                wrap(judge_record(&fields), |cell| Content::Cell(dimension.clone(), Box::new(cell)))
            }
            (None, Document::Organization) => wrap(judge_record(&fields), Content::Organization),
            (None, Document::Platform) => wrap(judge_record(&fields), Content::Platform),
            (None, _) => wrap(judge_record(&fields), Content::Offering),
        };
        let mut lacks = Vec::new();
        if let Some(json) = refused {
            let json = match &dimension {
                Some(dimension) => serde_json::json!({ "cells": { dimension.as_str(): json } }),
                None => json,
            };
            for finding in structural_findings(document, &entity, &json) {
                let subject = &finding.place.subject;
                if subject.dimension != dimension {
                    continue;
                }
                let cell = origin.cell(subject.field.as_ref().unwrap_or(&FieldPath::default()));
                if finding.rule == MISSING_KEY
                    && subject.field.as_ref().is_some_and(|field| field.steps().len() == 1)
                {
                    lacks.push(told(Finding { fix: None, ..finding }, cell));
                } else {
                    self.findings.push(told(Finding { fix: None, ..finding }, cell));
                }
            }
        }
        whole.then_some(Record { entity, content, origin, lacks })
    }

    fn text_of(&self, column: &Column) -> &str {
        self.header.position(column).map_or("", |at| self.row.text(at).trim())
    }

    /// The owner: `offering:ID`, `platform:ID`, `organization:ID`, or the bare id of an offering.
    fn owner(&mut self) -> Option<Entity> {
        let at = self.header.position(&Column::Owner)?;
        let text = self.row.text(at).trim().to_owned();
        let (kind, id) = text.split_once(':').unwrap_or(("offering", &text));
        let owned = id.to_owned();
        let entity = match kind {
            _ if id.parse::<model::OfferingId>().is_err() => None,
            "offering" => Some(Entity::Offering(owned)),
            "platform" => Some(Entity::Platform(owned)),
            "organization" => Some(Entity::Organization(owned)),
            _ => None,
        };
        if entity.is_none() {
            let help = match closest(kind, ["offering", "platform", "organization"]) {
                Some(meant) if meant != kind => {
                    format!("write `{meant}:ID`, with the id {}", model::OfferingId::FORM)
                }
                _ => format!(
                    "write `offering:ID`, `platform:ID` or `organization:ID`, with the id in {}",
                    model::OfferingId::FORM
                ),
            };
            self.fault(BAD_FORMAT, at, format!("{} names no owner", quoted(&text)), &help);
        }
        entity
    }

    fn dimension(&mut self) -> Option<String> {
        let at = self.header.position(&Column::Dimension)?;
        let text = self.row.text(at).trim().to_owned();
        if text.parse::<DimensionId>().is_err() {
            self.fault(
                BAD_FORMAT,
                at,
                format!("{} is no id of a dimension", quoted(&text)),
                &format!("write it in {}", DimensionId::FORM),
            );
            return None;
        }
        Some(text)
    }

    fn fault(&mut self, rule: RuleId, column: usize, message: String, help: &str) {
        self.findings.push(fault(rule, self.table.cell(self.row, column), message, help));
    }

    /// The fields that the row states, as the table of a data file, and whether that is all of them. An
    /// empty text states nothing.
    fn fields(&mut self) -> (Value, bool) {
        let mut fields = Value::Table(Vec::new());
        let mut whole = true;
        for cell in self.row.cells() {
            let (at, text) = (cell.column, cell.text);
            let column = &self.header.columns[at];
            if matches!(column, Column::Remark) {
                continue;
            }
            if let Some(Misfit { rule, message, help }) = misfit(&cell, column.wanted()) {
                self.fault(rule, at, message, help);
                whole = false;
                continue;
            }
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
                Ok(values) => {
                    values.into_iter().for_each(|(path, value)| put(&mut fields, path.steps(), value))
                }
                Err(error) => {
                    let character = text[..error.at.start].chars().count() + 1;
                    let message = format!("{} (at character {character})", error.what);
                    let help =
                        "facts and parts read `key=value; key=value`, lists have commas between their items";
                    self.fault(BAD_FORMAT, at, message, help);
                    whole = false;
                }
            }
        }
        (fields, whole)
    }
}

fn wrap<T>(judged: Judged<T>, content: impl FnOnce(T) -> Content) -> (Content, Option<serde_json::Value>) {
    (content(judged.value), judged.refused)
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
