//! Puts the sources that rows state on the evidence of a cell.
//!
//! A source is known by its address. What rows say of one never passes to another, and their order says
//! nothing: sources that are new follow those that are there.

use std::collections::{HashMap, HashSet};

use model::limits::{MAX_EVIDENCE, MAX_TEXT_CHARACTERS};
use model::tabular::EvidenceField;
use model::{Evidence, Fetch, FetchOutcome, Optional, Record as _, Required, Slot, Url, Via};

/// The separator of the passages of one quote.
const BETWEEN_PASSAGES: &str = " […] ";

/// The index of the source with an address.
pub(crate) fn find(list: &[Evidence], url: &Url) -> Option<usize> {
    let wanted = url.identity();
    list.iter().position(|one| one.url.known().is_some_and(|known| known.identity() == wanted))
}

/// Where the sources of a list are by their addresses, for looking up many.
#[derive(Debug, Default)]
pub(crate) struct Addresses(HashMap<String, usize>);

impl Addresses {
    /// Those of a list.
    pub(crate) fn of(list: &[Evidence]) -> Self {
        let mut addresses = Self::default();
        list.iter().enumerate().for_each(|(at, source)| addresses.add(source, at));
        addresses
    }

    /// The index of the source with an address.
    pub(crate) fn find(&self, url: &Url) -> Option<usize> {
        self.0.get(&*url.identity()).copied()
    }

    /// Notes where a source is.
    pub(crate) fn add(&mut self, source: &Evidence, at: usize) {
        if let Some(url) = source.url.known() {
            self.0.entry(url.identity().into_owned()).or_insert(at);
        }
    }
}

/// The place of a field of a source. An address is none: another one is another source.
pub(crate) fn slot(source: &mut Evidence, field: EvidenceField) -> Option<&mut dyn Slot> {
    match (field, field.key()) {
        (EvidenceField::Url, _) => None,
        (EvidenceField::FetchOutcome, _) => Some(&mut source.fetch),
        (_, (key, false)) => source.slot_mut(key),
        (_, (key, true)) => match &mut source.fetch {
            Optional::Known(fetch) => fetch.slot_mut(key),
            _ => None,
        },
    }
}

/// Returns whether a source states a field.
pub(crate) fn states(source: &mut Evidence, field: EvidenceField) -> bool {
    match field {
        EvidenceField::Url => true,
        EvidenceField::FetchOutcome => {
            source.fetch.known().is_some_and(|fetch| fetch.outcome.known().is_some())
        }
        field => slot(source, field).is_some_and(|slot| slot.is_stated()),
    }
}

/// What a row must state of another attempt, since that of the earlier one would be taken for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lack {
    /// The field in which the attempts differ.
    pub(crate) given: EvidenceField,
    /// The field that is not stated.
    pub(crate) lacking: EvidenceField,
}

/// Takes over what is stated of a source; what is lacking where that is another attempt to read it.
pub(crate) fn take_over(source: &mut Evidence, mut stated: Evidence) -> Option<Lack> {
    let fetch = std::mem::take(&mut stated.fetch);
    // The address as the source has it: both spellings lead to one page.
    stated.url = Required::Unread;
    source.take_over(stated);
    match (&mut source.fetch, fetch) {
        (_, Optional::Absent) => None,
        (Optional::Known(stored), Optional::Known(stated)) => take_attempt(stored, stated),
        (stored, stated) => {
            *stored = stated;
            None
        }
    }
}

