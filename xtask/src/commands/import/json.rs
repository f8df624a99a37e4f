//! The plan as JSON, for programs and for a comment on a pull request.

use std::io::{self, Write};

use diagnostics::{Report, json};
use import::Plan;
use serde_json::{Value, json};

/// Writes the plan and what was found as one document.
pub(super) fn write(out: &mut dyn Write, plan: &Plan, report: &Report) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &document(plan, report))?;
    out.write_all(b"\n")
}

fn document(plan: &Plan, report: &Report) -> Value {
    let (mut added, mut changed, mut conflicts) = (Vec::new(), Vec::new(), Vec::new());
    for one in &plan.entities {
        let entity = one.entity.reference();
        let cells = one.added.iter().map(Some);
        let new = one.is_new.then_some(None).into_iter().chain(cells);
        added.extend(new.map(|dimension| json!({ "entity": entity, "dimension": dimension })));
        changed.extend(one.changed.iter().map(|change| {
            json!({
                "entity": entity,
                "dimension": change.dimension,
                "field": change.field.to_string(),
                "old": change.old.as_ref().map(Value::from),
                "new": change.new.as_ref().map(Value::from),
            })
        }));
        conflicts.extend(one.conflicts.iter().map(|conflict| {
            let places: Vec<_> = conflict.places.iter().collect();
            json!({ "entity": entity, "dimension": conflict.dimension, "places": places })
        }));
    }
    let findings: Vec<_> = report.findings.iter().map(json::finding).collect();
    json!({
        "version": 1,
        "added": added,
        "changed": changed,
        "unchanged": plan.unchanged(),
        "conflicts": conflicts,
        "findings": findings,
        "summary": {
            "added": plan.added(),
            "changed_fields": plan.changed(),
            "unchanged": plan.unchanged(),
            "conflicts": plan.conflicts(),
            "errors": report.summary.errors,
            "warnings": report.summary.warnings,
        },
    })
}
