//! Cells in published JSON.

use std::collections::BTreeMap;

use model::{
    Answer, Confidence, ConfidenceReason, Date, Dimension, Doubt, Entity, Fact, FetchOutcome, Geography, Key,
    Optional, PageVisits, PartAnswer, Required, Resolved, Role, Route, Sighting, Slug, Tier, Url, Verdict,
    Via,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Graded, Map, Shown, Typed};
use crate::Edition;
use crate::grade::Grade;

/// The answer to one question. Every key is present; a value that is not stated is null or empty.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct Cell<'a> {
    /// The grade of the offer.
    value: Graded,
    /// How certain the grade is.
    confidence: Option<Shown<Confidence>>,
    /// The reasons why the confidence is not high.
    confidence_reasons: Vec<Shown<ConfidenceReason>>,
    /// The address of the first source.
    source: Option<Shown<&'a Url>>,
    /// The address of an archived copy of that source.
    archived: Option<Shown<&'a Url>>,
    /// The day on which a person last confirmed the cell. `evidence` states what was read for it.
    verified: Option<Shown<Date>>,
    /// Whether a source was opened, or a copy of one was read; null if there is no cell.
    own_reading: Option<bool>,
    /// The date as of which it holds: the later of a confirmation that a reading supports and the newest
    /// dated own reading. Null where neither is known.
    as_of: Option<Shown<Date>>,
    /// The last day on which it is current: by its reading, or by a fact such as the end of a certificate, whichever
    /// comes first; null if `as_of` is null.
    expires: Option<Shown<Date>>,
    /// What ends on that day: `reading`, or the fact, such as `facts.valid_until`.
    expires_by: Option<String>,
    /// The days from `generated` to `expires`; negative if it was past then.
    days_left: Option<i64>,
    /// Why a public yes is to be checked before anyone relies on it, apart from its age, which `as_of` and
    /// `expires` say; empty for every other value.
    to_check: Vec<Shown<Doubt>>,
    /// What was found, and which company it is about. A single line break counts as a space; a blank line begins a
    /// paragraph.
    notes: Option<&'a str>,
    /// What to watch out for, in one sentence; for a public yes, the setting to change.
    headline: Option<&'a str>,
    /// Which customers can get it.
    tier: Option<Shown<Tier>>,
    /// How a customer obtains it: publicly, through a trust center, by request or by contract.
    route: Option<Shown<Route>>,
    /// Whether it holds without an action by the customer.
    default: Option<Shown<model::DefaultState>>,
    /// The regions and countries in which it holds.
    geography: Vec<Shown<Geography>>,
    /// Typed facts by key.
    facts: Map<'a, Typed<'a>>,
    /// The answers to the parts of a compound question.
    parts: Map<'a, Shown<PartAnswer>>,
    /// Who is graded, and whose file holds the cell: `offering:ID`, `platform:ID` or
    /// `organization:ID`; null where there is no cell.
    owner: Option<String>,
    /// Sources for the grade; for `no_public_evidence`, the pages that were searched.
    evidence: Vec<Evidence<'a>>,
}

/// A source for a grade; for `no_public_evidence`, a page that was searched.
#[derive(Debug, Serialize, JsonSchema)]
struct Evidence<'a> {
    /// The address of the page.
    url: Shown<&'a Url>,
    /// The title of the page.
    title: Option<&'a str>,
    /// Whose page it is.
    role: Option<Shown<Role>>,
    /// The words of the page that answer the question.
    quote: Option<&'a str>,
    /// The address of an archived copy.
    archived_url: Option<Shown<&'a Url>>,
    /// What came of the last attempt to read it.
    fetch: Fetch<'a>,
    /// What visits of machines say of it since it was read; null where they say nothing.
    seen: Option<Seen>,
}

/// What a visit of a machine says of a source since it was read. It is no reading, and changes no other value.
#[derive(Debug, Serialize, JsonSchema)]
struct Seen {
    /// What it says.
    state: Shown<Sighting>,
    /// The day of the visit.
    on: Shown<Date>,
}

/// An attempt to read a source.
#[derive(Debug, Serialize, JsonSchema)]
struct Fetch<'a> {
    /// The outcome of the attempt.
    outcome: Option<Shown<FetchOutcome>>,
    /// The day of the attempt.
    on: Option<Shown<Date>>,
    /// The HTTP status code of the response (RFC 9110).
    http_status: Option<i64>,
    /// How the page was read; null if that is not known.
    via: Option<Shown<Via>>,
    /// The address of the source that reports the reading.
    reported_by: Option<Shown<&'a Url>>,
}

