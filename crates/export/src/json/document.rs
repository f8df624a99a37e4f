//! The published JSON documents.

use model::{
    Category, Date, Dimension, DimensionId, FactFormat, FactType, FetchOutcome, Key, Level, OrganizationId,
    PageVisit, Resolved, Slug, Url, VisitVia,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::cell::{Cell, FullCell, ModelException, text};
use super::value::{Each, Map, Shown, Version};
use crate::edition::Edition;

/// What every document begins with.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(super) struct Header<'a> {
    /// The name of the registry.
    name: &'a str,
    /// The version of this format. Within a version, keys may be added; none is removed or changes its type.
    schema_version: Version,
    /// The date as of which the registry holds: the newest date in its data.
    generated: Shown<Date>,
    /// The licence of the data, as an SPDX expression.
    license: Option<&'a str>,
    /// What readers may conclude from the data, and what not.
    disclaimer: Option<&'a str>,
}

/// The whole registry: every offering with the answers that hold for it.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Registry")]
pub(super) struct Data<'a> {
    #[serde(flatten)]
    pub(super) header: Header<'a>,
    /// How much of the answers of all offerings was read.
    pub(super) coverage: Coverage,
    /// The questions by id, in their order.
    pub(super) dimensions: Map<'a, &'a str>,
    /// The offerings by id.
    pub(super) offerings: Each<'a, Offering<'a, Cell<'a>>>,
}

/// Answers counted by what was read for them. The counts are independent; none is a score.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(super) struct Coverage {
    /// The answers.
    answers: usize,
    /// Answers for which a source was opened or a copy of one was read.
    read: usize,
    /// Answers that a person confirmed against a source that was read.
    verified: usize,
    /// Answers that are confirmed only by a source that reports the reading of another.
    reported: usize,
    /// Answers without an as-of date.
    undated: usize,
    /// The questions without an answer.
    not_graded: usize,
}

/// A model family as sold on one platform, with every answer that holds for it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Offering_of_{C}")]
pub(super) struct Offering<'a, C> {
    /// The id. It is never reused for another offering.
    #[schemars(length(min = 1))]
    pub(super) id: &'a str,
    /// The name.
    #[schemars(length(min = 1))]
    pub(super) name: &'a str,
    /// The name of the organization that develops the models; "Multiple developers" for a host of models from many developers.
    #[schemars(length(min = 1))]
    pub(super) developer: &'a str,
    /// The name of the platform that serves the models.
    #[schemars(length(min = 1))]
    pub(super) platform: &'a str,
    /// How it is sold to customers.
    pub(super) category: Option<Shown<Category>>,
    /// The model family.
    pub(super) model_family: Option<&'a str>,
    /// A description in a few sentences.
    pub(super) summary: Option<&'a str>,
    /// Its place among the offerings, from 0.
    pub(super) sort_order: usize,
    /// How much of its answers was read.
    pub(super) coverage: Coverage,
    /// Models for which some answers differ.
    pub(super) model_exceptions: Vec<ModelException<'a>>,
    /// The answers by dimension.
    pub(super) dimensions: Map<'a, C>,
}

/// One offering with all that is known of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Offering")]
pub(super) struct OfferingDocument<'a> {
    #[serde(flatten)]
    pub(super) header: Header<'a>,
    /// The offering.
    pub(super) offering: Offering<'a, FullCell<'a>>,
    /// The id of the organization that develops the models; null for a host of models from many developers.
    pub(super) developer_id: Option<&'a str>,
    /// The id of the platform.
    pub(super) platform_id: Option<&'a str>,
    /// The platform operator's own answers to questions about developers, where it is another
    /// organization than the developer.
    pub(super) operator_answers: Map<'a, FullCell<'a>>,
}

/// One question with the answer of every offering.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Dimension")]
pub(super) struct DimensionDocument<'a> {
    #[serde(flatten)]
    pub(super) header: Header<'a>,
    /// The question.
    pub(super) dimension: Question<'a>,
    /// The answers, by the id of the offering.
    pub(super) answers: Map<'a, Cell<'a>>,
}

