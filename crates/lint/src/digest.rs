//! What rules about the whole registry see of an entity once its text is dropped.

use std::collections::BTreeMap;

use model::{
    Allow, Cell, Confidence, Date, Dimensions, Entity, Level, Offering, Optional, RegistryInfo, Required,
    Retired, Status,
};

use crate::{EntityContext, Record};

/// All entities of a state of the registry, without their prose.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    /// The entities, by who they are.
    pub entities: BTreeMap<Entity, EntityDigest>,
    /// The allowances of `registry.toml`.
    pub allow: Vec<Allow>,
    /// The questions by id, each with whom it grades where that could be read.
    pub dimensions: BTreeMap<String, Option<Level>>,
    /// Whether every question is among them.
    pub has_all_dimensions: bool,
    /// What was taken out on purpose.
    pub retired: Optional<Vec<Retired>>,
}

/// One entity without its prose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntityDigest {
    /// Its name, where it could be read.
    pub name: Option<String>,
    /// Ids that it had before.
    pub former_ids: Optional<Vec<String>>,
    /// The platform of an offering.
    pub platform: Optional<String>,
    /// The developer of an offering.
    pub developer: Optional<String>,
    /// Its stored cells, by dimension.
    pub cells: BTreeMap<String, CellDigest>,
    /// Its allowances.
    pub allow: Vec<Allow>,
    /// Whether its cells could not be read, so that it may have more.
    pub is_unread: bool,
}

/// One stored cell without its prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDigest {
    /// Its status, where it could be read.
    pub status: Option<Status>,
    /// Its confidence.
    pub confidence: Optional<Confidence>,
    /// When a person last confirmed it.
    pub verified_on: Optional<Date>,
    /// How many reviews it has.
    pub reviews: Optional<usize>,
}

/// What an entity answers to a question, as far as a digest tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing<'d> {
    /// A cell, and who stores it.
    Cell(&'d Entity, &'d CellDigest),
    /// Nobody answers.
    Nothing,
    /// The question is about the developer, and the offering has none.
    NotApplicable,
    /// What would tell could not be read.
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
        }
    }

    /// Notes an entity.
    pub fn add(&mut self, entity: Entity, digest: EntityDigest) {
        self.entities.insert(entity, digest);
    }

    /// What an entity answers to a question, itself or by inheritance.
    pub(crate) fn answer(&self, entity: &Entity, dimension: &str) -> Standing<'_> {
        let own = self.stored(entity, dimension);
        match (own, entity) {
            (Standing::Nothing, Entity::Offering(_)) => self.inherited(entity, dimension),
            _ => own,
        }
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

    fn inherited(&self, offering: &Entity, dimension: &str) -> Standing<'_> {
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

impl EntityDigest {
    /// What is kept of an entity.
    pub fn of(context: &EntityContext<'_>) -> Self {
        let (name, former_ids, is_unread) = match context.record {
            Record::Organization(one) => (&one.name, texts(&one.former_ids), one.cells.is_unread()),
            Record::Platform(one) => (&one.name, texts(&one.former_ids), one.cells.is_unread()),
            Record::Offering(one) => (&one.name, texts(&one.former_ids), one.cells.is_unread()),
        };
        let offering = context.as_offering();
        let platform = |one: &Offering| match &one.platform {
            Required::Known(id) => Optional::Known(id.to_string()),
            Required::Unread => Optional::Unread,
        };
        Self {
            name: name.known().cloned(),
            former_ids,
            platform: offering.map_or(Optional::Absent, platform),
            developer: offering.map_or(Optional::Absent, |one| map(&one.developer, ToString::to_string)),
            cells: context.cells().map(|(id, cell)| (id.to_owned(), CellDigest::of(cell))).collect(),
            allow: context.allowances().to_vec(),
            is_unread,
        }
    }
}

/// The name of an entity for messages; its id where the name could not be read.
pub(crate) fn shown(entity: &Entity, digest: &EntityDigest) -> String {
    let name = digest.name.as_deref().unwrap_or_else(|| entity.id());
    diagnostics::printable(&diagnostics::cut(name, 80)).into_owned()
}

impl CellDigest {
    fn of(cell: &Cell) -> Self {
        Self {
            status: cell.status.get(),
            confidence: cell.confidence.clone(),
            verified_on: cell.verified_on.clone(),
            reviews: map(&cell.reviews, Vec::len),
        }
    }
}

fn texts<T: ToString>(list: &Optional<Vec<T>>) -> Optional<Vec<String>> {
    map(list, |items| items.iter().map(ToString::to_string).collect())
}

fn map<T, U>(field: &Optional<T>, change: impl FnOnce(&T) -> U) -> Optional<U> {
    match field {
        Optional::Absent => Optional::Absent,
        Optional::Unread => Optional::Unread,
        Optional::Known(value) => Optional::Known(change(value)),
    }
}
