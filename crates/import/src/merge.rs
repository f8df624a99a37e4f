//! Compares records with the registry, and makes the plan and the registry as it would be.

use std::collections::BTreeMap;

use diagnostics::{Edit, Finding, Location, Place, Severity};
use model::{
    Cell, Entity, Evidence, FieldPath, Offering, Optional, Organization, Platform, Registry, Subject, Value,
};

use crate::places::{Key, TablePlaces};
use crate::plan::{Added, Conflict, FieldChange, Plan};
use crate::record::{Content, Record};
use crate::table::SYNTAX;
use crate::told;

/// Takes over the stated fields of an entity.
macro_rules! overlay {
    ($into:ident, $stated:ident, $($field:ident)+) => {
        $(if $stated.$field.known().is_some() {
            $into.$field = $stated.$field;
        })+
    };
}

/// Merges records into the registry. What a row does not state stays as it is.
pub(crate) fn merge(
    records: Vec<Record>,
    current: &Registry,
    places: &mut TablePlaces,
    findings: &mut Vec<Finding>,
) -> (Plan, Registry) {
    let mut merger = Merger { plan: Plan::default(), next: current.clone(), current };
    let records = merger.unique(records, findings);
    // Entities first: a cell may belong to one that the same import brings.
    let (entities, cells): (Vec<_>, Vec<_>) =
        records.into_iter().partition(|(_, record)| !matches!(record.content, Content::Cell(..)));
    for (key, record) in entities.into_iter().chain(cells) {
        places.insert(key, record.origin.clone());
        merger.take(record, findings);
    }
    (merger.plan, merger.next)
}

struct Merger<'a> {
    plan: Plan,
    next: Registry,
    current: &'a Registry,
}

