//! The texts that a plan gives the data files.

use std::collections::HashSet;

use diagnostics::{Finding, Severity, quoted};
use import::{EntityPlan, Plan, UNREADABLE};
use model::{Entity, Record as _, Registry, Subject, Value};
use rayon::prelude::*;
use store::{Editor, Source, Write, canonical, document_of, format};

use crate::Failure;
use crate::folder::Folder;

/// The files that a plan writes.
pub(super) struct Writes<'a> {
    /// The registry as it would be.
    registry: &'a Registry,
    edited: Vec<Write>,
    /// The entities that are new. Nothing can keep their files from being made, and made all at once they would take as
    /// much memory as the plan.
    new: Vec<&'a EntityPlan>,
}

/// How many new files are made at a time.
const BATCH: usize = 64;

impl<'a> Writes<'a> {
    /// The files of a plan, and what cannot be changed as planned.
    pub(super) fn of(
        folder: &Folder,
        plan: &'a Plan,
        registry: &'a Registry,
    ) -> Result<(Self, Vec<Finding>), Failure> {
        let existing: HashSet<String> = folder.tree.list()?.into_iter().collect();
        let (old, new): (Vec<_>, Vec<_>) = plan
            .entities
            .iter()
            .filter(|one| !one.is_empty())
            .partition(|one| existing.contains(&one.entity.file()));
        let edits: Result<Vec<_>, Failure> = old
            .par_iter()
            .map(|one| Ok(edited(folder, one, registry)?.map_err(|reason| refused(&one.entity, &reason))))
            .collect();
        let (mut edited, mut findings) = (Vec::new(), Vec::new());
        for edit in edits? {
            match edit {
                Ok(write) => edited.extend(write),
                Err(finding) => findings.push(finding),
            }
        }
        Ok((Self { registry, edited, new }, findings))
    }

    pub(super) fn len(&self) -> usize {
        self.edited.len() + self.new.len()
    }

    /// The files, the new ones made a batch at a time.
    pub(super) fn each(self) -> impl Iterator<Item = Write> {
        let Self { registry, edited, new: entities } = self;
        let mut entities = entities.into_iter();
        let batches = std::iter::from_fn(move || {
            let batch: Vec<_> = entities.by_ref().take(BATCH).collect();
            (!batch.is_empty()).then_some(batch)
        });
        let made = move |batch: Vec<&EntityPlan>| -> Vec<Write> {
            batch.into_par_iter().filter_map(|one| new(one, registry)).collect()
        };
        edited.into_iter().chain(batches.flat_map(made))
    }
}

/// A file for an entity that is new.
fn new(one: &EntityPlan, registry: &Registry) -> Option<Write> {
    let path = one.entity.file();
    let after = canonical::file(document_of(&path)?, &new_file(one, registry)).into_bytes();
    Some(Write { path, before: None, after: Some(after) })
}

/// The file of an entity as the plan changes it, or why it cannot be changed so.
fn edited(
    folder: &Folder,
    one: &EntityPlan,
    registry: &Registry,
) -> Result<Result<Option<Write>, String>, Failure> {
    let path = one.entity.file();
    let Some(document) = document_of(&path) else { return Ok(Ok(None)) };
    let text = folder
        .tree
        .read(&path)?
        .map_err(|reason| reason.to_string())
        .and_then(|bytes| String::from_utf8(bytes).map_err(|error| error.to_string()));
    let after = text.and_then(|text| {
        let edited = Editor::new(document, &registry.dimensions).apply(&text, &one.edits(registry));
        let edited = edited.map_err(|error| error.reason.to_string())?;
        Ok((text, edited))
    });
    Ok(after.map(|(before, after)| {
        let after = laid_out(&before, after, |text| format(document, &registry.dimensions, text).ok());
        Some(Write { path, before: Some(before.into_bytes()), after: Some(after.into_bytes()) })
    }))
}

/// A text in canonical form, where it was so before the edit.
fn laid_out(before: &str, after: String, format: impl Fn(&str) -> Option<String>) -> String {
    match format(&after) {
        Some(formatted) if formatted != after && format(before).is_some_and(|text| text == before) => {
            formatted
        }
        _ => after,
    }
}

fn refused(entity: &Entity, reason: &str) -> Finding {
    let message = format!("{} cannot be changed as planned: {reason}", quoted(&entity.file()));
    let help = "fix the file, or make the change there by hand";
    Finding::new(UNREADABLE, Severity::Error, Subject::entity(entity.clone()), message).with_help(help)
}

/// Says of the rows about files that could not be read why that is.
pub(super) fn explain(findings: &mut [Finding], structural: &[Finding]) {
    if structural.is_empty() {
        return;
    }
    for finding in findings.iter_mut().filter(|finding| finding.rule == UNREADABLE) {
        let about = |one: &&Finding| one.place.subject.entity == finding.place.subject.entity;
        let of_whole = structural.iter().filter(about).find(|one| one.place.subject.dimension.is_none());
        if let Some(reason) = of_whole.or_else(|| structural.iter().find(about)) {
            finding.message = format!("{}: {}", finding.message, reason.message);
        }
    }
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
