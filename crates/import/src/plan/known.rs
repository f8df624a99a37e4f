//! Compares a row with existing values of the registry. Spaces around a text are no change, and what a profile says
//! of every source is said of new ones.

use model::tabular::EvidenceField;
use model::{Cell, Evidence, Fetch, Optional, Record as _, Required};

use crate::map::destination::Destination;
use crate::map::mapped::Mapped;
use crate::plan::evidence;
use crate::plan::overlay::RowRecord;
use crate::read::grid::Row;

/// Takes out of what a row states what says nothing new of a record that the registry holds. `sources` are the
/// numbers of the columns of its sources.
pub(crate) fn settle<T: RowRecord>(
    stated: &mut T,
    sources: &[usize],
    standing: &T,
    mapped: &Mapped,
    row: Row<'_>,
) {
    stated.keep_blanks(standing);
    let (Some(stated), Some(standing)) = (stated.as_cell(), standing.cell()) else { return };
    let defaults = defaults(mapped, row);
    if defaults.is_empty() && !standing.evidence.items().iter().any(has_blanks) {
        return;
    }
    let Optional::Known(items) = &mut stated.evidence else { return };
    for (item, nth) in items.iter_mut().zip(sources) {
        if let Some(known) = known(standing, item) {
            item.keep_blanks(known);
            let of_source = defaults.iter().filter(|(of, _)| of == nth).map(|(_, field)| *field);
            drop_defaults(item, known, of_source.collect());
        }
    }
}

/// The source of a cell at the same address.
fn known<'c>(standing: &'c Cell, item: &Evidence) -> Option<&'c Evidence> {
    let list = standing.evidence.items();
    list.get(evidence::find(list, item.url.known()?)?)
}

/// What the profile says of the sources of a row, and not the row: the number of the columns of each, and the field.
fn defaults(mapped: &Mapped, row: Row<'_>) -> Vec<(usize, EvidenceField)> {
    let default = |column: usize| match mapped.target(column) {
        Destination::Source(nth, at) => Some((nth, EvidenceField::of_key(Evidence::KEYS[at], false)?)),
        Destination::Fetch(nth, at) => Some((nth, EvidenceField::of_key(Fetch::KEYS[at], true)?)),
        _ => None,
    };
    mapped.constants(row).filter_map(default).collect()
}

/// Takes what a profile says of every source out of one that the registry holds. What it says of readings goes
/// with another reading that the row states.
fn drop_defaults(item: &mut Evidence, known: &Evidence, defaults: Vec<EvidenceField>) {
    let (of_fetch, of_source): (Vec<_>, Vec<_>) = defaults.into_iter().partition(|field| field.key().1);
    for field in of_source {
        if let Some(slot) = evidence::slot(item, field) {
            slot.clear();
        }
    }
    let Optional::Known(fetch) = &item.fetch else { return };
    let mut own = fetch.clone();
    for field in &of_fetch {
        forget(&mut own, *field);
    }
    let attempt = known.fetch.known().cloned().unwrap_or_default();
    let mut after = attempt.clone();
    after.take_over(own.clone());
    if after == attempt && !of_fetch.is_empty() {
        item.fetch = if own == Fetch::default() { Optional::Absent } else { Optional::Known(own) };
    }
}

/// Returns whether a text of a source begins or ends with blanks.
fn has_blanks(source: &Evidence) -> bool {
    [&source.title, &source.quote].iter().any(|text| text.known().is_some_and(|text| text.trim() != text))
}

/// Takes a field out of an attempt.
fn forget(fetch: &mut Fetch, field: EvidenceField) {
    match field.key() {
        ("outcome", _) => fetch.outcome = Required::Unread,
        (key, _) => fetch.slot_mut(key).into_iter().for_each(|slot| slot.clear()),
    }
}
