//! A cell as readers see it.

use std::collections::BTreeMap;

use model::{
    Cell, Date, Dimension, Evidence, Exception, Fact, FactSpec, Key, Optional, Record, Required, Review,
    Shape, Slot, TextKind, Url, Verdict, Vocabulary,
};

use crate::grade::Grade;
use crate::reading::{self, Due};
use crate::words::{self, UNREAD, paragraphs};

/// The fields that have a place of their own in every format. All others that have a label are shown among the
/// terms or the remarks, whatever they are.
const PLACED: [&str; 10] = [
    "status",
    "confidence",
    "headline",
    "verified_on",
    "parts",
    "facts",
    "exceptions",
    "evidence",
    "reviews",
    "flags",
];

/// A cell in words.
#[derive(Debug)]
pub struct CellView<'a> {
    /// What it comes to.
    pub grade: Grade,
    /// What it says in one sentence.
    pub headline: Option<&'a str>,
    /// Why a public yes is to be checked first.
    pub doubts: Vec<String>,
    /// How sure the grade is.
    pub confidence: Labelled<Option<ConfidenceView>>,
    /// The day as of which it speaks, in words.
    pub as_of: String,
    /// Whether there is such a day.
    pub is_dated: bool,
    /// That day and whether a source was read.
    pub standing: String,
    /// When it is to be looked at again.
    pub due: Option<Due>,
    /// What was read for it.
    pub sources: String,
    /// Whether a source was read.
    pub is_read: bool,
    /// Who confirmed it, when, and against what.
    pub verified: Labelled<String>,
    /// The terms on which it holds.
    pub terms: Vec<Term>,
    /// What else it says in sentences.
    pub remarks: Vec<Labelled<String>>,
    /// The paragraphs of its note.
    pub note: Vec<String>,
    /// What is known in detail.
    pub facts: Labelled<Vec<FactView<'a>>>,
    /// The answers to the parts of the question, by part.
    pub parts: Labelled<Vec<(String, &'static str)>>,
    /// The models for which it differs.
    pub exceptions: Labelled<Vec<ExceptionView<'a>>>,
    /// The pages on which it rests; nothing where they could not be read.
    pub evidence: Labelled<Option<Vec<EvidenceView<'a>>>>,
    /// What people decided.
    pub reviews: Labelled<Vec<ReviewView<'a>>>,
    /// The flags that no review closes.
    pub flags: Labelled<Vec<FlagView<'a>>>,
}

/// Something under the label of its field.
#[derive(Debug)]
pub struct Labelled<T> {
    /// The label.
    pub label: &'static str,
    /// What is shown under it.
    pub value: T,
}

/// A term on which an answer holds.
#[derive(Debug)]
pub struct Term {
    /// The label of its field.
    pub label: &'static str,
    /// The term in words.
    pub value: String,
    /// What it means; empty where the words say all.
    pub meaning: &'static str,
}

/// How sure a grade is, and why it is not surer.
#[derive(Debug)]
pub struct ConfidenceView {
    /// The label of the confidence.
    pub label: &'static str,
    /// Its id; `unread` where it could not be read.
    pub id: &'static str,
    /// The confidence with its reasons.
    pub words: String,
    /// Why it is not high: labels, each with what it means.
    pub reasons: Vec<(&'static str, &'static str)>,
}

/// A fact.
#[derive(Debug)]
pub struct FactView<'a> {
    /// Its key in words.
    pub label: String,
    /// What the dictionary says of it; empty where it says nothing.
    pub meaning: &'a str,
    /// The fact in words.
    pub words: String,
    /// Its value, where it could be read.
    pub fact: Option<&'a Fact>,
    /// The unit of its value.
    pub unit: Option<&'a str>,
    /// Whether it is one of the closed values of its fact, which are written as keys are.
    pub is_listed: bool,
}