/// Another outcome or another way of reading is another attempt, of which the day must be stated. So is another
/// day, but for a page that is opened itself: a copy or a report has its own day, and which it was must be
/// stated. Nothing of the earlier attempt passes to another.
fn take_attempt(stored: &mut Fetch, stated: Fetch) -> Option<Lack> {
    let differs = |stated: Option<&Via>| {
        stated.is_some() && stored.via.known().is_some_and(|_| stated != stored.via.known())
    };
    let is_other_outcome = stated.outcome.known().is_some() && stated.outcome != stored.outcome;
    let is_other_via = differs(stated.via.known());
    let is_opened = matches!(stored.via, Optional::Absent | Optional::Known(Via::Direct));
    let is_other_day =
        !is_opened && stored.on.known().is_some() && stated.on.known().is_some() && stated.on != stored.on;
    let keeps_day = stored.on.known().is_some()
        && stated.on.is_absent()
        && !stated.outcome.is(FetchOutcome::NotAttempted);
    let lack = if (is_other_outcome || is_other_via) && keeps_day {
        let given = if is_other_outcome { EvidenceField::FetchOutcome } else { EvidenceField::FetchVia };
        Some(Lack { given, lacking: EvidenceField::FetchedOn })
    } else if is_other_day && !is_other_outcome && stated.via.is_absent() {
        Some(Lack { given: EvidenceField::FetchedOn, lacking: EvidenceField::FetchVia })
    } else {
        None
    };
    if is_other_outcome || is_other_via || is_other_day {
        *stored = Fetch { outcome: std::mem::take(&mut stored.outcome), ..Fetch::default() };
    }
    stored.take_over(stated);
    lack
}

/// What came of joining what another row states of a source.
pub(crate) enum Joined {
    /// The source is new.
    New,
    /// It is there, and the two differ in these fields.
    Differing(Vec<&'static str>),
    /// There is more of this than a cell may have.
    TooMuch(&'static str),
}

/// Joins what another row states of a source.
pub(crate) fn join(list: &mut Vec<Evidence>, addresses: &mut Addresses, mut other: Evidence) -> Joined {
    let at = other.url.known().and_then(|url| addresses.find(url));
    let Some(source) = at.and_then(|at| list.get_mut(at)) else {
        if list.len() >= MAX_EVIDENCE {
            return Joined::TooMuch("sources");
        }
        addresses.add(&other, list.len());
        list.push(other);
        return Joined::New;
    };
    join_quotes(&mut source.quote, std::mem::take(&mut other.quote));
    let is_long =
        |quote: &String| quote.len() > MAX_TEXT_CHARACTERS && quote.chars().count() > MAX_TEXT_CHARACTERS;
    if source.quote.known().is_some_and(is_long) {
        return Joined::TooMuch("passages of one page");
    }
    let mut of_fetch = Vec::new();
    match (&mut source.fetch, std::mem::take(&mut other.fetch)) {
        (_, Optional::Absent) => {}
        (Optional::Known(fetch), Optional::Known(other)) => of_fetch = fetch.join(other),
        (fetch, other) => *fetch = other,
    }
    other.url = Required::Unread;
    let column = |key: &str, is_of_fetch: bool| Some(EvidenceField::of_key(key, is_of_fetch)?.first_column());
    let of_fetch = of_fetch.into_iter().filter_map(|key| column(key, true));
    let differing = of_fetch.chain(source.join(other).into_iter().filter_map(|key| column(key, false)));
    Joined::Differing(differing.collect())
}

/// Several passages of one document are one quote.
fn join_quotes(quote: &mut Optional<String>, other: Optional<String>) {
    match (&mut *quote, other) {
        (_, Optional::Absent) => {}
        (Optional::Known(quote), Optional::Known(other)) => {
            let passages: Vec<&str> = other.split(BETWEEN_PASSAGES).collect();
            let new: Vec<_> = if let [one] = passages.as_slice() {
                // One is looked for faster than many are sorted.
                let is_known = quote.split(BETWEEN_PASSAGES).any(|known| known == *one);
                if is_known { Vec::new() } else { passages }
            } else {
                let mut known: HashSet<&str> = quote.split(BETWEEN_PASSAGES).collect();
                passages.into_iter().filter(|passage| known.insert(*passage)).collect()
            };
            for passage in new {
                quote.push_str(BETWEEN_PASSAGES);
                quote.push_str(passage);
            }
        }
        (_, other) => *quote = other,
    }
}
