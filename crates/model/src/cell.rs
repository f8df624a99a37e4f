//! A cell: the answer to one question about one organization, platform or offering.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::limits::MAX_EVIDENCE;
use crate::{
    Confidence, ConfidenceReason, Date, Default, Fact, FetchOutcome, Geography, Key, Optional, PartAnswer,
    Required, Role, Route, Slug, Status, Tier, Url, Value, Verdict, Via,
};

/// The most characters that a headline may have.
pub const MAX_HEADLINE_CHARACTERS: u32 = 100;

/// The answer to one question, with its grade, its evidence and its date.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Cell {
    /// The grade of the offer, as the dimension's guidance says.
    pub status: Required<Status>,
    /// How sure the reading behind the grade is.
    pub confidence: Optional<Confidence>,
    /// Why the confidence is not high.
    pub confidence_reasons: Optional<Vec<ConfidenceReason>>,
    /// The watch-out in one sentence, or for a public yes the setting to make.
    pub headline: Optional<String>,
    /// What was found, and whom it is about. A single line break is a space, a blank line begins a
    /// paragraph.
    pub note: Optional<String>,
    /// Who may have it.
    pub tier: Optional<Tier>,
    /// How one gets at it.
    pub route: Optional<Route>,
    /// Whether it holds without doing anything.
    pub default: Optional<Default>,
    /// Where it holds.
    pub geography: Optional<Vec<Geography>>,
    /// What the geography codes cannot say.
    pub geography_note: Optional<String>,
    /// When a person last confirmed the cell. A cell without it is shown as unverified.
    pub verified_on: Optional<Date>,
    /// On an offering: why its cell differs from the inherited one.
    pub override_reason: Optional<String>,
    /// The answers to the parts of a compound question.
    pub parts: Optional<BTreeMap<Key, Required<PartAnswer>>>,
    /// Typed facts, under the keys of the dimension's dictionary or free ones.
    pub facts: Optional<BTreeMap<Key, Required<Fact>>>,
    /// Models for which the grade differs.
    pub exceptions: Optional<Vec<Exception>>,
    /// The pages on which the grade rests, or where one looked in vain.
    #[schemars(extend("maxItems" = MAX_EVIDENCE))]
    pub evidence: Optional<Vec<Evidence>>,
    /// What people who reviewed the cell decided.
    pub reviews: Optional<Vec<Review>>,
    /// Open questions raised by a recheck or a reader.
    pub flags: Optional<Vec<Flag>>,
}

/// A page on which a grade rests, or where one looked in vain.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Evidence {
    /// The address of the page.
    pub url: Required<Url>,
    /// The title of the page.
    pub title: Optional<String>,
    /// Whose page it is; without it the page counts as secondary.
    pub role: Optional<Role>,
    /// The words of the page that settle the question.
    pub quote: Optional<String>,
    /// The address of an archived copy.
    pub archived_url: Optional<Url>,
    /// What came of the last attempt to read it; without it nobody tried.
    pub fetch: Optional<Fetch>,
}

/// An attempt to read an evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Fetch {
    /// What came of it.
    pub outcome: Required<FetchOutcome>,
    /// The day of the attempt; for a copy, the day of the copy.
    pub on: Optional<Date>,
    /// The HTTP status of the answer (RFC 9110).
    pub http_status: Optional<i64>,
    /// How the page was read; absent where that is not known.
    pub via: Optional<Via>,
    /// With `via = "reported"`: the address of the secondary evidence of the same cell that reports the
    /// reading.
    pub reported_by: Optional<Url>,
}

/// Models for which the grade of a cell differs.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Exception {
    /// The models, by the names their developer uses.
    pub models: Required<Vec<String>>,
    /// The grade for these models.
    pub status: Required<Status>,
    /// The watch-out for these models in one sentence; required unless the grade is a public yes.
    pub headline: Optional<String>,
    /// What differs.
    pub note: Optional<String>,
    /// Typed facts that hold for these models.
    pub facts: Optional<BTreeMap<Key, Required<Fact>>>,
}

/// A person's decision about a cell. It closes the flag that it names.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Review {
    /// The day of the decision.
    pub on: Required<Date>,
    /// Who decided.
    pub by: Optional<String>,
    /// What was decided.
    pub verdict: Required<Verdict>,
    /// Why.
    pub reason: Optional<String>,
    /// The id of the flag that the decision closes.
    pub flag: Optional<Slug>,
}

/// An open question about a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Flag {
    /// The name by which a review closes it.
    pub id: Required<Slug>,
    /// The day on which it was raised.
    pub raised_on: Required<Date>,
    /// The question.
    pub what: Required<String>,
}

