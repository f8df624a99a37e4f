//! A cell: the answer to one question about one organization, platform or offering.

use std::collections::BTreeMap;

use crate::limits::MAX_EVIDENCE;
use crate::record::record;
use crate::{
    Confidence, ConfidenceReason, Date, DefaultState, Fact, FetchOutcome, Geography, Key, Optional,
    PartAnswer, Required, Role, Route, Slug, Status, Tier, Url, Verdict, Via,
};

/// The most characters that a headline may have.
pub const MAX_HEADLINE_CHARACTERS: u32 = 100;

record! {
    /// The answer to one question, with its grade, its evidence and its date.
    pub struct Cell {
        /// The grade that follows from the guidance of the dimension.
        status: Required<Status> = "Status",
        /// How certain the grade is.
        confidence: Optional<Confidence> = "Confidence",
        /// The reasons why the confidence is not high.
        confidence_reasons: Optional<Vec<ConfidenceReason>>,
        /// What to watch out for, in one sentence; for a public yes, the setting to change.
        headline: Optional<String> as Headline = "Headline",
        /// What was found, and which company it is about. A single line break counts as a space; a blank line begins a
        /// paragraph.
        note: Optional<String> as Prose,
        /// Which customers can get it.
        tier: Optional<Tier> = "Who may have it",
        /// How a customer obtains it: publicly, through a trust center, by request or by contract.
        route: Optional<Route> = "How to get it",
        /// Whether it holds without an action by the customer.
        default: Optional<DefaultState> = "As delivered",
        /// The regions and countries in which it holds.
        geography: Optional<Vec<Geography>> = "Where it holds",
        /// Details that the geography codes cannot express.
        geography_note: Optional<String> as Prose,
        /// The day on which a person last confirmed the cell. A cell without it is shown as unverified.
        verified_on: Optional<Date> = "Verified",
        /// Why this cell of an offering differs from the inherited one.
        override_reason: Optional<String> as Prose = "Why it differs",
        /// The answers to the parts of a compound question.
        parts: Optional<BTreeMap<Key, Required<PartAnswer>>> = "Parts of the question",
        /// Typed facts. The dimension declares keys; other keys are allowed.
        facts: Optional<BTreeMap<Key, Required<Fact>>> = "Facts",
        /// Models for which the grade differs.
        exceptions: Optional<Vec<Exception>> = "Exceptions",
        /// Sources for the grade; for `no_public_evidence`, the pages that were searched.
        #[schemars(extend("maxItems" = MAX_EVIDENCE))]
        evidence: Optional<Vec<Evidence>> = "Evidence",
        /// Decisions of people who reviewed the cell.
        reviews: Optional<Vec<Review>> = "Reviews",
        /// Open questions from a recheck or a reader.
        flags: Optional<Vec<Flag>> = "Open questions",
    }
}

record! {
    /// A source for a grade; for `no_public_evidence`, a page that was searched.
    pub struct Evidence (at most MAX_EVIDENCE) {
        /// The address of the page.
        url: Required<Url> as Address,
        /// The title of the page.
        title: Optional<String> as Title,
        /// Who publishes the page; `secondary` by default.
        role: Optional<Role>,
        /// The words of the page that answer the question.
        quote: Optional<String> as Quote,
        /// The address of an archived copy.
        archived_url: Optional<Url> as Address,
        /// The last attempt to read the page; leave it out if there was none.
        fetch: Optional<Fetch>,
    }
}

record! {
    /// An attempt to read a source.
    pub struct Fetch {
        /// The outcome of the attempt.
        outcome: Required<FetchOutcome>,
        /// The day of the attempt; for a copy, the day of the copy.
        on: Optional<Date>,
        /// The HTTP status code of the response (RFC 9110).
        http_status: Optional<i64>,
        /// How the page was read; leave it out if that is not known.
        via: Optional<Via>,
        /// Required for `via = "reported"`: the address of the secondary source in this cell that reports the
        /// reading.
        reported_by: Optional<Url> as Address,
    }
}

record! {
    /// Models for which the grade of a cell differs.
    pub struct Exception {
        /// The names of the models, as their developer writes them.
        models: Required<Vec<String>> as Name,
        /// The grade for these models.
        status: Required<Status>,
        /// What to watch out for with these models, in one sentence; required unless the grade is a public yes.
        headline: Optional<String> as Headline,
        /// How these models differ.
        note: Optional<String> as Prose,
        /// Typed facts that hold for these models.
        facts: Optional<BTreeMap<Key, Required<Fact>>>,
    }
}

record! {
    /// A person's decision about a cell. It closes the flag that it names.
    pub struct Review {
        /// The day of the decision.
        on: Required<Date>,
        /// Who decided.
        by: Optional<String> as Person,
        /// What was decided.
        verdict: Required<Verdict>,
        /// The reason.
        reason: Optional<String> as Remark,
        /// The id of the flag that the decision closes.
        flag: Optional<Slug>,
    }
}

record! {
    /// An open question about a cell.
    pub struct Flag {
        /// The id; a review uses it to close the flag.
        id: Required<Slug>,
        /// The day on which the flag was raised.
        raised_on: Required<Date>,
        /// The question.
        what: Required<String> as Remark,
    }
}

impl Cell {
    /// A fact that is stated and could be read.
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.known()?.get(key)?.known()
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
}
