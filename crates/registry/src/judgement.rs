//! What came of judging a state of the registry, and one entity.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use diagnostics::{Counts, Finding};
use lint::{Digest, EntityDigest, Suppression};
use model::{Entity, RegistryInfo};

/// What came of judging a state of the registry.
pub struct Judgement {
    /// Everything that is wrong and not allowed.
    pub findings: Vec<Finding>,
    /// What is allowed.
    pub held: Vec<Suppression>,
    /// What was looked at.
    pub counts: Counts,
    /// All entities, without their prose.
    pub digest: Digest,
    /// What the registry is.
    pub info: RegistryInfo,
    /// What judging each entity alone has found, where it has found something.
    pub(crate) alone: HashMap<Entity, Vec<Finding>>,
    /// The offerings of which something could not be read.
    pub(crate) partial: BTreeSet<Entity>,
}

impl Judgement {
    /// What came of judging an entity alone, if it was there.
    pub(crate) fn of(&self, entity: &Entity) -> Option<One> {
        let (entity, digest) = self.digest.entities.get_key_value(entity)?;
        Some(One {
            entity: entity.clone(),
            digest: digest.clone(),
            findings: self.alone.get(entity).cloned().unwrap_or_default(),
            is_partial: self.partial.contains(entity),
        })
    }
}

/// What came of judging one entity.
pub(crate) struct One {
    pub(crate) entity: Entity,
    pub(crate) digest: Arc<EntityDigest>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) is_partial: bool,
}
