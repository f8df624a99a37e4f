//! Whether two cells say the same.

use model::{Cell, Evidence, Exception, Flag, Optional, Required, Review};

/// Whether two cells are equal in all but `override_reason`, with nothing in them that could not be
/// read.
pub(crate) fn says_the_same(one: &Cell, other: &Cell) -> bool {
    // Taken apart by name, so that a new field cannot be forgotten here.
    let Cell {
        status,
        confidence,
        confidence_reasons,
        headline,
        note,
        tier,
        route,
        default,
        geography,
        geography_note,
        verified_on,
        override_reason: _,
        parts,
        facts,
        exceptions,
        evidence,
        reviews,
        flags,
    } = one;
    *status == other.status
        && *confidence == other.confidence
        && *headline == other.headline
        && *note == other.note
        && *confidence_reasons == other.confidence_reasons
        && *tier == other.tier
        && *route == other.route
        && *default == other.default
        && *geography == other.geography
        && *geography_note == other.geography_note
        && *verified_on == other.verified_on
        && *parts == other.parts
        && *facts == other.facts
        && *exceptions == other.exceptions
        && *evidence == other.evidence
        && *reviews == other.reviews
        && *flags == other.flags
        && is_whole(one)
}

/// Whether everything in the cell could be read.
fn is_whole(cell: &Cell) -> bool {
    let lists = !cell.confidence_reasons.is_unread() && !cell.geography.is_unread();
    let words = ![&cell.headline, &cell.note, &cell.geography_note].iter().any(|text| text.is_unread());
    let terms = !cell.tier.is_unread() && !cell.route.is_unread() && !cell.default.is_unread();
    let grade = read(&cell.status) && !cell.confidence.is_unread() && !cell.verified_on.is_unread();
    let parts = !cell.parts.is_unread() && cell.parts.known().into_iter().flatten().all(|(_, one)| read(one));
    let facts = !cell.facts.is_unread() && cell.facts.known().into_iter().flatten().all(|(_, one)| read(one));
    lists
        && words
        && terms
        && grade
        && parts
        && facts
        && all(&cell.exceptions, is_whole_exception)
        && all(&cell.evidence, is_whole_evidence)
        && all(&cell.reviews, is_whole_review)
        && all(&cell.flags, is_whole_flag)
}

/// Whether everything in the evidence could be read.
pub(crate) fn is_whole_evidence(evidence: &Evidence) -> bool {
    let fetch = match &evidence.fetch {
        Optional::Absent => true,
        Optional::Unread => false,
        Optional::Known(fetch) => {
            read(&fetch.outcome)
                && !fetch.on.is_unread()
                && !fetch.http_status.is_unread()
                && !fetch.via.is_unread()
                && !fetch.reported_by.is_unread()
        }
    };
    let words = !evidence.title.is_unread() && !evidence.quote.is_unread();
    read(&evidence.url) && words && !evidence.role.is_unread() && !evidence.archived_url.is_unread() && fetch
}

fn is_whole_exception(exception: &Exception) -> bool {
    let facts = !exception.facts.is_unread()
        && exception.facts.known().into_iter().flatten().all(|(_, one)| read(one));
    let words = !exception.headline.is_unread() && !exception.note.is_unread();
    read(&exception.models) && read(&exception.status) && words && facts
}

fn is_whole_review(review: &Review) -> bool {
    let words = !review.by.is_unread() && !review.reason.is_unread() && !review.flag.is_unread();
    read(&review.on) && read(&review.verdict) && words
}

fn is_whole_flag(flag: &Flag) -> bool {
    read(&flag.id) && read(&flag.raised_on) && read(&flag.what)
}

fn all<T>(list: &Optional<Vec<T>>, whole: impl Fn(&T) -> bool) -> bool {
    !list.is_unread() && list.items().iter().all(whole)
}

fn read<T>(field: &Required<T>) -> bool {
    field.known().is_some()
}
