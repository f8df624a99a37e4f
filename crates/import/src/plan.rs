//! What an import would change.

pub(crate) mod compare;
pub(crate) mod fields;
pub(crate) mod merge;
pub(crate) mod places;
pub(crate) mod rows;
pub(crate) mod structure;

use diagnostics::{Edit, TableCell};
use model::{Cell, Entity, FieldPath, Registry, Subject, Value};

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
    /// Where rows cannot be followed: several are about the same, or a review stands against one.
    pub conflicts: Vec<Conflict>,
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The cell; none for a field of the entity itself.
    pub dimension: Option<String>,
    /// The field.
    pub field: FieldPath,
    /// What stands there now.
    pub old: Option<Value>,
    /// What would stand there; none where the field is cleared.
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

    /// How many rows say what the registry says already.
    pub fn unchanged(&self) -> usize {
        self.entities.iter().map(|one| one.unchanged).sum()
    }

    /// How many entities and cells have rows that cannot be followed.
    pub fn conflicts(&self) -> usize {
        self.entities.iter().map(|one| one.conflicts.len()).sum()
    }

    /// Whether nothing would change.
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
            conflicts: Vec::new(),
        }
    }

    /// Whether nothing of the entity would change.
    pub fn is_empty(&self) -> bool {
        !self.is_new && self.added.is_empty() && self.changed.is_empty()
    }

    /// The edits that make the change in the file of an entity that is there. `registry` is as it would
    /// be.
    pub fn edits(&self, registry: &Registry) -> Vec<Edit> {
        let cell = |dimension: &str| -> Option<&Cell> {
            match &self.entity {
                Entity::Organization(id) => registry.organizations.get(id)?.cell(dimension),
                Entity::Platform(id) => registry.platforms.get(id)?.cell(dimension),
                Entity::Offering(id) => registry.offerings.get(id)?.cell(dimension),
                _ => None,
            }
        };
        let added = self.added.iter().filter_map(|dimension| {
            let fields = cell(dimension)?.fields().into_iter().map(|(key, value)| (key.to_owned(), value));
            Some(Edit::Set(Subject::cell(self.entity.clone(), dimension), Value::Table(fields.collect())))
        });
        // Items go from the end of their list, so that each index is still true.
        let (set, removed): (Vec<_>, Vec<_>) = self.changed.iter().partition(|change| change.new.is_some());
        let changed = set.into_iter().chain(removed.into_iter().rev()).map(|change| {
            let (entity, dimension) = (self.entity.clone(), change.dimension.clone());
            let subject = Subject { entity, dimension, field: Some(change.field.clone()) };
            match &change.new {
                Some(value) => Edit::Set(subject, value.clone()),
                None => Edit::Remove(subject),
            }
        });
        added.chain(changed).collect()
    }
}
