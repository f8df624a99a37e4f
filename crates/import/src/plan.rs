//! What an import would change.

use diagnostics::{Edit, TableCell};
use model::{Entity, FieldPath, Value};

/// What an import would change, in the order of the registry.
#[derive(Debug, Default)]
pub struct Plan {
    /// Entities and cells that are new.
    pub added: Vec<Added>,
    /// Fields that change, one entry each.
    pub changed: Vec<FieldChange>,
    /// Rows that say what the registry says already.
    pub unchanged: usize,
    /// Entities and cells for which several rows say different things.
    pub conflicts: Vec<Conflict>,
    /// The edits that make it so.
    pub edits: Vec<Edit>,
}

/// An entity, or a cell of one, that is new.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Added {
    /// The entity.
    pub entity: Entity,
    /// The cell; none when the entity itself is new.
    pub dimension: Option<String>,
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The entity.
    pub entity: Entity,
    /// The cell; none for a field of the entity itself.
    pub dimension: Option<String>,
    /// The field.
    pub field: FieldPath,
    /// What stands there now.
    pub old: Option<Value>,
    /// What would stand there.
    pub new: Value,
}

/// An entity or cell for which several rows say different things.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The entity.
    pub entity: Entity,
    /// The cell; none for the entity itself.
    pub dimension: Option<String>,
    /// The rows.
    pub places: Vec<TableCell>,
}