/// A question that every offering answers.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Question<'a> {
    /// Its id.
    id: Option<Shown<&'a DimensionId>>,
    /// A short name, for table headers.
    label: Option<&'a str>,
    /// The question, worded so that yes is the good answer.
    question: Option<&'a str>,
    /// The name of its page on the published site.
    slug: Option<Shown<&'a Slug>>,
    /// The group in which readers see it.
    group: Option<&'a str>,
    /// Which company it grades.
    level: Option<Shown<Level>>,
    /// Instructions for grading.
    guidance: Option<&'a str>,
    /// The parts of a compound question.
    parts: Vec<Shown<&'a Key>>,
    /// The days after its as-of date for which an answer is current.
    stale_after_days: Option<i64>,
    /// The days before its last day from which on an answer is due soon.
    due_soon_days: Option<i64>,
    /// The days after its last day from which on an answer is far past it.
    far_past_days: Option<i64>,
    /// The declared facts. A cell may have others, too.
    facts: Vec<FactSpec<'a>>,
}

/// A declared fact of a question.
#[derive(Debug, Serialize, JsonSchema)]
struct FactSpec<'a> {
    /// Its key.
    key: Option<Shown<&'a Key>>,
    /// Its type.
    #[serde(rename = "type")]
    kind: Option<Shown<FactType>>,
    /// The allowed values; empty if every text is allowed.
    one_of: &'a [String],
    /// The format of the text.
    format: Option<Shown<FactFormat>>,
    /// The unit of a quantity.
    unit: Option<&'a str>,
    /// The days after this date for which a yes may rest on it; null if the fact ends nothing.
    valid_for_days: Option<i64>,
    /// What the fact states.
    meaning: Option<&'a str>,
}

/// An organization with its own answers.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Organization")]
pub(super) struct OrganizationDocument<'a> {
    #[serde(flatten)]
    pub(super) header: Header<'a>,
    /// The organization.
    pub(super) organization: Organization<'a>,
    /// Its answers as a developer of models, by dimension.
    pub(super) dimensions: Map<'a, FullCell<'a>>,
    /// The offerings of its models.
    pub(super) offerings: Vec<&'a str>,
    /// The platforms that it operates.
    pub(super) platforms: Vec<&'a str>,
}

/// A company that develops models, operates a platform, or both.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Organization<'a> {
    /// Its id.
    #[schemars(length(min = 1))]
    pub(super) id: &'a str,
    /// The name.
    #[schemars(length(min = 1))]
    pub(super) name: &'a str,
    /// The home page.
    pub(super) homepage: Option<Shown<&'a Url>>,
    /// The domains on which it publishes pages.
    pub(super) domains: &'a [String],
}

/// A platform with the answers that hold for every offering on it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Platform")]
pub(super) struct PlatformDocument<'a> {
    #[serde(flatten)]
    pub(super) header: Header<'a>,
    /// The platform.
    pub(super) platform: Platform<'a>,
    /// Its answers, by dimension.
    pub(super) dimensions: Map<'a, FullCell<'a>>,
    /// The offerings on it.
    pub(super) offerings: Vec<&'a str>,
}

/// A service that serves models.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Platform<'a> {
    /// Its id.
    #[schemars(length(min = 1))]
    pub(super) id: &'a str,
    /// The name.
    #[schemars(length(min = 1))]
    pub(super) name: &'a str,
    /// The id of the organization that operates it.
    pub(super) operator: Option<Shown<&'a OrganizationId>>,
}

/// What machines saw when they looked at the pages that cells cite. No visit is a reading.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Visits")]
pub(super) struct VisitsDocument<'a> {
    #[serde(flatten)]
    pub(super) header: Header<'a>,
    /// The visits by host, and those of one page from the oldest to the newest. Of a run of visits with the same result,
    /// the first and the last are kept.
    pub(super) visits: Vec<Visit<'a>>,
}

