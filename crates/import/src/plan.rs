//! The plan of an import: what it would change.

pub(crate) mod about;
pub(crate) mod compare;
pub(crate) mod evidence;
pub(crate) mod faults;
pub(crate) mod known;
pub(crate) mod merge;
pub(crate) mod overlay;
pub(crate) mod owners;
pub(crate) mod places;
pub(crate) mod put;
pub(crate) mod rows;
pub(crate) mod stated;
pub(crate) mod statement;
pub(crate) mod stray;

use std::fmt;
use std::ops::AddAssign;

use diagnostics::{Edit, TableCell};
use model::{Cell, Entity, FieldPath, Record as _, Registry, Subject, Value};

/// What an import would change, entity by entity in the order of the registry.
#[derive(Debug, Default)]
pub struct Plan {
    /// The entities that the tables are about.
    pub entities: Vec<EntityPlan>,
}

/// What an import would change of one entity.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityPlan {
    /// The entity.
    pub entity: Entity,
    /// Whether it is new.
    pub is_new: bool,
    /// The dimensions of the cells that are new.
    pub added: Vec<String>,
    /// The fields that change, one entry each.
    pub changed: Vec<FieldChange>,
    /// How many rows say what the registry says already.
    pub unchanged: usize,
    /// What the rows leave out of its cells and fields, and stays.
    pub left: Left,
    /// Rows that cannot be applied: several are about the same, or a review contradicts one.
    pub conflicts: Vec<Conflict>,
}

/// What rows leave out of what the registry holds, and stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// The facts that the column `facts` does not name.
    pub facts: usize,
    /// The parts that the column `parts` does not name.
    pub parts: usize,
    /// The evidence whose addresses the columns do not name.
    pub evidence: usize,
    /// The fields whose cells are empty.
    pub empty: usize,
    /// The first of the fields whose cells are empty: "soc2_type2.headline of offering acme-chat".
    pub empty_named: Vec<String>,
    /// The first of the facts, parts and evidence: their keys and addresses.
    pub named: Vec<String>,
}

/// The most facts, parts and evidence, and the most fields, that are named.
const NAMED: usize = 5;

impl Left {
    /// Counts a field whose cell is empty, and names it, if not enough are named yet.
    pub(crate) fn keep(&mut self, field: impl fmt::Display) {
        self.empty += 1;
        if self.empty_named.len() < NAMED {
            self.empty_named.push(field.to_string());
        }
    }

    /// Names a fact, part or evidence, if not enough are named yet.
    pub(crate) fn name(&mut self, name: &str) {
        if self.named.len() < NAMED {
            self.named.push(name.to_owned());
        }
    }
}

impl AddAssign for Left {
    fn add_assign(&mut self, other: Self) {
        self.facts += other.facts;
        self.parts += other.parts;
        self.evidence += other.evidence;
        self.empty += other.empty;
        let room = NAMED.saturating_sub(self.empty_named.len());
        self.empty_named.extend(other.empty_named.into_iter().take(room));
        other.named.iter().for_each(|name| self.name(name));
    }
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The cell; none for a field of the entity itself.
    pub dimension: Option<String>,
    /// The field.
    pub field: FieldPath,
    /// The current value.
    pub old: Option<Value>,
    /// The new value; `None` if the field is cleared.
    pub new: Option<Value>,
}

/// An entity or cell whose rows cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The cell; none for the entity itself.
    pub dimension: Option<String>,
    /// The rows.
    pub places: Vec<TableCell>,
}

impl Plan {
    /// How many entities and cells are new.
    pub fn added(&self) -> usize {
        self.entities.iter().map(|one| usize::from(one.is_new) + one.added.len()).sum()
    }

    /// How many fields change.
    pub fn changed(&self) -> usize {
        self.entities.iter().map(|one| one.changed.len()).sum()
    }

    /// How many of these fields are removed.
    pub fn removed(&self) -> usize {
        let removed = |one: &EntityPlan| one.changed.iter().filter(|change| change.new.is_none()).count();
        self.entities.iter().map(removed).sum()
    }

    /// What the rows leave out of what the registry holds, and stays.
    pub fn left(&self) -> Left {
        let mut left = Left::default();
        self.entities.iter().for_each(|one| left += one.left.clone());
        left
    }

    /// How many rows say what the registry says already.
    pub fn unchanged(&self) -> usize {
        self.entities.iter().map(|one| one.unchanged).sum()
    }

    /// How many entities and cells have rows that cannot be followed.
    pub fn conflicts(&self) -> usize {
        self.entities.iter().map(|one| one.conflicts.len()).sum()
    }

    /// Returns whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.entities.iter().all(EntityPlan::is_empty)
    }
}

impl EntityPlan {
    pub(crate) fn new(entity: Entity) -> Self {
        Self {
            entity,
            is_new: false,
            added: Vec::new(),
            changed: Vec::new(),
            unchanged: 0,
            left: Left::default(),
            conflicts: Vec::new(),
        }
    }

    /// Returns whether nothing of the entity would change.
    pub fn is_empty(&self) -> bool {
        !self.is_new && self.added.is_empty() && self.changed.is_empty()
    }

    /// A cell of the entity in a registry.
    pub fn cell<'r>(&self, dimension: &str, registry: &'r Registry) -> Option<&'r Cell> {
        match &self.entity {
            Entity::Organization(id) => registry.organizations.get(id)?.cell(dimension),
            Entity::Platform(id) => registry.platforms.get(id)?.cell(dimension),
            Entity::Offering(id) => registry.offerings.get(id)?.cell(dimension),
            _ => None,
        }
    }

    /// The entity's own fields in a registry.
    pub fn fields(&self, registry: &Registry) -> Vec<(&'static str, Value)> {
        let id = self.entity.id();
        let fields = match &self.entity {
            Entity::Organization(_) => registry.organizations.get(id).map(|one| one.fields()),
            Entity::Platform(_) => registry.platforms.get(id).map(|one| one.fields()),
            _ => registry.offerings.get(id).map(|one| one.fields()),
        };
        fields.unwrap_or_default()
    }

    /// The edits that make the change in the file of an entity that is there. `registry` is as it would
    /// be.
    pub fn edits(&self, registry: &Registry) -> Vec<Edit> {
        let added = self.added.iter().filter_map(|dimension| {
            let fields = self
                .cell(dimension, registry)?
                .fields()
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value));
            Some(Edit::Set(Subject::cell(self.entity.clone(), dimension), Value::Table(fields.collect())))
        });
        let edit = |change: &FieldChange| {
            let (entity, dimension) = (self.entity.clone(), change.dimension.clone());
            let subject = Subject { entity, dimension, field: Some(change.field.clone()) };
            match &change.new {
                Some(value) => Edit::Set(subject, value.clone()),
                None => Edit::Remove(subject),
            }
        };
        let (set, removed): (Vec<_>, Vec<_>) = self.changed.iter().partition(|change| change.new.is_some());
        // What a cell gets comes before the next cell; items go from the end of their list, so that each index
        // is still true.
        let set = set.into_iter().map(edit);
        set.chain(added).chain(removed.into_iter().rev().map(edit)).collect()
    }
}
