//! A cell as a page shows it: every field in words.

use std::collections::BTreeMap;

use model::{
    Cell, Date, Dimension, Evidence, Exception, Fact, FactSpec, Flag, Key, Optional, Required, Review, Url,
    Vocabulary,
};

use super::escape::https;
use crate::grade::Grade;
use crate::reading::{self, DUE, WAS_DUE};
use crate::words::paragraphs;
use crate::words::{self, UNREAD};

/// A cell in words.
#[derive(Debug)]
pub(super) struct CellView<'a> {
    pub(super) grade: Grade,
    pub(super) headline: Option<&'a str>,
    pub(super) confidence: Option<ConfidenceView>,
    /// Why a public yes is to be checked first.
    pub(super) doubts: Vec<String>,
    /// The day as of which it speaks, and whether there is one.
    pub(super) as_of: (String, bool),
    /// The day and whether a source was read.
    pub(super) standing: String,
    pub(super) due: Option<Due>,
    /// What was read for it, and whether a source was.
    pub(super) sources: (String, bool),
    pub(super) verified: String,
    /// Tier, route, default and geography, each with its label and what it means.
    pub(super) terms: Vec<Term>,
    pub(super) note: Vec<String>,
    pub(super) parts: Vec<(String, &'static str)>,
    pub(super) facts: Vec<FactView<'a>>,
    pub(super) exceptions: Vec<ExceptionView<'a>>,
    pub(super) evidence: Vec<EvidenceView<'a>>,
    /// Whether evidence is stated that could not be read.
    pub(super) evidence_unread: bool,
    pub(super) reviews: Vec<ReviewView<'a>>,
    pub(super) flags: Vec<FlagView<'a>>,
}

/// The day on which an answer is to be looked at again.
#[derive(Debug, Clone)]
pub(super) struct Due {
    /// What stands before the day.
    pub(super) words: &'static str,
    pub(super) day: String,
    pub(super) is_past: bool,
}

impl Due {
    /// When an answer is due again, as seen from a day.
    pub(super) fn of(cell: &Cell, dimension: &Dimension, seen: Date) -> Option<Self> {
        let until = cell.current_until(dimension)?;
        let is_past = until < seen;
        Some(Self { words: if is_past { WAS_DUE } else { DUE }, day: until.to_string(), is_past })
    }
}

/// How sure a grade is, and why it is not surer.
#[derive(Debug)]
pub(super) struct ConfidenceView {
    pub(super) label: &'static str,
    pub(super) id: &'static str,
    /// Why it is not high, a sentence each.
    pub(super) reasons: Vec<(&'static str, &'static str)>,
}

/// A term of a cell in words.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) meaning: &'static str,
}

/// A fact in words.
#[derive(Debug)]
pub(super) struct FactView<'a> {
    pub(super) label: String,
    /// What the dictionary says of it; empty where it says nothing.
    pub(super) meaning: &'a str,
    pub(super) values: Vec<Linked>,
}

/// A text that leads to a page where it is a web address.
#[derive(Debug)]
pub(super) struct Linked {
    pub(super) text: String,
    pub(super) href: Option<String>,
}

/// Models for which the grade differs.
#[derive(Debug)]
pub(super) struct ExceptionView<'a> {
    pub(super) models: String,
    pub(super) grade: Grade,
    pub(super) headline: Option<&'a str>,
    pub(super) note: Vec<String>,
    pub(super) facts: Vec<FactView<'a>>,
}

/// A page on which a grade rests.
#[derive(Debug)]
pub(super) struct EvidenceView<'a> {
    pub(super) title: &'a str,
    pub(super) address: &'a str,
    pub(super) href: Option<&'a str>,
    pub(super) role: &'static str,
    pub(super) attempt: String,
    pub(super) quote: Option<&'a str>,
    pub(super) archived: Option<(&'a str, Option<&'a str>)>,
}

/// A person's decision.
#[derive(Debug)]
pub(super) struct ReviewView<'a> {
    pub(super) on: String,
    pub(super) verdict: &'static str,
    pub(super) by: Option<&'a str>,
    pub(super) reason: Vec<String>,
}

/// An open question.
#[derive(Debug)]
pub(super) struct FlagView<'a> {
    pub(super) raised_on: String,
    pub(super) what: &'a str,
}