/// Models for which a grade differs.
#[derive(Debug)]
pub struct ExceptionView<'a> {
    /// The models by name.
    pub models: String,
    /// The grade for them.
    pub grade: Grade,
    /// What to know in one sentence.
    pub headline: Option<&'a str>,
    /// The paragraphs of its note.
    pub note: Vec<String>,
    /// The facts that hold for them.
    pub facts: Vec<FactView<'a>>,
}

/// A page on which a grade rests.
#[derive(Debug)]
pub struct EvidenceView<'a> {
    /// Its title, unless that is blank.
    pub title: Option<&'a str>,
    /// Its address, where it could be read.
    pub url: Option<&'a Url>,
    /// Whose page it is.
    pub role: &'static str,
    /// What came of the last attempt to read it.
    pub attempt: String,
    /// The words that settle the question.
    pub quote: Option<&'a str>,
    /// The address of an archived copy.
    pub archived: Option<&'a Url>,
}

/// A person's decision.
#[derive(Debug)]
pub struct ReviewView<'a> {
    /// Its day, where it could be read.
    pub on: Option<Date>,
    /// What was decided, in a word.
    pub verdict: &'static str,
    /// Who decided.
    pub by: Option<&'a str>,
    /// Why.
    pub reason: Option<&'a str>,
}

/// An open question.
#[derive(Debug)]
pub struct FlagView<'a> {
    /// The day on which it was raised, where it could be read.
    pub raised_on: Option<Date>,
    /// The question.
    pub what: &'a str,
}

impl<'a> CellView<'a> {
    /// The cell as it stands on a day.
    pub fn new(cell: &'a Cell, dimension: &'a Dimension, day: Date) -> Self {
        let (terms, remarks) = labelled(cell);
        let facts = facts(&cell.facts, dimension);
        let exceptions =
            cell.exceptions.items().iter().map(|one| ExceptionView::new(one, dimension)).collect();
        let evidence =
            (!cell.evidence.is_unread()).then(|| cell.evidence.items().iter().map(evidence).collect());
        let flag = |flag: &'a model::Flag| FlagView {
            raised_on: flag.raised_on.get(),
            what: flag.what.known().map_or(UNREAD, String::as_str),
        };
        Self {
            grade: Grade::of_status(cell.status.get()),
            headline: cell.headline.known().map(String::as_str),
            doubts: reading::doubts(cell, dimension, day),
            confidence: under("confidence", confidence(cell)),
            as_of: reading::as_of(cell),
            is_dated: cell.as_of().is_some(),
            standing: reading::standing(cell),
            due: Due::of(cell, dimension, day),
            sources: reading::sources(cell),
            is_read: cell.has_own_reading(),
            verified: under("verified_on", reading::verified(cell)),
            terms,
            remarks,
            note: paragraphs(cell.note.text()),
            facts: under("facts", facts),
            parts: under("parts", words::parts(cell).collect()),
            exceptions: under("exceptions", exceptions),
            evidence: under("evidence", evidence),
            reviews: under("reviews", cell.reviews.items().iter().map(review).collect()),
            flags: under("flags", cell.open_flags().map(flag).collect()),
        }
    }
}

/// Something under the label of a field of a cell.
fn under<T>(key: &'static str, value: T) -> Labelled<T> {
    Labelled { label: Cell::label(key), value }
}

/// The fields of a cell that have a label and no place of their own, in canonical order: the terms, and the texts.
fn labelled(cell: &Cell) -> (Vec<Term>, Vec<Labelled<String>>) {
    let (mut terms, mut remarks) = (Vec::new(), Vec::new());
    cell.each(&mut |field, slot| {
        let Some(label) = field.label.filter(|_| !PLACED.contains(&field.key)) else { return };
        if field.key == "geography" {
            terms.extend(words::geography(cell).map(|value| Term { label, value, meaning: "" }));
        } else if matches!(field.text, Some(TextKind::Prose | TextKind::Remark)) {
            remarks.extend(slot.is_known().then(|| Labelled { label, value: slot.column() }));
        } else {
            terms.extend(term(label, field.shape, slot));
        }
    });
    (terms, remarks)
}

