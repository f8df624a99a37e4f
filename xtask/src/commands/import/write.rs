//! The texts that a plan gives the data files.

use std::collections::HashSet;

use import::{EntityPlan, Plan};
use model::{Entity, Registry, Value};
use store::{Editor, Source, Write, canonical, document_of};

use crate::Failure;
use crate::folder::Folder;

/// The texts that the plan gives its files. `registry` is as it would be.
pub(super) fn writes(folder: &Folder, plan: &Plan, registry: &Registry) -> Result<Vec<Write>, Failure> {
    let existing: HashSet<String> = folder.tree.list()?.into_iter().collect();
    let mut writes = Vec::new();
    for one in plan.entities.iter().filter(|one| !one.is_empty()) {
        let path = one.entity.file();
        let Some(document) = document_of(&path) else { continue };
        if !existing.contains(&path) {
            let after = canonical::file(document, &new_file(one, registry)).into_bytes();
            writes.push(Write { path, before: None, after });
            continue;
        }
        let unchangeable = |reason: String| Failure::Usage(format!("{path}: {reason}: nothing was written"));
        let bytes = folder.tree.read(&path)?.map_err(&unchangeable)?;
        let text = String::from_utf8(bytes).map_err(|error| unchangeable(error.to_string()))?;
        let edited = Editor::new(document, &registry.dimensions).apply(&text, &one.edits(registry));
        let edited = edited.map_err(|error| unchangeable(error.to_string()))?;
        writes.push(Write { path, before: Some(text.into_bytes()), after: edited.into_bytes() });
    }
    Ok(writes)
}

/// The fields of a new file: the entity's own, then its cells in the order of the dimensions.
fn new_file(plan: &EntityPlan, registry: &Registry) -> Vec<(String, Value)> {
    let named = |fields: Vec<(&str, Value)>| {
        fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Vec<_>>()
    };
    let id = plan.entity.id();
    let (fields, cells) = match &plan.entity {
        Entity::Organization(_) => {
            registry.organizations.get(id).map(|one| (one.fields(), &one.cells)).unzip()
        }
        Entity::Platform(_) => registry.platforms.get(id).map(|one| (one.fields(), &one.cells)).unzip(),
        _ => registry.offerings.get(id).map(|one| (one.fields(), &one.cells)).unzip(),
    };
    let mut fields = named(fields.unwrap_or_default());
    let cells = cells.and_then(|cells| cells.known()).into_iter().flatten();
    let mut cells: Vec<_> =
        cells.map(|(id, cell)| (id.to_string(), Value::Table(named(cell.fields())))).collect();
    let place = |id: &str| {
        registry.dimensions.iter().position(|dimension| dimension.id.text() == id).unwrap_or(usize::MAX)
    };
    cells.sort_by_key(|(id, _)| place(id));
    if !cells.is_empty() {
        fields.push(("cells".to_owned(), Value::Table(cells)));
    }
    fields
}