impl<'a> CellView<'a> {
    /// The cell as it stands on the day as of which the registry speaks.
    pub(super) fn new(cell: &'a Cell, dimension: &'a Dimension, day: Date) -> Self {
        Self {
            grade: Grade::of_status(cell.status.get()),
            headline: cell.headline.known().map(String::as_str),
            confidence: confidence(cell),
            doubts: reading::doubts(cell, dimension, day),
            as_of: (reading::as_of(cell), cell.as_of().is_some()),
            standing: reading::standing(cell),
            due: Due::of(cell, dimension, day),
            sources: (reading::sources(cell), cell.has_own_reading()),
            verified: reading::verified(cell),
            terms: terms(cell),
            note: paragraphs(cell.note.text()),
            parts: words::parts(cell).collect(),
            facts: facts(&cell.facts, dimension),
            exceptions: cell.exceptions.items().iter().map(|one| exception(one, dimension)).collect(),
            evidence: cell.evidence.items().iter().map(evidence).collect(),
            evidence_unread: cell.evidence.is_unread(),
            reviews: cell.reviews.items().iter().map(review).collect(),
            flags: cell.open_flags().map(flag).collect(),
        }
    }
}

fn confidence(cell: &Cell) -> Option<ConfidenceView> {
    let label = words::term(&cell.confidence)?;
    let id = cell.confidence.get().map_or("unread", Vocabulary::id);
    let reasons = cell.confidence_reasons.items();
    let reasons = reasons.iter().map(|reason| (reason.label(), reason.meaning())).collect();
    Some(ConfidenceView { label, id, reasons })
}

fn terms(cell: &Cell) -> Vec<Term> {
    let closed = [
        term("Who may have it", &cell.tier),
        term("How to get it", &cell.route),
        term("As delivered", &cell.default),
    ];
    let geography = words::geography(cell).map(|value| Term { label: "Where it holds", value, meaning: "" });
    closed.into_iter().flatten().chain(geography).collect()
}

fn term<V: Vocabulary>(label: &'static str, value: &Optional<V>) -> Option<Term> {
    let meaning = value.get().map_or("", Vocabulary::meaning);
    words::term(value).map(|value| Term { label, value: value.to_owned(), meaning })
}

fn facts<'a>(
    facts: &'a Optional<BTreeMap<Key, Required<Fact>>>,
    dimension: &'a Dimension,
) -> Vec<FactView<'a>> {
    let view = |(key, fact): (&'a Key, &'a Required<Fact>)| {
        let spec = dimension.fact(key.as_str());
        let unit = spec.and_then(|spec| spec.unit.known()).map(String::as_str);
        let values = match fact.known() {
            None => vec![Linked::plain(UNREAD)],
            Some(Fact::List(items)) if !items.is_empty() => {
                items.iter().map(|item| Linked::new(item)).collect()
            }
            Some(Fact::Text(text)) if is_listed(spec, text) => vec![Linked::plain(&text.replace('_', " "))],
            Some(Fact::Text(text)) => vec![Linked::new(text)],
            Some(other) => vec![Linked::plain(&words::fact(other, unit))],
        };
        FactView {
            label: words::key(key.as_str()),
            meaning: spec.map_or("", |spec| spec.meaning.text()),
            values,
        }
    };
    facts.known().into_iter().flatten().map(view).collect()
}

/// Whether a text is one of the closed values of its fact, which are written as keys are.
fn is_listed(spec: Option<&FactSpec>, text: &str) -> bool {
    spec.is_some_and(|spec| spec.one_of.items().iter().any(|value| value == text))
}

impl Linked {
    /// Text that leads nowhere.
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), href: None }
    }

    /// Text that leads to the page whose address all of it is.
    pub(super) fn new(text: &str) -> Self {
        let url = text.parse::<Url>().ok();
        let href = url.as_ref().and_then(https).map(ToOwned::to_owned);
        Self { text: text.to_owned(), href }
    }
}

fn exception<'a>(exception: &'a Exception, dimension: &'a Dimension) -> ExceptionView<'a> {
    ExceptionView {
        models: words::models(exception),
        grade: Grade::of_status(exception.status.get()),
        headline: exception.headline.known().map(String::as_str),
        note: paragraphs(exception.note.text()),
        facts: facts(&exception.facts, dimension),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceView<'_> {
    let address = evidence.url.known().map_or(UNREAD, Url::as_str);
    let title = evidence.title.known().map(|title| title.trim()).filter(|title| !title.is_empty());
    EvidenceView {
        title: title.unwrap_or(address),
        address,
        href: evidence.url.known().and_then(https),
        role: words::role(evidence),
        attempt: reading::attempt(evidence),
        quote: evidence.quote.known().map(String::as_str),
        archived: evidence.archived_url.known().map(|url| (url.as_str(), https(url))),
    }
}

fn review(review: &Review) -> ReviewView<'_> {
    ReviewView {
        on: review.on.get().map_or_else(|| UNREAD.to_owned(), |day| day.to_string()),
        verdict: review.verdict.get().map_or(UNREAD, Vocabulary::label),
        by: review.by.known().map(String::as_str),
        reason: paragraphs(review.reason.text()),
    }
}

fn flag(flag: &Flag) -> FlagView<'_> {
    FlagView {
        raised_on: flag.raised_on.get().map_or_else(|| UNREAD.to_owned(), |day| day.to_string()),
        what: flag.what.known().map_or(UNREAD, String::as_str),
    }
}
