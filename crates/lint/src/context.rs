//! What a rule sees.

use std::ops::Deref;

use diagnostics::{Anchor, Edit, Place, quoted};
use model::{
    Allow, Cell, CellSource, Confidence, ConfidenceReason, Date, Dimension, Entity, Evidence, Fact,
    FetchOutcome, FieldPath, Level, Offering, Optional, Organization, PartAnswer, Platform, Resolved,
    Settings, Status, Subject, Value, resolve,
};

use crate::digest::Notes;
use crate::facts::{Stated, Undeclared};
use crate::owners::Graded;
use crate::{CellDigest, Digest, EntityDigest, Names, Owners};

/// What all entities share: where offerings inherit from, and the day.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    /// The questions, organizations and platforms.
    pub settings: Settings<'a>,
    /// Who declares which domain.
    pub owners: &'a Owners<'a>,
    /// The names of organizations and platforms.
    pub names: &'a Names<'a>,
    /// The day that counts as today.
    pub today: Date,
}

/// An organization, a platform or an offering.
#[derive(Clone, Copy)]
pub enum Record<'a> {
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
    pub record: Record<'a>,
    /// For an offering, the answers that hold; empty for others.
    pub resolved: Vec<Resolved<'a>>,
    /// What it shares with the others.
    pub shared: Shared<'a>,
    /// Whom its cells grade.
    pub(crate) graded: Graded<'a>,
}

impl<'a> EntityContext<'a> {
    /// An organization by its file name.
    pub fn organization(name: &str, organization: &'a Organization, shared: Shared<'a>) -> Self {
        let entity = Entity::Organization(name.to_owned());
        Self::new(entity, Record::Organization(organization), Vec::new(), shared)
    }

    /// A platform by its file name.
    pub fn platform(name: &str, platform: &'a Platform, shared: Shared<'a>) -> Self {
        Self::new(Entity::Platform(name.to_owned()), Record::Platform(platform), Vec::new(), shared)
    }

    /// An offering by its file name.
    pub fn offering(name: &str, offering: &'a Offering, shared: Shared<'a>) -> Self {
        let resolved = resolve(name, offering, shared.settings);
        Self::new(Entity::Offering(name.to_owned()), Record::Offering(offering), resolved, shared)
    }

    fn new(entity: Entity, record: Record<'a>, resolved: Vec<Resolved<'a>>, shared: Shared<'a>) -> Self {
        let graded = Graded::by(&entity, record, shared);
        Self { entity, record, resolved, shared, graded }
    }

    /// The offering, if it is one.
    pub fn as_offering(&self) -> Option<&'a Offering> {
        match self.record {
            Record::Offering(offering) => Some(offering),
            _ => None,
        }
    }

    /// Its name for messages; its id where the name could not be read.
    pub fn name(&self) -> String {
        let name = match self.record {
            Record::Organization(organization) => organization.name.text(),
            Record::Platform(platform) => platform.name.text(),
            Record::Offering(offering) => offering.name.text(),
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
            Record::Organization(organization) => &organization.cells,
            Record::Platform(platform) => &platform.cells,
            Record::Offering(offering) => &offering.cells,
        };
        cells.known().into_iter().flatten().map(|(id, cell)| (id.as_str(), cell))
    }

    /// Its allowances.
    pub fn allowances(&self) -> &'a [Allow] {
        let allowances = match self.record {
            Record::Organization(organization) => &organization.allow,
            Record::Platform(platform) => &platform.allow,
            Record::Offering(offering) => &offering.allow,
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
    /// The questions, organizations and platforms.
    pub shared: Shared<'a>,
    /// The notes that may be equal.
    pub(crate) notes: Notes<'a>,
}

impl<'a> RegistryContext<'a> {
    /// A state of the registry by its digest. What a digest does not hold is read again from `source`.
    pub fn new(digest: &'a Digest, shared: Shared<'a>, source: &dyn CellSource) -> Self {
        Self { digest, shared, notes: Notes::compare(digest, source) }
    }

