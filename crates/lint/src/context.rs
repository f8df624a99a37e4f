//! The context of a rule: the data that it checks.

mod cell;

use diagnostics::quoted;
use model::{
    Allow, Cell, CellSource, Date, Entity, FieldPath, Offering, Optional, Organization, Platform, Resolved,
    SharedRecords, Subject, resolve,
};

pub use self::cell::CellContext;
use crate::digest::Notes;
use crate::owners::Parties;
use crate::{CellDigest, Digest, DomainOwners, EntityDigest, EntityNames};

/// What rules know besides the entity that they look at.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    /// The questions, organizations and platforms.
    pub shared: SharedRecords<'a>,
    /// Who declares which domain.
    pub owners: &'a DomainOwners<'a>,
    /// The names of organizations and platforms.
    pub names: &'a EntityNames<'a>,
    /// The day that counts as today.
    pub today: Date,
}

impl Environment<'_> {
    /// Whether a day is still to come. Tomorrow has come already for a person further east.
    pub fn is_to_come(&self, day: Date) -> bool {
        day > self.today && day > self.today.plus_days(1)
    }
}

/// An organization, a platform or an offering.
#[derive(Clone, Copy)]
pub enum EntityRecord<'a> {
    /// An organization.
    Organization(&'a Organization),
    /// A platform.
    Platform(&'a Platform),
    /// An offering.
    Offering(&'a Offering),
}

/// One entity, with what it shares with the others.
pub struct EntityContext<'a> {
    /// Which it is.
    pub entity: Entity,
    /// What it holds.
    pub record: EntityRecord<'a>,
    /// For an offering, the answers that hold; empty for others.
    pub resolved: Vec<Resolved<'a>>,
    /// What is known besides.
    pub env: Environment<'a>,
    /// Whom its cells grade.
    pub(crate) graded: Parties<'a>,
}

impl<'a> EntityContext<'a> {
    /// An organization by its file name.
    pub fn organization(name: &str, organization: &'a Organization, env: Environment<'a>) -> Self {
        let entity = Entity::Organization(name.to_owned());
        Self::new(entity, EntityRecord::Organization(organization), Vec::new(), env)
    }

    /// A platform by its file name.
    pub fn platform(name: &str, platform: &'a Platform, env: Environment<'a>) -> Self {
        Self::new(Entity::Platform(name.to_owned()), EntityRecord::Platform(platform), Vec::new(), env)
    }

    /// An offering by its file name.
    pub fn offering(name: &str, offering: &'a Offering, env: Environment<'a>) -> Self {
        let resolved = resolve(name, offering, env.shared);
        Self::new(Entity::Offering(name.to_owned()), EntityRecord::Offering(offering), resolved, env)
    }

    fn new(
        entity: Entity,
        record: EntityRecord<'a>,
        resolved: Vec<Resolved<'a>>,
        env: Environment<'a>,
    ) -> Self {
        let graded = Parties::by(&entity, record, env);
        Self { entity, record, resolved, env, graded }
    }

    /// The offering, if it is one.
    pub fn as_offering(&self) -> Option<&'a Offering> {
        match self.record {
            EntityRecord::Offering(offering) => Some(offering),
            _ => None,
        }
    }

    /// Its name for messages; its id where the name could not be read.
    pub fn name(&self) -> String {
        let name = match self.record {
            EntityRecord::Organization(organization) => organization.name.text(),
            EntityRecord::Platform(platform) => platform.name.text(),
            EntityRecord::Offering(offering) => offering.name.text(),
        };
        shown_name(name, &self.entity)
    }

    /// "offering Azure OpenAI Service", for messages.
    pub fn title(&self) -> String {
        format!("{} {}", self.entity.kind(), self.name())
    }

    /// Its stored cells.
    pub fn cells(&self) -> impl Iterator<Item = (&'a str, &'a Cell)> + use<'a> {
        let cells = match self.record {
            EntityRecord::Organization(organization) => &organization.cells,
            EntityRecord::Platform(platform) => &platform.cells,
            EntityRecord::Offering(offering) => &offering.cells,
        };
        cells.known().into_iter().flatten().map(|(id, cell)| (id.as_str(), cell))
    }

    /// Its allowances.
    pub fn allowances(&self) -> &'a [Allow] {
        let allowances = match self.record {
            EntityRecord::Organization(organization) => &organization.allow,
            EntityRecord::Platform(platform) => &platform.allow,
            EntityRecord::Offering(offering) => &offering.allow,
        };
        allowances.items()
    }

    /// A field of the entity as a subject.
    pub fn field(&self, field: impl Into<FieldPath>) -> Subject {
        Subject::field(self.entity.clone(), field)
    }

    /// The entity as a whole.
    pub fn subject(&self) -> Subject {
        Subject::entity(self.entity.clone())
    }

    /// The fetch of the evidence at an index of one of its cells.
    pub(crate) fn fetch_of(&self, dimension: &str, index: usize) -> Subject {
        let path = FieldPath::of("evidence").index(index).key("fetch");
        Subject::cell(self.entity.clone(), dimension).with(path)
    }
}

