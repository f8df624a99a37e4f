//! What rules about the whole registry see of an entity once its text is dropped.

use std::collections::BTreeMap;

use model::{Allow, Entity, Status};

use crate::EntityContext;

/// All entities of a state of the registry, without their prose.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    /// The entities, by who they are.
    pub entities: BTreeMap<Entity, EntityDigest>,
    /// The allowances of `registry.toml`.
    pub allow: Vec<Allow>,
}

/// One entity without its prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityDigest {
    /// Its stored cells, by dimension.
    pub cells: BTreeMap<String, CellDigest>,
    /// Its allowances.
    pub allow: Vec<Allow>,
}

/// One stored cell without its prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDigest {
    /// Its status, where it could be read.
    pub status: Option<Status>,
}

impl Digest {
    /// Notes an entity.
    pub fn add(&mut self, entity: Entity, digest: EntityDigest) {
        self.entities.insert(entity, digest);
    }
}

impl EntityDigest {
    /// What is kept of an entity.
    pub fn of(context: &EntityContext<'_>) -> Self {
        let cells =
            context.cells().map(|(id, cell)| (id.to_owned(), CellDigest { status: cell.status.get() }));
        Self { cells: cells.collect(), allow: context.allowances().to_vec() }
    }
}