    /// The offerings.
    pub fn offerings(&self) -> impl Iterator<Item = (&'a Entity, &'a EntityDigest)> + use<'a> {
        self.digest.entities.iter().filter(|(entity, _)| matches!(entity, Entity::Offering(_)))
    }

    /// The stored cells of all entities, with their owners and the ids of their dimensions.
    pub fn cells(&self) -> impl Iterator<Item = (&'a Entity, &'a str, &'a CellDigest)> + use<'a> {
        self.digest.entities.iter().flat_map(|(entity, digest)| {
            digest.cells.iter().map(move |(id, cell)| (entity, id.as_str(), cell))
        })
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
        let (name, _) = self.shared.settings.platform(offering.platform.known()?)?;
        Some(name)
    }
}

/// The name for messages: the id where there is none.
pub(crate) fn shown_name(name: &str, entity: &Entity) -> String {
    let name = if name.trim().is_empty() { entity.id() } else { name.trim() };
    diagnostics::printable(&diagnostics::cut(name, 80)).into_owned()
}

/// One stored cell, with its owner. Its fields are at hand as if it were the cell.
pub struct CellContext<'a> {
    /// Who stores it.
    pub owner: &'a EntityContext<'a>,
    /// The id of its dimension.
    pub id: &'a str,
    /// Its dimension, where there is one of that id.
    pub dimension: Option<&'a Dimension>,
    /// The cell.
    pub cell: &'a Cell,
    /// The day that counts as today.
    pub today: Date,
    /// Its facts, looked up once in the dictionary of its dimension.
    pub(crate) stated: Vec<Stated<'a>>,
    /// What is known of the facts that its dimension does not declare.
    pub(crate) undeclared: Option<&'a Undeclared>,
}

impl Deref for CellContext<'_> {
    type Target = Cell;

    fn deref(&self) -> &Cell {
        self.cell
    }
}

impl<'a> CellContext<'a> {
    /// A stored cell of an entity.
    pub(crate) fn new(owner: &'a EntityContext<'a>, id: &'a str, cell: &'a Cell) -> Self {
        let dimension = owner.shared.settings.dimensions.get(id);
        let stated = Stated::all(cell, dimension);
        let undeclared = owner.shared.names.guesses.undeclared(id, owner.shared.settings.dimensions);
        Self { owner, id, dimension, cell, today: owner.shared.today, stated, undeclared }
    }

    /// "cell `soc2_type2` of Azure OpenAI Service", for messages.
    pub fn name(&self) -> String {
        format!("cell {} of {}", quoted(self.id), self.owner.name())
    }

    /// Whether a day is still to come. Tomorrow has come already for a person further east.
    pub fn is_to_come(&self, day: Date) -> bool {
        day > self.today && day > self.today.plus_days(1)
    }

    /// The cell as a whole.
    pub fn subject(&self) -> Subject {
        Subject::cell(self.owner.entity.clone(), self.id)
    }

    /// A field of the cell.
    pub fn at(&self, field: impl Into<FieldPath>) -> Subject {
        self.subject().with(field)
    }

    /// The key of a field of the cell.
    pub fn key(&self, field: impl Into<FieldPath>) -> Place {
        Place::key(self.at(field))
    }

    /// The place of a field that the cell lacks.
    pub fn missing(&self, field: &str) -> Place {
        Place::missing(self.at(field))
    }

    /// The value of a field where it is stated, the place where it belongs where it is not.
    pub fn value_or_missing<T>(&self, field: &str, value: &Optional<T>) -> Place {
        let anchor = if value.is_absent() { Anchor::Missing } else { Anchor::Value };
        Place { subject: self.at(field), anchor }
    }

    /// Whom the dimension grades, where that is known.
    pub fn level(&self) -> Option<Level> {
        self.dimension?.level.get()
    }

    /// A field of the evidence at an index.
    pub fn of_evidence(&self, index: usize, field: &str) -> Subject {
        self.at(FieldPath::of("evidence").index(index).key(field))
    }

