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
        /// The grade of the offer, as the dimension's guidance says.
        status: Required<Status> = "Status",
        /// How sure the reading behind the grade is.
        confidence: Optional<Confidence> = "Confidence",
        /// Why the confidence is not high.
        confidence_reasons: Optional<Vec<ConfidenceReason>>,
        /// The watch-out in one sentence, or for a public yes the setting to make.
        headline: Optional<String> as Headline = "Headline",
        /// What was found, and whom it is about. A single line break is a space, a blank line begins a
        /// paragraph.
        note: Optional<String> as Prose,
        /// Who may have it.
        tier: Optional<Tier> = "Who may have it",
        /// How one gets at it.
        route: Optional<Route> = "How to get it",
        /// Whether it holds without doing anything.
        default: Optional<DefaultState> = "As delivered",
        /// Where it holds.
        geography: Optional<Vec<Geography>> = "Where it holds",
        /// What the geography codes cannot say.
        geography_note: Optional<String> as Prose,
        /// When a person last confirmed the cell. A cell without it is shown as unverified.
        verified_on: Optional<Date> = "Verified",
        /// On an offering: why its cell differs from the inherited one.
        override_reason: Optional<String> as Prose = "Why it differs",
        /// The answers to the parts of a compound question.
        parts: Optional<BTreeMap<Key, Required<PartAnswer>>> = "Parts of the question",
        /// Typed facts, under the keys of the dimension's dictionary or free ones.
        facts: Optional<BTreeMap<Key, Required<Fact>>> = "Facts",
        /// Models for which the grade differs.
        exceptions: Optional<Vec<Exception>> = "Exceptions",
        /// The pages on which the grade rests, or where one looked in vain.
        #[schemars(extend("maxItems" = MAX_EVIDENCE))]
        evidence: Optional<Vec<Evidence>> = "Evidence",
        /// What people who reviewed the cell decided.
        reviews: Optional<Vec<Review>> = "Reviews",
        /// Open questions raised by a recheck or a reader.
        flags: Optional<Vec<Flag>> = "Open questions",
    }
}

record! {
    /// A page on which a grade rests, or where one looked in vain.
    pub struct Evidence (at most MAX_EVIDENCE) {
        /// The address of the page.
        url: Required<Url> as Address,
        /// The title of the page.
        title: Optional<String> as Title,
        /// Whose page it is; without it the page counts as secondary.
        role: Optional<Role>,
        /// The words of the page that settle the question.
        quote: Optional<String> as Quote,
        /// The address of an archived copy.
        archived_url: Optional<Url> as Address,
        /// What came of the last attempt to read it; without it nobody tried.
        fetch: Optional<Fetch>,
    }
}

record! {
    /// An attempt to read an evidence.
    pub struct Fetch {
        /// What came of it.
        outcome: Required<FetchOutcome>,
        /// The day of the attempt; for a copy, the day of the copy.
        on: Optional<Date>,
        /// The HTTP status of the answer (RFC 9110).
        http_status: Optional<i64>,
        /// How the page was read; absent where that is not known.
        via: Optional<Via>,
        /// With `via = "reported"`: the address of the secondary evidence of the same cell that reports the
        /// reading.
        reported_by: Optional<Url> as Address,
    }
}

record! {
    /// Models for which the grade of a cell differs.
    pub struct Exception {
        /// The models, by the names their developer uses.
        models: Required<Vec<String>> as Name,
        /// The grade for these models.
        status: Required<Status>,
        /// The watch-out for these models in one sentence; required unless the grade is a public yes.
        headline: Optional<String> as Headline,
        /// What differs.
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
        /// Why.
        reason: Optional<String> as Remark,
        /// The id of the flag that the decision closes.
        flag: Optional<Slug>,
    }
}

record! {
    /// An open question about a cell.
    pub struct Flag {
        /// The name by which a review closes it.
        id: Required<Slug>,
        /// The day on which it was raised.
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