impl Merger<'_> {
    /// The records by what they are about, in the order of the registry. Two that are about the same
    /// are a conflict, unless different files say the same.
    fn unique(&mut self, records: Vec<Record>, findings: &mut Vec<Finding>) -> BTreeMap<Key, Record> {
        let mut unique: BTreeMap<Key, Record> = BTreeMap::new();
        for record in records {
            let dimension = match &record.content {
                Content::Cell(dimension, _) => Some(dimension.clone()),
                _ => None,
            };
            let key = (record.entity.clone(), dimension);
            let Some(first) = unique.get(&key) else {
                unique.insert(key, record);
                continue;
            };
            if first.content == record.content && first.origin.file() != record.origin.file() {
                continue;
            }
            let whole = FieldPath::default();
            let places = vec![first.origin.cell(&whole), record.origin.cell(&whole)];
            let subject = Subject { entity: key.0.clone(), dimension: key.1.clone(), field: None };
            let what = match &key.1 {
                Some(dimension) => format!("cell `{dimension}` of {}", key.0),
                None => key.0.to_string(),
            };
            let message = format!("{what} stands in two rows");
            let mut finding = Finding::new(SYNTAX, Severity::Error, subject.clone(), message)
                .help("keep one of the rows")
                .related(subject, "first here");
            finding.related[0].location = Some(Location::Table(places[0].clone()));
            findings.push(told(finding, places[1].clone()));
            self.plan.conflicts.push(Conflict { entity: key.0, dimension: key.1, places });
        }
        unique
    }

    fn take(&mut self, record: Record, findings: &mut Vec<Finding>) {
        let entity = record.entity.clone();
        let id = entity.id().to_owned();
        let (dimension, old, new) = match record.content {
            Content::Organization(stated) => {
                let old = self.current.organizations.get(&id).map(Organization::fields);
                let merged = self.next.organizations.entry(id).or_default();
                overlay!(merged, stated, id name former_ids homepage domains);
                (None, old, merged.fields())
            }
            Content::Platform(stated) => {
                let old = self.current.platforms.get(&id).map(Platform::fields);
                let merged = self.next.platforms.entry(id).or_default();
                overlay!(merged, stated, id name former_ids operator);
                (None, old, merged.fields())
            }
            Content::Offering(stated) => {
                let old = self.current.offerings.get(&id).map(Offering::fields);
                let merged = self.next.offerings.entry(id).or_default();
                overlay!(merged, stated, id name former_ids developer platform category model_family summary);
                (None, old, merged.fields())
            }
            Content::Cell(dimension, stated) => {
                let Some(cells) = self.cells(&entity) else {
                    let subject = Subject::entity(entity.clone());
                    let ids = self.ids(&entity);
                    let help = match diagnostics::closest(&id, ids.iter().map(String::as_str)) {
                        Some(meant) => format!("did you mean `{}:{meant}`?", entity.kind()),
                        None => {
                            format!("import the {} too, or write the id of one that exists", entity.kind())
                        }
                    };
                    let message = format!("there is no {} `{}`", entity.kind(), diagnostics::printable(&id));
                    let finding =
                        Finding::new(SYNTAX, Severity::Error, Place::from(subject), message).help(help);
                    findings.push(told(finding, record.origin.cell(&FieldPath::default())));
                    return;
                };
                if !matches!(cells, Optional::Known(_)) {
                    *cells = Optional::Known(BTreeMap::new());
                }
                let Optional::Known(cells) = cells else { return };
                let Ok(key) = dimension.parse() else { return };
                let old = cells.get(&key).map(Cell::fields);
                let merged = cells.entry(key).or_default();
                overlay_cell(merged, *stated);
                (Some(dimension), old, merged.fields())
            }
        };
        self.compare(entity, dimension, old, new, record.lacks, findings);
    }

    /// The cells of an entity of the registry as it would be.
    fn cells(&mut self, entity: &Entity) -> Option<&mut Optional<BTreeMap<model::DimensionId, Cell>>> {
        match entity {
            Entity::Organization(id) => self.next.organizations.get_mut(id).map(|one| &mut one.cells),
            Entity::Platform(id) => self.next.platforms.get_mut(id).map(|one| &mut one.cells),
            Entity::Offering(id) => self.next.offerings.get_mut(id).map(|one| &mut one.cells),
            _ => None,
        }
    }

    fn ids(&self, entity: &Entity) -> Vec<String> {
        match entity {
            Entity::Organization(_) => self.next.organizations.keys().cloned().collect(),
            Entity::Platform(_) => self.next.platforms.keys().cloned().collect(),
            _ => self.next.offerings.keys().cloned().collect(),
        }
    }

    fn compare(
        &mut self,
        entity: Entity,
        dimension: Option<String>,
        old: Option<Vec<(&'static str, Value)>>,
        new: Vec<(&'static str, Value)>,
        lacks: Vec<Finding>,
        findings: &mut Vec<Finding>,
    ) {
        let subject = Subject { entity: entity.clone(), dimension: dimension.clone(), field: None };
        let Some(old) = old else {
            findings.extend(lacks);
            match &dimension {
                Some(_) => {
                    let fields = new.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
                    self.plan.edits.push(Edit::Set(subject, Value::Table(fields)));
                }
                None => self
                    .plan
                    .edits
                    .extend(new.into_iter().map(|(key, value)| Edit::Set(subject.clone().with(key), value))),
            }
            self.plan.added.push(Added { entity, dimension });
            return;
        };
        let (old, new) = (leaves(old), leaves(new));
        let before = self.plan.changed.len();
        for (field, value) in new {
            let stood = old.iter().find(|(path, _)| *path == field).map(|(_, value)| value);
            if stood == Some(&value) {
                continue;
            }
            self.plan.edits.push(Edit::Set(subject.clone().with(field.clone()), value.clone()));
            let (entity, dimension, old) = (entity.clone(), dimension.clone(), stood.cloned());
            self.plan.changed.push(FieldChange { entity, dimension, field, old, new: value });
        }
        if self.plan.changed.len() == before {
            self.plan.unchanged += 1;
        }
    }
}

fn overlay_cell(into: &mut Cell, mut stated: Cell) {
    if let (Some(old), Optional::Known(new)) = (into.facts.known().cloned(), &mut stated.facts) {
        for (key, value) in old {
            new.entry(key).or_insert(value);
        }
    }
    if let (Some(old), Optional::Known(new)) = (into.parts.known().cloned(), &mut stated.parts) {
        for (key, value) in old {
            new.entry(key).or_insert(value);
        }
    }
    if let (Some(old), Optional::Known(new)) = (into.evidence.known().cloned(), &mut stated.evidence) {
        let stated = std::mem::take(new);
        *new = overlay_evidence(old, stated);
    }
    overlay!(into, stated, status confidence confidence_reasons headline note tier route default geography
        geography_note verified_on override_reason parts facts evidence);
}

/// The n-th stated evidence is about the n-th stored one; those beyond stay.
fn overlay_evidence(mut stored: Vec<Evidence>, stated: Vec<Evidence>) -> Vec<Evidence> {
    for (at, new) in stated.into_iter().enumerate() {
        let Some(old) = stored.get_mut(at) else {
            stored.push(new);
            continue;
        };
        if let (Some(before), Optional::Known(fetch)) = (old.fetch.known().cloned(), &new.fetch) {
            let mut merged = before;
            let fetch = fetch.clone();
            overlay!(merged, fetch, outcome on http_status);
            old.fetch = Optional::Known(merged);
        } else if new.fetch.known().is_some() {
            old.fetch = new.fetch.clone();
        }
        overlay!(old, new, url title role quote archived_url);
    }
    stored
}

/// Every field as one value a path: facts, parts and evidence taken apart, lists of texts whole.
fn leaves(fields: Vec<(&'static str, Value)>) -> Vec<(FieldPath, Value)> {
    fn walk(path: FieldPath, value: Value, out: &mut Vec<(FieldPath, Value)>) {
        match value {
            Value::Table(entries) => {
                for (key, value) in entries {
                    walk(path.clone().key(key), value, out);
                }
            }
            Value::List(items) if matches!(items.first(), Some(Value::Table(_))) => {
                for (at, item) in items.into_iter().enumerate() {
                    walk(path.clone().index(at), item, out);
                }
            }
            value => out.push((path, value)),
        }
    }
    let mut out = Vec::new();
    fields.into_iter().for_each(|(key, value)| walk(FieldPath::of(key), value, &mut out));
    out
}
