//! Entities, cells and evidence without their prose.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use model::{
    Allow, Cell, Confidence, Date, Evidence, FetchOutcome, Optional, Required, Resolved, Status, Url, Value,
};

use super::by_dimension::ByDimension;
use super::details::Details;
use super::words::hash_of_words;
use crate::context::says_nothing;
use crate::same::says_the_same;
use crate::{EntityContext, EntityRecord};

/// One entity without its prose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntityDigest {
    /// The id that its file states, where it could be read.
    pub id: Option<String>,
    /// Its name, where it could be read.
    pub name: Option<String>,
    /// Ids that it had before.
    pub former_ids: Optional<Vec<String>>,
    /// The domains of an organization.
    pub domains: Vec<String>,
    /// The operator of a platform.
    pub operator: Optional<String>,
    /// The developer of an offering.
    pub developer: Optional<String>,
    /// The platform of an offering.
    pub platform: Optional<String>,
    /// Its stored cells, by dimension.
    pub cells: ByDimension<CellDigest>,
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
    /// A hash of the words of its note, where it has one that could be read: notes with the same hash may differ.
    pub(crate) note: Option<NonZeroU64>,
    /// Whether it says why it differs from others, or may say so in what could not be read.
    pub explained: bool,
    /// Whether it states an `override_reason` that says something.
    pub states_reason: bool,
    /// Whether it repeats the cell that it replaces.
    pub repeats_inherited: bool,
    /// Its evidence, in order.
    pub evidence: Box<[EvidenceDigest]>,
    /// What only rules about changes look at, where two states are compared.
    pub(crate) details: Option<Box<Details>>,
}

/// One evidence without its prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceDigest {
    /// Its address, where it could be read.
    pub url: Option<Url>,
    /// The outcome that it counts as, where it could be read.
    pub outcome: Option<FetchOutcome>,
    /// Whether the page itself or a copy of it was read.
    pub has_own_reading: bool,
    /// The day of the attempt to read it.
    pub fetched_on: Option<Date>,
    /// Whether it states no archived copy.
    pub lacks_copy: bool,
}

impl EntityDigest {
    /// What is kept of an entity to judge a state of the registry.
    pub fn of(context: &EntityContext<'_>) -> Self {
        Self::with(context, &|_, _| None)
    }

    /// What is kept of an entity to compare it with another state, too.
    pub fn detailed(context: &EntityContext<'_>) -> Self {
        Self::with(context, &|id, cell| Some(Box::new(Details::of(context, id, cell))))
    }

    fn with<'a>(context: &EntityContext<'a>, details: &dyn Fn(&str, &Cell) -> Option<Box<Details>>) -> Self {
        let stands_above = |resolved: &Resolved<'a>| {
            let (_, inherited) = resolved.overridden.as_ref()?;
            Some((resolved.dimension.id.text(), *inherited))
        };
        let inherited: BTreeMap<&str, &Cell> = context.resolved.iter().filter_map(stands_above).collect();
        let cells = context.cells().map(|(id, cell)| {
            let digest = CellDigest::of(cell, inherited.get(id).copied(), details(id, cell));
            (id, digest)
        });
        let shared = Self { cells: cells.collect(), allow: context.allowances().to_vec(), ..Self::default() };
        match context.record {
            EntityRecord::Organization(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                domains: one.domains.items().to_vec(),
                is_unread: one.cells.is_unread(),
                ..shared
            },
            EntityRecord::Platform(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                operator: reference(&one.operator),
                is_unread: one.cells.is_unread(),
                ..shared
            },
            EntityRecord::Offering(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                developer: map(&one.developer, ToString::to_string),
                platform: reference(&one.platform),
                is_unread: one.cells.is_unread(),
                ..shared
            },
        }
    }

    /// The lists of the entity, or of one of its cells, whose items findings name by their key.
    pub(crate) fn lists(&self, dimension: Option<&str>) -> Vec<(&'static str, Value)> {
        let Some(dimension) = dimension else {
            return vec![
                ("former_ids", Value::texts(self.former_ids.items())),
                ("domains", Value::texts(&self.domains)),
            ];
        };
        let item = |evidence: &EvidenceDigest| {
            let url = evidence.url.as_ref().map(|url| ("url".to_owned(), Value::from(url.as_str())));
            Value::Table(url.into_iter().collect())
        };
        let evidence = self.cells.get(dimension).map_or(&[][..], |cell| &cell.evidence);
        vec![("evidence", Value::List(evidence.iter().map(item).collect()))]
    }
}

impl CellDigest {
    pub(super) fn of(cell: &Cell, inherited: Option<&Cell>, details: Option<Box<Details>>) -> Self {
        Self {
            status: cell.status.get(),
            confidence: cell.confidence.clone(),
            verified_on: cell.verified_on.clone(),
            note: cell.note.known().and_then(|note| hash_of_words(note)),
            explained: !says_nothing(&cell.override_reason),
            states_reason: cell.override_reason.known().is_some_and(|reason| !reason.trim().is_empty()),
            repeats_inherited: inherited.is_some_and(|inherited| says_the_same(cell, inherited)),
            evidence: cell.evidence.items().iter().map(EvidenceDigest::of).collect(),
            details,
        }
    }
}

impl EvidenceDigest {
    fn of(evidence: &Evidence) -> Self {
        Self {
            url: evidence.url.known().cloned(),
            outcome: evidence.counted_outcome(),
            has_own_reading: evidence.has_own_reading(),
            fetched_on: evidence.fetch.known().and_then(|fetch| fetch.on.get()),
            lacks_copy: evidence.archived_url.is_absent(),
        }
    }
}

fn text<T: ToString>(field: &Required<T>) -> Option<String> {
    field.known().map(ToString::to_string)
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

fn reference<T: ToString>(field: &Required<T>) -> Optional<String> {
    text(field).map_or(Optional::Unread, Optional::Known)
}
