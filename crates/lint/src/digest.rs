//! The digest of an entity: the data for rules about the whole registry, after its text is dropped.

mod by_dimension;
pub(crate) mod details;
mod entity;
mod lookup;
mod notes;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use model::{Allow, Dimensions, Entity, Level, Optional, RegistryInfo, Retired};

use crate::Fate;
use crate::context::shown_name;

pub use self::by_dimension::ByDimension;
pub use self::entity::{CellDigest, EntityDigest, EvidenceDigest};
use self::lookup::Lookup;
pub(crate) use self::notes::Notes;

/// All entities of a state of the registry, without their prose.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    /// The entities, by who they are. Two states share the digest of an entity that is the same in both, beside the same
    /// questions, organizations and platforms: none of its answers changes.
    pub entities: BTreeMap<Entity, Arc<EntityDigest>>,
    /// The allowances of `registry.toml`.
    pub allow: Vec<Allow>,
    /// The questions by id, each with whom it grades where that could be read.
    pub dimensions: BTreeMap<String, Option<Level>>,
    /// Whether every question is among them.
    pub has_all_dimensions: bool,
    /// What was taken out on purpose.
    pub retired: Optional<Vec<Retired>>,
    pub(crate) lookup: OnceLock<Lookup>,
}

/// What an entity answers to a question, as far as a digest knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing<'d> {
    /// A cell, and who stores it.
    Cell(&'d Entity, &'d CellDigest),
    /// There is no answer.
    Nothing,
    /// The question is about the developer, and the offering has none.
    NotApplicable,
    /// The data that would show it could not be read.
    Unknown,
}

impl Digest {
    /// A digest without entities yet.
    pub fn new(info: &RegistryInfo, dimensions: &Dimensions) -> Self {
        let levels = dimensions.iter().map(|one| (one.id.text().to_owned(), one.level.get()));
        Self {
            allow: info.allow.items().to_vec(),
            entities: BTreeMap::new(),
            dimensions: levels.collect(),
            has_all_dimensions: dimensions.is_complete(),
            retired: info.retired.clone(),
            lookup: OnceLock::new(),
        }
    }

    /// Notes an entity.
    pub fn add(&mut self, entity: Entity, digest: impl Into<Arc<EntityDigest>>) {
        self.entities.insert(entity, digest.into());
        self.lookup.take();
    }

    fn lookup(&self) -> &Lookup {
        self.lookup.get_or_init(|| {
            Lookup::new(self.entities.iter().map(|(entity, one)| (entity, &**one)), self.retired.items())
        })
    }

    /// What became of an entity of an earlier state: the entity of its id, or else the one of its kind that
    /// had its id before.
    pub fn fate(&self, entity: &Entity) -> Fate<'_> {
        if let Some((entity, digest)) = self.entities.get_key_value(entity) {
            return Fate::Lives(entity, digest);
        }
        let heir = self.lookup().heir(entity).and_then(|heir| self.entities.get_key_value(heir));
        match heir {
            Some((entity, digest)) => Fate::Lives(entity, digest),
            None if self.lookup().may_have_heir(entity) => Fate::Unknown,
            None => Fate::Gone,
        }
    }

    /// Returns whether something of an earlier state was taken out on purpose: an entity or, with a dimension, one of
    /// its cells. What could not be read may say so.
    pub(crate) fn is_retired(&self, entity: &Entity, dimension: Option<&str>) -> bool {
        self.retired.is_unread() || self.lookup().is_retired(entity, dimension)
    }

    /// What an entity answers to a question, itself or by inheritance.
    pub(crate) fn answer(&self, entity: &Entity, dimension: &str) -> Standing<'_> {
        let own = self.stored(entity, dimension);
        match (own, entity) {
            (Standing::Nothing, Entity::Offering(_)) => self.inherited(entity, dimension),
            _ => own,
        }
    }

    /// Returns whether an entity stores a cell, or may store one in what could not be read.
    pub(crate) fn stores(&self, entity: &Entity, dimension: &str) -> bool {
        self.stored(entity, dimension) != Standing::Nothing
    }

    fn stored(&self, entity: &Entity, dimension: &str) -> Standing<'_> {
        match self.entities.get_key_value(entity) {
            None => Standing::Unknown,
            Some((entity, digest)) => match digest.cells.get(dimension) {
                Some(cell) => Standing::Cell(entity, cell),
                None if digest.is_unread => Standing::Unknown,
                None => Standing::Nothing,
            },
        }
    }

    /// What an offering inherits as the answer to a question.
    pub(crate) fn inherited(&self, offering: &Entity, dimension: &str) -> Standing<'_> {
        let Some(offering) = self.entities.get(offering) else { return Standing::Unknown };
        let owner = match self.dimensions.get(dimension) {
            None if self.has_all_dimensions => return Standing::Nothing,
            None | Some(None) => return Standing::Unknown,
            Some(Some(Level::Platform)) => offering.platform.known().cloned().map(Entity::Platform),
            Some(Some(Level::Developer)) if offering.developer.is_absent() => return Standing::NotApplicable,
            Some(Some(Level::Developer)) => offering.developer.known().cloned().map(Entity::Organization),
        };
        owner.map_or(Standing::Unknown, |owner| self.stored(&owner, dimension))
    }
}

/// The name of an entity for messages; its id where the name could not be read.
pub(crate) fn shown(entity: &Entity, digest: &EntityDigest) -> String {
    shown_name(digest.name.as_deref().unwrap_or(""), entity)
}
