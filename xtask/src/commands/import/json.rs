//! The plan as JSON, for programs and for a comment on a pull request.

use std::io::{self, Write};

use diagnostics::{json, visible};
use import::FieldChange;
use serde_json::{Map, Value, json};
use store::canonical;

use super::Told;

/// Writes the plan and what was found as one document.
pub(super) fn write(out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
    visible::to_writer(out, &document(told))?;
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

fn document(told: &Told<'_>) -> Value {
    let Told { plan, registry, report, .. } = told;
    let (mut added, mut changed, mut conflicts) = (Vec::new(), Vec::new(), Vec::new());
    for one in &plan.entities {
        let entity = one.entity.reference();
        if one.is_new {
            let values = values(one.fields(registry));
            added.push(json!({ "entity": entity, "dimension": null, "values": values }));
        }
        added.extend(one.added.iter().map(|dimension| {
            let fields = one.cell(dimension, registry).map(model::Cell::fields).unwrap_or_default();
            json!({ "entity": entity, "dimension": dimension, "values": values(fields) })
        }));
        changed.extend(one.changed.iter().map(|change| {
            let (old, new) = sides(change);
            json!({
                "entity": entity,
                "dimension": change.dimension,
                "field": change.field.to_string(),
                "old": old,
                "new": new,
            })
        }));
        conflicts.extend(one.conflicts.iter().map(|conflict| {
            let places: Vec<_> = conflict.places.iter().collect();
            json!({ "entity": entity, "dimension": conflict.dimension, "places": places })
        }));
    }
    let left = plan.left();
    let findings: Vec<_> = report.findings.iter().map(json::finding).collect();
    json!({
        "version": 1,
        "added": added,
        "changed": changed,
        "unchanged": plan.unchanged(),
        "conflicts": conflicts,
        "stays": {
            "facts": left.facts,
            "parts": left.parts,
            "evidence": left.evidence,
            "empty_cells": left.empty,
        },
        "findings": findings,
        "summary": {
            "added": plan.added(),
            "changed_fields": plan.changed(),
            "removed_fields": plan.removed(),
            "unchanged": plan.unchanged(),
            "conflicts": plan.conflicts(),
            "errors": report.summary.errors,
            "warnings": report.summary.warnings,
        },
    })
}
