//! Entities, cells and evidence without their prose.

use std::borrow::Cow;
use std::collections::BTreeMap;

use model::{
    Allow, Cell, Confidence, Date, Evidence, FetchOutcome, Optional, Required, Resolved, Status, Url, Value,
};

use crate::context::says_nothing;
use crate::same::says_the_same;
use crate::{EntityContext, Record};

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

impl EntityDigest {
    /// What is kept of an entity.
    pub fn of<'a>(context: &EntityContext<'a>) -> Self {
        let stands_above = |resolved: &Resolved<'a>| {
            let (_, inherited) = resolved.overridden.as_ref()?;
            Some((resolved.dimension.id.text(), *inherited))
        };
        let inherited: BTreeMap<&str, &Cell> = context.resolved.iter().filter_map(stands_above).collect();
        let cells = context
            .cells()
            .map(|(id, cell)| (id.to_owned(), CellDigest::of(cell, inherited.get(id).copied())));
        let shared = Self { cells: cells.collect(), allow: context.allowances().to_vec(), ..Self::default() };
        match context.record {
            Record::Organization(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                domains: one.domains.items().to_vec(),
                is_unread: one.cells.is_unread(),
                ..shared
            },
            Record::Platform(one) => Self {
                id: text(&one.id),
                name: text(&one.name),
                former_ids: texts(&one.former_ids),
                operator: reference(&one.operator),
                is_unread: one.cells.is_unread(),
                ..shared
            },
            Record::Offering(one) => Self {
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
    fn of(cell: &Cell, inherited: Option<&Cell>) -> Self {
        Self {
            status: cell.status.get(),
            confidence: cell.confidence.clone(),
            verified_on: cell.verified_on.clone(),
            reviews: map(&cell.reviews, Vec::len),
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

/// A hash of the words of a text, in which it makes no difference where a line ends; nothing for a blank
/// text. Eight bytes are mixed in at once.
fn words_hash(text: &str) -> Option<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |eight| {
        let mixed = hash.rotate_left(23) ^ u64::from_le_bytes(eight);
        hash = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    };
    let words = if is_plain(text) { Cow::Borrowed(text) } else { joined(text).into() };
    let (eights, rest) = words.as_bytes().as_chunks();
    eights.iter().copied().for_each(&mut mix);
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(last);
    (!words.is_empty()).then_some(hash)
}

/// Whether single blanks alone part the words of a text.
fn is_plain(text: &str) -> bool {
    let pairs = text.bytes().zip(text.bytes().skip(1));
    let is_single = !pairs.fold(false, |found, (one, next)| found | (one == b' ') & (next == b' '));
    let has_other = text.bytes().fold(false, |found, byte| found | (byte < b' '));
    is_single && !has_other && !text.starts_with(' ') && !text.ends_with(' ')
}

/// The words of a text with single blanks between them.
fn joined(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words_hash;

    #[test]
    fn line_ends_make_no_difference_and_words_do() {
        assert_eq!(words_hash("Acme keeps\nprompts. "), words_hash("Acme keeps prompts."));
        assert_ne!(words_hash("Acme keeps prompts."), words_hash("Acme keepsprompts."));
        assert_ne!(words_hash("abcdefgh i"), words_hash("abcdefghi"));
        assert_eq!(words_hash(" \n"), None);
    }
}
