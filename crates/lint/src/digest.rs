//! What rules about the whole registry see of an entity once its text is dropped.

use std::collections::BTreeMap;

use model::{Cell, Date, Entity, Evidence, FetchOutcome, Offering, Optional, Required, Status, Url, Value};

use crate::context::says_nothing;
use crate::same::says_the_same;
use crate::{EntityContext, Record};

/// All entities of a state of the registry, without their prose.
#[derive(Debug, Clone, Default)]
pub struct Digest {
    /// The entities, by who they are.
    pub entities: BTreeMap<Entity, EntityDigest>,
}

/// One entity without its prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityDigest {
    /// The id that its file states, where it could be read.
    pub id: Option<String>,
    /// Its name, where it could be read.
    pub name: Option<String>,
    /// Ids that it had before.
    pub former_ids: Vec<String>,
    /// The domains of an organization.
    pub domains: Vec<String>,
    /// The operator of a platform.
    pub operator: Optional<String>,
    /// The developer of an offering.
    pub developer: Optional<String>,
    /// The platform of an offering.
    pub platform: Optional<String>,
    /// Its stored cells, by dimension.
    pub cells: BTreeMap<String, CellDigest>,
}

/// One stored cell without its prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDigest {
    /// Its status, where it could be read.
    pub status: Option<Status>,
    /// A hash of the words of its note, where it has one that could be read.
    pub note: Option<u64>,
    /// Whether it says why it differs from others, or may say so in what could not be read.
    pub explained: bool,
    /// Whether it repeats the cell that it stands in place of.
    pub repeats_inherited: bool,
    /// Its evidence, in order.
    pub evidence: Vec<EvidenceDigest>,
}

/// One evidence without its prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceDigest {
    /// Its address, where it could be read.
    pub url: Option<Url>,
    /// The outcome that it counts as, where it could be read.
    pub outcome: Option<FetchOutcome>,
    /// The day of the attempt to read it.
    pub fetched_on: Option<Date>,
    /// Whether it states no archived copy.
    pub lacks_copy: bool,
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
        let overridden = |id: &str| {
            let resolved = context.resolved.iter().find(|resolved| resolved.dimension.id.text() == id)?;
            resolved.overridden.as_ref().map(|(_, inherited)| *inherited)
        };
        let cells =
            context.cells().map(|(id, cell)| (id.to_owned(), CellDigest::of(cell, overridden(id)))).collect();
        let bare = Self {
            id: None,
            name: None,
            former_ids: Vec::new(),
            domains: Vec::new(),
            operator: Optional::Absent,
            developer: Optional::Absent,
            platform: Optional::Absent,
            cells,
        };
        match context.record {
            Record::Organization(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                domains: texts(&one.domains),
                ..bare
            },
            Record::Platform(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                operator: reference(&one.operator),
                ..bare
            },
            Record::Offering(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                developer: developer(one),
                platform: reference(&one.platform),
                ..bare
            },
        }
    }

    /// The lists of the entity, or of one of its cells, whose items findings name by their key.
    pub(crate) fn lists(&self, dimension: Option<&str>) -> Vec<(&'static str, Value)> {
        let Some(dimension) = dimension else {
            return vec![
                ("former_ids", Value::texts(&self.former_ids)),
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
    fn of(cell: &Cell, inherited: Option<&Cell>) -> Self {
        Self {
            status: cell.status.get(),
            note: cell.note.known().and_then(|note| words_hash(note)),
            explained: !says_nothing(&cell.override_reason),
            repeats_inherited: inherited.is_some_and(|inherited| says_the_same(cell, inherited)),
            evidence: cell.evidence.items().iter().map(EvidenceDigest::of).collect(),
        }
    }
}

impl EvidenceDigest {
    fn of(evidence: &Evidence) -> Self {
        Self {
            url: evidence.url.known().cloned(),
            outcome: evidence.counted_outcome(),
            fetched_on: evidence.fetch.known().and_then(|fetch| fetch.on.get()),
            lacks_copy: evidence.archived_url.is_absent(),
        }
    }
}

fn text<T: ToString>(field: &Required<T>) -> Option<String> {
    field.known().map(ToString::to_string)
}

fn texts<T: ToString>(list: &Optional<Vec<T>>) -> Vec<String> {
    list.items().iter().map(ToString::to_string).collect()
}

fn reference<T: ToString>(field: &Required<T>) -> Optional<String> {
    text(field).map_or(Optional::Unread, Optional::Known)
}

fn developer(offering: &Offering) -> Optional<String> {
    match &offering.developer {
        Optional::Absent => Optional::Absent,
        Optional::Unread => Optional::Unread,
        Optional::Known(id) => Optional::Known(id.to_string()),
    }
}

/// A hash of the words of a text (FNV-1a, 64 bits), in which it makes no difference where a line ends;
/// nothing for a blank text.
fn words_hash(text: &str) -> Option<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut mix = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3_u64);
    let mut words = text.split_ascii_whitespace().peekable();
    words.peek()?;
    for word in words {
        word.bytes().for_each(&mut mix);
        mix(b' ');
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::words_hash;

    #[test]
    fn line_ends_make_no_difference_and_words_do() {
        assert_eq!(words_hash("Acme keeps\nprompts. "), words_hash("Acme keeps prompts."));
        assert_ne!(words_hash("Acme keeps prompts."), words_hash("Acme keepsprompts."));
        assert_eq!(words_hash(" \n"), None);
    }
}