/// What is known of a cell beyond the grade that holds: the reasons, and what people decided.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct FullCell<'a> {
    #[serde(flatten)]
    cell: Cell<'a>,
    /// Details that the geography codes cannot express.
    geography_note: Option<&'a str>,
    /// Why this cell of an offering differs from the inherited one.
    override_reason: Option<&'a str>,
    /// Models for which the grade differs.
    exceptions: Vec<Exception<'a>>,
    /// Decisions of people who reviewed the cell.
    reviews: Vec<Review<'a>>,
    /// Open questions about the cell.
    flags: Vec<Flag<'a>>,
}

/// Models for which the grade of a cell differs.
#[derive(Debug, Serialize, JsonSchema)]
struct Exception<'a> {
    /// The names of the models, as their developer writes them.
    models: &'a [String],
    /// The grade for these models.
    value: Graded,
    /// What to watch out for with these models, in one sentence.
    headline: Option<&'a str>,
    /// How these models differ.
    note: Option<&'a str>,
    /// Typed facts that hold for these models.
    facts: Map<'a, Typed<'a>>,
}

/// A person's decision about a cell.
#[derive(Debug, Serialize, JsonSchema)]
struct Review<'a> {
    /// The day of the decision.
    on: Option<Shown<Date>>,
    /// Who decided.
    by: Option<&'a str>,
    /// What was decided.
    verdict: Option<Shown<Verdict>>,
    /// The reason.
    reason: Option<&'a str>,
    /// The id of the flag that the decision closes.
    flag: Option<Shown<&'a Slug>>,
}

/// An open question about a cell.
#[derive(Debug, Serialize, JsonSchema)]
struct Flag<'a> {
    /// Its id.
    id: Option<Shown<&'a Slug>>,
    /// The day on which the flag was raised.
    raised_on: Option<Shown<Date>>,
    /// The question.
    what: Option<&'a str>,
}

/// A model for which some answers differ from those of its offering.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ModelException<'a> {
    /// The model, by the name its developer uses.
    pub(super) model: &'a str,
    /// The answers that hold for it, by dimension. All others are those of the offering.
    pub(super) dimensions: Map<'a, Cell<'a>>,
}

impl<'a> Cell<'a> {
    /// The answer to a question of a resolved offering.
    pub(super) fn resolved(resolved: &Resolved<'a>, edition: &Edition) -> Self {
        match &resolved.answer {
            Answer::Cell(owner, cell) => Self::stored(owner, resolved.dimension, cell, edition),
            _ => Self::empty(Grade::of(resolved)),
        }
    }

    /// A stored cell.
    pub(super) fn stored(
        owner: &Entity,
        dimension: &Dimension,
        cell: &'a model::Cell,
        edition: &Edition,
    ) -> Self {
        let source = cell.evidence.items().iter().find_map(|one| Some((one.url.known()?, one)));
        let parts = cell.parts.known().into_iter().flatten();
        let end = cell.current_end(dimension);
        Self {
            confidence: cell.confidence.get().map(Shown),
            confidence_reasons: cell.confidence_reasons.items().iter().copied().map(Shown).collect(),
            source: source.map(|(url, _)| Shown(url)),
            archived: source.and_then(|(_, one)| one.archived_url.known()).map(Shown),
            verified: cell.verified_on.get().map(Shown),
            own_reading: Some(cell.has_own_reading()),
            as_of: cell.as_of().map(Shown),
            expires: end.map(|end| Shown(end.day)),
            expires_by: end.map(|end| end.of.id()),
            days_left: end.map(|end| end.day.days_since(edition.generated())),
            to_check: cell.lasting_doubts().into_iter().map(Shown).collect(),
            notes: text(cell.note.known()),
            headline: text(cell.headline.known()),
            tier: cell.tier.get().map(Shown),
            route: cell.route.get().map(Shown),
            default: cell.default.get().map(Shown),
            geography: cell.geography.items().iter().copied().map(Shown).collect(),
            facts: typed(&cell.facts),
            parts: Map(parts
                .filter_map(|(key, answer)| Some((key.as_str(), Shown(answer.get()?))))
                .collect()),
            owner: owner.reference(),
            evidence: cell
                .evidence
                .items()
                .iter()
                .filter_map(|one| Evidence::new(one, edition.visits()))
                .collect(),
            ..Self::empty(Grade::of_status(cell.status.get()))
        }
    }

    fn empty(grade: Grade) -> Self {
        Self { value: Graded(grade), ..Self::default() }
    }