impl Cell {
    /// A fact that is stated and could be read.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.known()?.get(key)?.known()
    }

    /// All known fields in canonical order. What is absent or unread is left out.
    pub fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Fields::default();
        fields.text("status", self.status.get());
        fields.text("confidence", self.confidence.get());
        fields.texts("confidence_reasons", &self.confidence_reasons);
        fields.text("headline", self.headline.known());
        fields.text("note", self.note.known());
        fields.text("tier", self.tier.get());
        fields.text("route", self.route.get());
        fields.text("default", self.default.get());
        fields.texts("geography", &self.geography);
        fields.text("geography_note", self.geography_note.known());
        fields.date("verified_on", self.verified_on.get());
        fields.text("override_reason", self.override_reason.known());
        fields.map("parts", &self.parts, |answer| Value::from(crate::Vocabulary::id(*answer)));
        fields.map("facts", &self.facts, |fact| Value::from(fact));
        fields.tables("exceptions", &self.exceptions, Exception::fields);
        fields.tables("evidence", &self.evidence, Evidence::fields);
        fields.tables("reviews", &self.reviews, Review::fields);
        fields.tables("flags", &self.flags, Flag::fields);
        fields.0
    }
}

impl Evidence {
    /// The role it counts as: secondary where none is stated. Nothing where it could not be read.
    pub fn counted_role(&self) -> Option<Role> {
        match self.role {
            Optional::Absent => Some(Role::Secondary),
            Optional::Unread => None,
            Optional::Known(role) => Some(role),
        }
    }

    /// The outcome it counts as: not attempted where none is stated. Nothing where it could not be
    /// read.
    pub fn counted_outcome(&self) -> Option<FetchOutcome> {
        match &self.fetch {
            Optional::Absent => Some(FetchOutcome::NotAttempted),
            Optional::Unread => None,
            Optional::Known(fetch) => fetch.outcome.get(),
        }
    }

    /// All known fields in canonical order, `fetch` as a table.
    pub fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Fields::default();
        fields.text("url", self.url.known());
        fields.text("title", self.title.known());
        fields.text("role", self.role.get());
        fields.text("quote", self.quote.known());
        fields.text("archived_url", self.archived_url.known());
        if let Some(fetch) = self.fetch.known() {
            fields.0.push(("fetch", table(fetch.fields())));
        }
        fields.0
    }
}

impl Fetch {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Fields::default();
        fields.text("outcome", self.outcome.get());
        fields.date("on", self.on.get());
        if let Some(status) = self.http_status.get() {
            fields.0.push(("http_status", Value::Integer(status)));
        }
        fields.text("via", self.via.get());
        fields.text("reported_by", self.reported_by.known());
        fields.0
    }
}

impl Exception {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Fields::default();
        if let Some(models) = self.models.known() {
            fields.0.push(("models", Value::texts(models)));
        }
        fields.text("status", self.status.get());
        fields.text("headline", self.headline.known());
        fields.text("note", self.note.known());
        fields.map("facts", &self.facts, |fact| Value::from(fact));
        fields.0
    }
}

impl Review {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Fields::default();
        fields.date("on", self.on.get());
        fields.text("by", self.by.known());
        fields.text("verdict", self.verdict.get());
        fields.text("reason", self.reason.known());
        fields.text("flag", self.flag.known());
        fields.0
    }
}

impl Flag {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Fields::default();
        fields.text("id", self.id.known());
        fields.date("raised_on", self.raised_on.get());
        fields.text("what", self.what.known());
        fields.0
    }
}

/// Collects known fields in the order in which they are told.
#[derive(Default)]
pub(crate) struct Fields(pub(crate) Vec<(&'static str, Value)>);

impl Fields {
    pub(crate) fn text(&mut self, key: &'static str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.push((key, Value::Text(value.to_string())));
        }
    }

    pub(crate) fn date(&mut self, key: &'static str, value: Option<Date>) {
        if let Some(value) = value {
            self.0.push((key, Value::Date(value)));
        }
    }

    pub(crate) fn texts<T: ToString>(&mut self, key: &'static str, list: &Optional<Vec<T>>) {
        if let Some(items) = list.known() {
            self.0.push((key, Value::texts(items.iter().map(ToString::to_string))));
        }
    }

    pub(crate) fn tables<T>(
        &mut self,
        key: &'static str,
        list: &Optional<Vec<T>>,
        fields: impl Fn(&T) -> Vec<(&'static str, Value)>,
    ) {
        if let Some(items) = list.known() {
            self.0.push((key, Value::List(items.iter().map(|item| table(fields(item))).collect())));
        }
    }

    fn map<T>(
        &mut self,
        key: &'static str,
        map: &Optional<BTreeMap<Key, Required<T>>>,
        value: impl Fn(&T) -> Value,
    ) {
        if let Some(map) = map.known() {
            let entries =
                map.iter().filter_map(|(key, entry)| Some((key.to_string(), value(entry.known()?))));
            self.0.push((key, Value::Table(entries.collect())));
        }
    }
}

fn table(fields: Vec<(&'static str, Value)>) -> Value {
    Value::Table(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}