/// One look at a page by a machine.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Visit<'a> {
    /// The address of the page, as cells cite it.
    url: Shown<&'a Url>,
    /// The day of the visit; for a copy, the day of the copy.
    on: Option<Shown<Date>>,
    /// The result.
    outcome: Option<Shown<FetchOutcome>>,
    /// The HTTP status code of the last response (RFC 9110).
    http_status: Option<i64>,
    /// Whether the page itself was opened, or an archived copy of it.
    via: Option<Shown<VisitVia>>,
    /// The address to which redirects led.
    final_url: Option<Shown<&'a Url>>,
    /// The permanent address of an archived copy that shows what was seen.
    archived_url: Option<Shown<&'a Url>>,
    /// The SHA-256 hash of the extracted text.
    sha256: Option<&'a str>,
    /// The program that extracted the text, with its version. Hashes of different extractors are not comparable.
    extractor: Option<&'a str>,
    /// The size of the response body in bytes.
    bytes: Option<i64>,
}

/// What is published, and where.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Index")]
pub(super) struct Index<'a> {
    #[serde(flatten)]
    pub(super) header: Header<'a>,
    /// The file with everything.
    pub(super) data: &'static str,
    /// The file with all visits.
    pub(super) visits: &'static str,
    /// The questions.
    pub(super) dimensions: Vec<Entry<'a>>,
    /// The offerings.
    pub(super) offerings: Vec<Entry<'a>>,
    /// The organizations.
    pub(super) organizations: Vec<Entry<'a>>,
    /// The platforms.
    pub(super) platforms: Vec<Entry<'a>>,
    /// The JSON Schema of each kind of file.
    pub(super) schemas: Map<'a, String>,
}

/// A published file.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Entry<'a> {
    /// The id of what it is about.
    pub(super) id: &'a str,
    /// The name.
    pub(super) name: &'a str,
    /// The file, relative to the index.
    pub(super) path: String,
}

impl<'a> Header<'a> {
    pub(super) fn new(edition: &'a Edition) -> Self {
        let info = &edition.registry().info;
        Self {
            name: edition.names().title(),
            schema_version: Version,
            generated: Shown(edition.generated()),
            license: text(info.licence.known()),
            disclaimer: text(info.disclaimer.known()),
        }
    }
}

impl Coverage {
    pub(super) fn of<'r, 'a: 'r>(answers: impl IntoIterator<Item = &'r Resolved<'a>>) -> Self {
        let crate::Coverage { answers, read, verified, reported, undated, not_graded, oldest: _ } =
            crate::Coverage::of(answers);
        Self { answers, read, verified, reported, undated, not_graded }
    }
}

impl<'a> Visit<'a> {
    /// Nothing where the address could not be read: there is no page then.
    pub(super) fn new(visit: &'a PageVisit) -> Option<Self> {
        Some(Self {
            url: Shown(visit.url.known()?),
            on: visit.on.get().map(Shown),
            outcome: visit.outcome.get().map(Shown),
            http_status: visit.http_status.get(),
            via: visit.via.get().map(Shown),
            final_url: visit.final_url.known().map(Shown),
            archived_url: visit.archived_url.known().map(Shown),
            sha256: text(visit.sha256.known()),
            extractor: text(visit.extractor.known()),
            bytes: visit.bytes.get(),
        })
    }
}

impl<'a> Entry<'a> {
    pub(super) fn new(folder: &str, id: &'a str, name: &'a str) -> Self {
        Self { id, name, path: format!("{folder}/{id}.json") }
    }
}

impl<'a> Question<'a> {
    pub(super) fn new(dimension: &'a Dimension) -> Self {
        let fact = |spec: &'a model::FactSpec| FactSpec {
            key: spec.key.known().map(Shown),
            kind: spec.kind.get().map(Shown),
            one_of: spec.one_of.items(),
            format: spec.format.get().map(Shown),
            unit: text(spec.unit.known()),
            valid_for_days: spec.valid_for_days.get(),
            meaning: text(spec.meaning.known()),
        };
        Self {
            id: dimension.id.known().map(Shown),
            label: text(dimension.label.known()),
            question: text(dimension.question.known()),
            slug: dimension.slug.known().map(Shown),
            group: text(dimension.group.known()),
            level: dimension.level.get().map(Shown),
            guidance: text(dimension.guidance.known()),
            parts: dimension.parts.items().iter().map(Shown).collect(),
            stale_after_days: dimension.stale_limit(),
            due_soon_days: dimension.due_soon_limit(),
            far_past_days: dimension.far_past_limit(),
            facts: dimension.facts.items().iter().map(fact).collect(),
        }
    }
}