    /// The models for which the stored cell makes exceptions, each with the answer that holds for
    /// it. That answer rests on the same reading; what else the cell says is not about these models.
    pub(super) fn excepted(
        owner: &Entity,
        dimension: &Dimension,
        cell: &'a model::Cell,
        edition: &Edition,
    ) -> impl Iterator<Item = (&'a str, Self)> {
        cell.exceptions.items().iter().flat_map(move |exception| {
            exception.models.known().into_iter().flatten().map(move |model| {
                let whole = Self::stored(owner, dimension, cell, edition);
                let status = exception.status.clone();
                let theirs = model::Cell { status, parts: Optional::Absent, ..cell.clone() };
                let answer = Self {
                    confidence: whole.confidence,
                    confidence_reasons: whole.confidence_reasons,
                    source: whole.source,
                    archived: whole.archived,
                    verified: whole.verified,
                    own_reading: whole.own_reading,
                    as_of: whole.as_of,
                    expires: whole.expires,
                    expires_by: whole.expires_by,
                    days_left: whole.days_left,
                    to_check: theirs.lasting_doubts().into_iter().map(Shown).collect(),
                    notes: text(exception.note.known()),
                    headline: text(exception.headline.known()),
                    facts: typed(&exception.facts),
                    owner: whole.owner,
                    evidence: whole.evidence,
                    ..Self::empty(Grade::of_status(exception.status.get()))
                };
                (model.as_str(), answer)
            })
        })
    }
}

impl<'a> FullCell<'a> {
    /// The answer to a question of a resolved offering.
    pub(super) fn resolved(resolved: &Resolved<'a>, edition: &Edition) -> Self {
        match &resolved.answer {
            Answer::Cell(owner, cell) => Self::stored(owner, resolved.dimension, cell, edition),
            _ => Self { cell: Cell::resolved(resolved, edition), ..Self::default() },
        }
    }

    /// A stored cell.
    pub(super) fn stored(
        owner: &Entity,
        dimension: &Dimension,
        cell: &'a model::Cell,
        edition: &Edition,
    ) -> Self {
        let exception = |one: &'a model::Exception| Exception {
            models: one.models.known().map(Vec::as_slice).unwrap_or_default(),
            value: Graded(Grade::of_status(one.status.get())),
            headline: text(one.headline.known()),
            note: text(one.note.known()),
            facts: typed(&one.facts),
        };
        let review = |one: &'a model::Review| Review {
            on: one.on.get().map(Shown),
            by: text(one.by.known()),
            verdict: one.verdict.get().map(Shown),
            reason: text(one.reason.known()),
            flag: one.flag.known().map(Shown),
        };
        let flag = |one: &'a model::Flag| Flag {
            id: one.id.known().map(Shown),
            raised_on: one.raised_on.get().map(Shown),
            what: text(one.what.known()),
        };
        Self {
            cell: Cell::stored(owner, dimension, cell, edition),
            geography_note: text(cell.geography_note.known()),
            override_reason: text(cell.override_reason.known()),
            exceptions: cell.exceptions.items().iter().map(exception).collect(),
            reviews: cell.reviews.items().iter().map(review).collect(),
            flags: cell.open_flags().map(flag).collect(),
        }
    }
}

impl<'a> Evidence<'a> {
    /// Nothing where the address could not be read: there is no page then.
    fn new(evidence: &'a model::Evidence, visits: &PageVisits) -> Option<Self> {
        let fetch = evidence.fetch.known();
        Some(Self {
            url: Shown(evidence.url.known()?),
            title: text(evidence.title.known()),
            role: evidence.counted_role().map(Shown),
            quote: text(evidence.quote.known()),
            archived_url: evidence.archived_url.known().map(Shown),
            fetch: Fetch {
                outcome: evidence.counted_outcome().map(Shown),
                on: fetch.and_then(|fetch| fetch.on.get()).map(Shown),
                http_status: fetch.and_then(|fetch| fetch.http_status.get()),
                via: fetch.and_then(|fetch| fetch.via.get()).map(Shown),
                reported_by: fetch.and_then(|fetch| fetch.reported_by.known()).map(Shown),
            },
            seen: visits.sighting(evidence).map(|(state, on)| Seen { state: Shown(state), on: Shown(on) }),
        })
    }
}

fn typed(facts: &Optional<BTreeMap<Key, Required<Fact>>>) -> Map<'_, Typed<'_>> {
    let facts = facts.known().into_iter().flatten();
    Map(facts.filter_map(|(key, fact)| Some((key.as_str(), Typed(fact.known()?)))).collect())
}

pub(super) fn text(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str)
}
