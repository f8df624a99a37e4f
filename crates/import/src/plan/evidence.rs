//! Puts the sources that rows state on the evidence of a cell.
//!
//! A source is known by its address. What rows say of one never passes to another, and their order says
//! nothing: sources that are new follow those that are there.

use model::tabular::EvidenceField;
use model::{Evidence, Fetch, FetchOutcome, Optional, Url};

use crate::plan::overlay::{Overlay, Slot};

/// What stands between the passages of one quote.
const BETWEEN_PASSAGES: &str = " […] ";

/// The index of the source with an address.
pub(crate) fn find(list: &[Evidence], url: &Url) -> Option<usize> {
    let wanted = url.identity();
    list.iter().position(|one| one.url.known().is_some_and(|known| known.identity() == wanted))
}

/// The place of a field of a source. An address is none: another one is another source.
pub(crate) fn slot(source: &mut Evidence, field: EvidenceField) -> Option<&mut dyn Slot> {
    let name = match field {
        EvidenceField::Url => return None,
        EvidenceField::Title => "title",
        EvidenceField::Role => "role",
        EvidenceField::Quote => "quote",
        EvidenceField::ArchivedUrl => "archived_url",
        EvidenceField::FetchOutcome => return Some(&mut source.fetch),
        EvidenceField::FetchedOn => return of_fetch(source, "on"),
        EvidenceField::HttpStatus => return of_fetch(source, "http_status"),
        EvidenceField::FetchVia => return of_fetch(source, "via"),
        EvidenceField::ReportedBy => return of_fetch(source, "reported_by"),
    };
    source.slot(name)
}

fn of_fetch<'e>(source: &'e mut Evidence, name: &str) -> Option<&'e mut dyn Slot> {
    match &mut source.fetch {
        Optional::Known(fetch) => fetch.slot(name),
        _ => None,
    }
}

/// The field of a source that has a key, in the source or in the attempt to read it.
pub(crate) fn field(key: &str) -> Option<EvidenceField> {
    Some(match key {
        "title" => EvidenceField::Title,
        "role" => EvidenceField::Role,
        "quote" => EvidenceField::Quote,
        "archived_url" => EvidenceField::ArchivedUrl,
        "outcome" => EvidenceField::FetchOutcome,
        "on" => EvidenceField::FetchedOn,
        "http_status" => EvidenceField::HttpStatus,
        "via" => EvidenceField::FetchVia,
        "reported_by" => EvidenceField::ReportedBy,
        _ => return None,
    })
}

/// Whether a source states a field.
pub(crate) fn states(source: &mut Evidence, field: EvidenceField) -> bool {
    match field {
        EvidenceField::Url => true,
        EvidenceField::FetchOutcome => {
            source.fetch.known().is_some_and(|fetch| fetch.outcome.known().is_some())
        }
        field => slot(source, field).is_some_and(|slot| slot.is_stated()),
    }
}

/// Takes over what is stated of a source. False where a new outcome would get the day of the old attempt.
pub(crate) fn take_over(source: &mut Evidence, mut stated: Evidence) -> bool {
    let fetch = std::mem::take(&mut stated.fetch);
    source.take_over(stated);
    match (&mut source.fetch, fetch) {
        (_, Optional::Absent) => true,
        (Optional::Known(stored), Optional::Known(stated)) => take_attempt(stored, stated),
        (stored, stated) => {
            *stored = stated;
            true
        }
    }
}

fn take_attempt(stored: &mut Fetch, stated: Fetch) -> bool {
    let is_other = stated.outcome.known().is_some() && stated.outcome != stored.outcome;
    if is_other && stated.outcome.is(FetchOutcome::NotAttempted) {
        // Without an attempt there is no day of it.
        *stored = Fetch::default();
    }
    let keeps_day = is_other && stored.on.known().is_some() && stated.on.is_absent();
    stored.take_over(stated);
    !keeps_day
}

/// Joins what another row states of a source. The names of the fields in which the two differ; nothing where
/// the source is new.
pub(crate) fn join(list: &mut Vec<Evidence>, mut other: Evidence) -> Option<Vec<&'static str>> {
    let at = other.url.known().and_then(|url| find(list, url));
    let Some(source) = at.and_then(|at| list.get_mut(at)) else {
        list.push(other);
        return None;
    };
    join_quotes(&mut source.quote, std::mem::take(&mut other.quote));
    let mut differing = Vec::new();
    match (&mut source.fetch, std::mem::take(&mut other.fetch)) {
        (_, Optional::Absent) => {}
        (Optional::Known(fetch), Optional::Known(other)) => differing = fetch.join(other),
        (fetch, other) => *fetch = other,
    }
    differing.extend(source.join(other));
    Some(differing.into_iter().map(column).collect())
}

/// The column of a field of a source, in which two rows differ.
fn column(field: &'static str) -> &'static str {
    match field {
        "title" => "source_title",
        "role" => "source_role",
        "outcome" => "fetch_outcome",
        "on" => "fetched_on",
        "via" => "fetch_via",
        other => other,
    }
}

/// Several passages of one document are one quote.
fn join_quotes(quote: &mut Optional<String>, other: Optional<String>) {
    match (&mut *quote, other) {
        (_, Optional::Absent) => {}
        (Optional::Known(quote), Optional::Known(other)) => {
            for passage in other.split(BETWEEN_PASSAGES) {
                if !quote.split(BETWEEN_PASSAGES).any(|known| known == passage) {
                    quote.push_str(BETWEEN_PASSAGES);
                    quote.push_str(passage);
                }
            }
        }
        (_, other) => *quote = other,
    }
}
