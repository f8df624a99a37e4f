//! The lists of a cell, as readers see them: facts, exceptions, evidence, reviews and flags.

use std::collections::BTreeMap;

use model::{
    Date, Dimension, Evidence, Exception, Fact, FactSpec, Flag, Key, Optional, PageVisits, Required, Review,
    Url, Verdict, Vocabulary,
};

use crate::grade::Grade;
use crate::reading;
use crate::words::{self, UNREAD, paragraphs};

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
    /// What came of the last attempt to read it, and what visits saw since.
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

/// Facts with what their dictionary says of them.
pub(super) fn facts<'a>(
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

/// A page on which a grade rests.
pub(super) fn evidence<'a>(evidence: &'a Evidence, visits: &PageVisits) -> EvidenceView<'a> {
    EvidenceView {
        title: evidence.title.known().map(|title| title.trim()).filter(|title| !title.is_empty()),
        url: evidence.url.known(),
        role: words::role(evidence),
        attempt: reading::attempt_and_visits(evidence, visits),
        quote: evidence.quote.known().map(String::as_str),
        archived: evidence.archived_url.known(),
    }
}

/// A person's decision.
pub(super) fn review(review: &Review) -> ReviewView<'_> {
    ReviewView {
        on: review.on.get(),
        verdict: review.verdict.get().map_or(UNREAD, Verdict::label),
        by: review.by.known().map(String::as_str),
        reason: review.reason.known().map(String::as_str),
    }
}

/// An open question.
pub(super) fn flag(flag: &Flag) -> FlagView<'_> {
    FlagView { raised_on: flag.raised_on.get(), what: flag.what.known().map_or(UNREAD, String::as_str) }
}