/// A state of the registry as a whole.
pub struct RegistryContext<'a> {
    /// All entities, without their prose.
    pub digest: &'a Digest,
    /// What is known besides.
    pub env: Environment<'a>,
    /// The notes that may be equal.
    pub(crate) notes: Notes<'a>,
}

impl<'a> RegistryContext<'a> {
    /// A state of the registry by its digest. What a digest does not hold is read again from `source`.
    pub fn new(digest: &'a Digest, env: Environment<'a>, source: &dyn CellSource) -> Self {
        Self { digest, env, notes: Notes::compare(digest, source) }
    }

    /// The offerings.
    pub fn offerings(&self) -> impl Iterator<Item = (&'a Entity, &'a EntityDigest)> + use<'a> {
        let all = self.digest.entities.iter().map(|(entity, digest)| (entity, &**digest));
        all.filter(|(entity, _)| matches!(entity, Entity::Offering(_)))
    }

    /// The stored cells of all entities, with their owners and the ids of their dimensions.
    pub fn cells(&self) -> impl Iterator<Item = (&'a Entity, &'a str, &'a CellDigest)> + use<'a> {
        self.digest
            .entities
            .iter()
            .flat_map(|(entity, digest)| digest.cells.iter().map(move |(id, cell)| (entity, id, cell)))
    }

    /// The name of an entity for messages; its id where the name could not be read.
    pub fn name(&self, entity: &Entity) -> String {
        let name = self.digest.entities.get(entity).and_then(|digest| digest.name.as_deref());
        shown_name(name.unwrap_or(""), entity)
    }

    /// "offering Azure OpenAI Service", for messages.
    pub fn title(&self, entity: &Entity) -> String {
        format!("{} {}", entity.kind(), self.name(entity))
    }

    /// "cell `soc2_type2` of Azure OpenAI Service", for messages.
    pub fn cell_name(&self, entity: &Entity, dimension: &str) -> String {
        format!("cell {} of {}", quoted(dimension), self.name(entity))
    }

    /// The file name of the platform of an offering, where there is such a platform.
    pub fn platform_of(&self, offering: &EntityDigest) -> Option<&'a str> {
        let (name, _) = self.env.shared.platform(offering.platform.known()?)?;
        Some(name)
    }
}

/// The name for messages: the id where there is none.
pub(crate) fn shown_name(name: &str, entity: &Entity) -> String {
    let name = if name.trim().is_empty() { entity.id() } else { name.trim() };
    diagnostics::printable(&diagnostics::cut(name, 80)).into_owned()
}

/// Returns whether a text is not stated, or blank. A text that could not be read may say something.
pub(crate) fn says_nothing(text: &Optional<String>) -> bool {
    text.is_absent() || text.known().is_some_and(|text| text.trim().is_empty())
}

/// Returns whether a list is not stated, or empty. A list that could not be read may hold something.
pub(crate) fn lists_nothing<T>(list: &Optional<Vec<T>>) -> bool {
    list.is_absent() || list.known().is_some_and(Vec::is_empty)
}
