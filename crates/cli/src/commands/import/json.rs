//! The plan as JSON, for programs and for a comment on a pull request.

use std::io::{self, Write};

use diagnostics::{json, visible};
use import::FieldChange;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};
use store::canonical;

use super::ImportReport;

/// Writes the plan and what was found as one document.
pub(super) fn write(out: &mut dyn Write, shown: &ImportReport<'_>) -> io::Result<()> {
    visible::to_writer(out, shown)?;
    out.write_all(b"\n")
}

/// The fields of what is new.
fn values(fields: Vec<(&str, model::Value)>) -> Value {
    Value::Object(
        fields.into_iter().map(|(key, value)| (key.to_owned(), (&value).into())).collect::<Map<_, _>>(),
    )
}

/// Both sides of a change. Where they would be the same in JSON, such as the numbers 1.10 and 1.1, they are texts as
/// a file writes them.
fn sides(change: &FieldChange) -> (Option<Value>, Option<Value>) {
    let of = |value: &Option<model::Value>| value.as_ref().map(Value::from);
    let (old, new) = (of(&change.old), of(&change.new));
    if old != new {
        return (old, new);
    }
    let written = |value: &Option<model::Value>| value.as_ref().map(|value| canonical::inline(value).into());
    (written(&change.old), written(&change.new))
}

/// A list whose items are made one after the other as they are written: all together they may take more memory than
/// the registry.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for ImportReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ImportReport { plan, report, .. } = self;
        let left = plan.left();
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("version", &1)?;
        document.serialize_entry("added", &Each(|| self.added()))?;
        document.serialize_entry("changed", &Each(|| self.changed()))?;
        document.serialize_entry("unchanged", &plan.unchanged())?;
        document.serialize_entry("conflicts", &Each(|| self.conflicts()))?;
        document.serialize_entry(
            "stays",
            &json!({
                "facts": left.facts,
                "parts": left.parts,
                "evidence": left.evidence,
                "empty_cells": left.empty,
            }),
        )?;
        document.serialize_entry("findings", &Each(|| report.findings.iter().map(json::finding)))?;
        document.serialize_entry(
            "summary",
            &json!({
                "added": plan.added(),
                "changed_fields": plan.changed(),
                "removed_fields": plan.removed(),
                "unchanged": plan.unchanged(),
                "conflicts": plan.conflicts(),
                "errors": report.summary.errors,
                "warnings": report.summary.warnings,
            }),
        )?;
        document.end()
    }
}

impl ImportReport<'_> {
    /// The entities and cells that are new: each entity before its cells.
    fn added(&self) -> impl Iterator<Item = Value> {
        let ImportReport { plan, registry, .. } = *self;
        plan.entities.iter().flat_map(move |one| {
            let added = |dimension: Option<&String>, fields| {
                json!({ "entity": one.entity.reference(), "dimension": dimension, "values": values(fields) })
            };
            let own = one.is_new.then(|| added(None, one.fields(registry)));
            let cells = one.added.iter().map(move |dimension| {
                let fields = one.cell(dimension, registry).map(model::Record::fields);
                added(Some(dimension), fields.unwrap_or_default())
            });
            own.into_iter().chain(cells)
        })
    }

    /// The fields that change.
    fn changed(&self) -> impl Iterator<Item = Value> {
        let changes =
            self.plan.entities.iter().flat_map(|one| one.changed.iter().map(move |change| (one, change)));
        changes.map(|(one, change)| {
            let (old, new) = sides(change);
            json!({
                "entity": one.entity.reference(),
                "dimension": change.dimension,
                "field": change.field.to_string(),
                "old": old,
                "new": new,
            })
        })
    }

    /// What rows cannot be followed about.
    fn conflicts(&self) -> impl Iterator<Item = Value> {
        let conflicts = self
            .plan
            .entities
            .iter()
            .flat_map(|one| one.conflicts.iter().map(move |conflict| (one, conflict)));
        conflicts.map(|(one, conflict)| {
            let entity = one.entity.reference();
            json!({ "entity": entity, "dimension": conflict.dimension, "places": conflict.places })
        })
    }
}