fn term(label: &'static str, shape: Shape, slot: &dyn Slot) -> Option<Term> {
    let (value, meaning) = match slot.term() {
        Some((value, meaning)) => (value.to_owned(), meaning),
        None if shape != Shape::Term && slot.is_known() => (slot.column(), ""),
        None if slot.is_stated() => (UNREAD.to_owned(), ""),
        None => return None,
    };
    Some(Term { label, value, meaning })
}

fn confidence(cell: &Cell) -> Option<ConfidenceView> {
    let label = words::term(&cell.confidence)?;
    let id = cell.confidence.get().map_or("unread", Vocabulary::id);
    let reasons = cell.confidence_reasons.items();
    let reasons = reasons.iter().map(|reason| (reason.label(), reason.meaning())).collect();
    Some(ConfidenceView { label, id, words: words::confidence(cell)?, reasons })
}

fn facts<'a>(
    facts: &'a Optional<BTreeMap<Key, Required<Fact>>>,
    dimension: &'a Dimension,
) -> Vec<FactView<'a>> {
    let view = |(key, fact): (&'a Key, &'a Required<Fact>)| {
        let spec = dimension.fact(key.as_str());
        let fact = fact.known();
        FactView {
            label: words::key(key.as_str()),
            meaning: spec.map_or("", |spec| spec.meaning.text()),
            words: words::fact_of(key, fact, spec),
            fact,
            unit: spec.and_then(|spec| spec.unit.known()).map(String::as_str),
            is_listed: is_listed(spec, fact),
        }
    };
    facts.known().into_iter().flatten().map(view).collect()
}

fn is_listed(spec: Option<&FactSpec>, fact: Option<&Fact>) -> bool {
    let Some(Fact::Text(text)) = fact else { return false };
    spec.is_some_and(|spec| spec.one_of.items().contains(text))
}

impl<'a> ExceptionView<'a> {
    /// The exception of a cell that answers a question.
    pub fn new(exception: &'a Exception, dimension: &'a Dimension) -> Self {
        Self {
            models: words::models(exception),
            grade: Grade::of_status(exception.status.get()),
            headline: exception.headline.known().map(String::as_str),
            note: paragraphs(exception.note.text()),
            facts: facts(&exception.facts, dimension),
        }
    }

    /// All of it in one line: "gpt-x: No. One region only. Needs a request. Retention days: 30".
    pub fn line(&self) -> String {
        let facts: Vec<_> = self.facts.iter().map(FactView::line).collect();
        let parts = [
            format!("{}: {}", self.models, self.grade.label()),
            self.headline.unwrap_or_default().to_owned(),
            self.note.join(" "),
            facts.join("; "),
        ];
        let stated = parts.iter().map(|part| part.trim_end_matches('.')).filter(|part| !part.is_empty());
        stated.collect::<Vec<_>>().join(". ")
    }
}

impl<'a> EvidenceView<'a> {
    /// Its address, or that it could not be read.
    pub fn address(&self) -> &'a str {
        self.url.map_or(UNREAD, Url::as_str)
    }

    /// Its title; its address where it has none.
    pub fn title_or_address(&self) -> &'a str {
        self.title.unwrap_or_else(|| self.address())
    }
}

impl FactView<'_> {
    /// The fact with its key: "Retention days: 30".
    pub fn line(&self) -> String {
        format!("{}: {}", self.label, self.words)
    }
}

fn evidence(evidence: &Evidence) -> EvidenceView<'_> {
    EvidenceView {
        title: evidence.title.known().map(|title| title.trim()).filter(|title| !title.is_empty()),
        url: evidence.url.known(),
        role: words::role(evidence),
        attempt: reading::attempt(evidence),
        quote: evidence.quote.known().map(String::as_str),
        archived: evidence.archived_url.known(),
    }
}

fn review(review: &Review) -> ReviewView<'_> {
    ReviewView {
        on: review.on.get(),
        verdict: review.verdict.get().map_or(UNREAD, Verdict::label),
        by: review.by.known().map(String::as_str),
        reason: review.reason.known().map(String::as_str),
    }
}