    /// A field of the fetch of the evidence at an index.
    pub fn of_fetch(&self, index: usize, field: &str) -> Subject {
        self.at(FieldPath::of("evidence").index(index).key("fetch").key(field))
    }

    /// The evidence with its paths: `evidence[0]`, and so on.
    pub fn evidence(&self) -> impl Iterator<Item = (FieldPath, &'a Evidence)> + use<'a> {
        let items = self.cell.evidence.items().iter().enumerate();
        items.map(|(at, evidence)| (FieldPath::of("evidence").index(at), evidence))
    }

    /// Whether the status is `yes_public` or `yes_sales_gated`.
    pub fn is_yes(&self) -> bool {
        matches!(self.status.get(), Some(Status::YesPublic | Status::YesSalesGated))
    }

    /// Whether the status promises something: `yes_*` or `partial`.
    pub fn promises(&self) -> bool {
        self.is_yes() || self.status.is(Status::Partial)
    }

    /// Whether tier and default can say something: an absence has no terms, nor has a developer.
    pub fn takes_terms(&self) -> bool {
        !self.status.is(Status::NoPublicEvidence) && self.level() != Some(Level::Developer)
    }

    /// Whether it says that what its route and default would be about cannot be had: a part such as
    /// `zdr_available` is `no`, or a fact such as `zdr_offered` is false.
    pub fn says_nothing_is_offered(&self) -> bool {
        let parts = self.cell.parts.known().into_iter().flatten();
        let refused = parts.filter(|(part, _)| part.as_str().ends_with("_available"));
        let is_false = |fact: &Fact| *fact == Fact::Bool(false);
        refused.into_iter().any(|(_, answer)| answer.is(PartAnswer::No))
            || self.stated.iter().any(|one| one.key.ends_with("_offered") && is_false(one.fact))
    }

    /// Whether it cites no source although its grade needs one; `missing-evidence` reports that.
    pub fn lacks_evidence(&self) -> bool {
        self.status.get().is_some_and(|status| status != Status::NoPublicEvidence)
            && lists_nothing(&self.evidence)
    }

    /// The place of a confidence reason that it gives.
    pub fn reason(&self, reason: ConfidenceReason) -> Option<Subject> {
        let at = self.confidence_reasons.items().iter().position(|given| *given == reason)?;
        Some(self.at(FieldPath::of("confidence_reasons").index(at)))
    }

    /// Whether its confidence is below high for other reasons than this one. Where it gives none at all,
    /// `confidence-needs-reason` reports that.
    pub fn lacks_reason(&self, reason: ConfidenceReason) -> bool {
        matches!(self.confidence.get(), Some(Confidence::Medium | Confidence::Low))
            && !lists_nothing(&self.confidence_reasons)
            && !self.confidence_reasons.is_unread()
            && self.reason(reason).is_none()
    }

    /// Adds a reason to those that it gives.
    pub fn with_reason(&self, reason: ConfidenceReason) -> Edit {
        let reasons = self.confidence_reasons.items().iter().chain([&reason]);
        Edit::Set(self.at("confidence_reasons"), Value::texts(reasons.map(ToString::to_string)))
    }

    /// The first attempt to read an evidence that failed: the path of its outcome, and the outcome.
    pub fn failed_fetch(&self) -> Option<(FieldPath, FetchOutcome)> {
        self.cell.evidence.items().iter().enumerate().find_map(|(at, evidence)| {
            match evidence.counted_outcome()? {
                FetchOutcome::Ok | FetchOutcome::NotAttempted => None,
                failed => Some((FieldPath::of("evidence").index(at).key("fetch").key("outcome"), failed)),
            }
        })
    }
}

/// Whether a text is not stated, or blank. A text that could not be read may say something.
pub(crate) fn says_nothing(text: &Optional<String>) -> bool {
    text.is_absent() || text.known().is_some_and(|text| text.trim().is_empty())
}

/// Whether a list is not stated, or empty. A list that could not be read may hold something.
pub(crate) fn lists_nothing<T>(list: &Optional<Vec<T>>) -> bool {
    list.is_absent() || list.known().is_some_and(Vec::is_empty)
}
