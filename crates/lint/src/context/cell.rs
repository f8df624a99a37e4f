//! The context of a rule about cells.

use std::ops::Deref;

use diagnostics::{Anchor, Edit, Place, quoted};
use model::{
    Cell, Confidence, ConfidenceReason, Date, DefaultState, Dimension, Evidence, Fact, FetchOutcome,
    FieldPath, Level, Optional, PartAnswer, Status, Subject, Value,
};

use super::{EntityContext, lists_nothing};
use crate::facts::{StatedFact, UndeclaredFacts};

/// The group of dimensions whose promises may depend on a setting.
const MAY_DEPEND_ON_A_SETTING: &str = "Data handling";

/// One stored cell, with its owner. Its fields are at hand as if it were the cell.
pub struct CellContext<'a> {
    /// Who stores it.
    pub owner: &'a EntityContext<'a>,
    /// The id of its dimension.
    pub id: &'a str,
    /// Its dimension, where there is one of that id.
    pub dimension: Option<&'a Dimension>,
    /// The cell.
    pub cell: &'a Cell,
    /// The day that counts as today.
    pub today: Date,
    /// Its facts, looked up once in the dictionary of its dimension.
    pub(crate) stated: Vec<StatedFact<'a>>,
    /// The last day by its as-of date.
    pub(crate) reading_end: Option<Date>,
    /// What is known of the facts that its dimension does not declare.
    pub(crate) undeclared: Option<&'a UndeclaredFacts>,
}

impl Deref for CellContext<'_> {
    type Target = Cell;

    fn deref(&self) -> &Cell {
        self.cell
    }
}

impl<'a> CellContext<'a> {
    /// A stored cell of an entity.
    pub(crate) fn new(owner: &'a EntityContext<'a>, id: &'a str, cell: &'a Cell) -> Self {
        let dimension = owner.env.shared.dimensions.get(id);
        let stated = StatedFact::all(cell, dimension);
        let undeclared = owner.env.names.guesses.undeclared(id, owner.env.shared.dimensions);
        let reading_end = dimension.and_then(|dimension| cell.reading_end(dimension));
        Self { owner, id, dimension, cell, today: owner.env.today, stated, reading_end, undeclared }
    }

    /// "cell `soc2_type2` of Azure OpenAI Service", for messages.
    pub fn name(&self) -> String {
        format!("cell {} of {}", quoted(self.id), self.owner.name())
    }

    /// Whether a day is still to come, wherever a person is.
    pub fn is_to_come(&self, day: Date) -> bool {
        self.owner.env.is_to_come(day)
    }

    /// The cell as a whole.
    pub fn subject(&self) -> Subject {
        Subject::cell(self.owner.entity.clone(), self.id)
    }

    /// A field of the cell.
    pub fn at(&self, field: impl Into<FieldPath>) -> Subject {
        self.subject().with(field)
    }

    /// The key of a field of the cell.
    pub fn key(&self, field: impl Into<FieldPath>) -> Place {
        Place::key(self.at(field))
    }

    /// The place of a field that the cell lacks.
    pub fn missing(&self, field: &str) -> Place {
        Place::missing(self.at(field))
    }

    /// The value of a field where it is stated, the place where it belongs where it is not.
    pub fn value_or_missing<T>(&self, field: &str, value: &Optional<T>) -> Place {
        let anchor = if value.is_absent() { Anchor::Missing } else { Anchor::Value };
        Place { subject: self.at(field), anchor }
    }

    /// Whom the dimension grades, where that is known.
    pub fn level(&self) -> Option<Level> {
        self.dimension?.level.get()
    }

    /// A field of the evidence at an index.
    pub fn of_evidence(&self, index: usize, field: &str) -> Subject {
        self.at(FieldPath::of("evidence").index(index).key(field))
    }

    /// A field of the fetch of the evidence at an index.
    pub fn of_fetch(&self, index: usize, field: &str) -> Subject {
        self.at(FieldPath::of("evidence").index(index).key("fetch").key(field))
    }

    /// The evidence with its paths: `evidence[0]`, and so on.
    pub fn evidence(&self) -> impl Iterator<Item = (FieldPath, &'a Evidence)> + use<'a> {
        let items = self.cell.evidence.items().iter().enumerate();
        items.map(|(at, evidence)| (FieldPath::of("evidence").index(at), evidence))
    }

    /// Returns whether the status is `yes_public` or `yes_sales_gated`.
    pub fn is_yes(&self) -> bool {
        matches!(self.status.get(), Some(Status::YesPublic | Status::YesSalesGated))
    }

    /// Returns whether the status promises something: `yes_*` or `partial`.
    pub fn promises(&self) -> bool {
        self.is_yes() || self.status.is(Status::Partial)
    }

    /// Returns whether tier and default can say something: an absence has no terms, nor has a developer.
    pub fn takes_terms(&self) -> bool {
        !self.status.is(Status::NoPublicEvidence) && self.level() != Some(Level::Developer)
    }

    /// Returns whether it says that what its route and default would be about cannot be had: a part such as
    /// `zdr_available` is `no`, or a fact such as `zdr_offered` is false.
    pub fn says_nothing_is_offered(&self) -> bool {
        let parts = self.cell.parts.known().into_iter().flatten();
        let refused = parts.filter(|(part, _)| part.as_str().ends_with("_available"));
        let is_false = |fact: &Fact| *fact == Fact::Bool(false);
        refused.into_iter().any(|(_, answer)| answer.is(PartAnswer::No))
            || self.stated.iter().any(|one| one.key.ends_with("_offered") && is_false(one.fact))
    }

    /// Returns whether it cites no source although its grade needs one; `missing-evidence` reports that.
    pub fn lacks_evidence(&self) -> bool {
        self.status.get().is_some_and(|status| status != Status::NoPublicEvidence)
            && lists_nothing(&self.evidence)
    }

    /// The place of a confidence reason that it gives.
    pub fn reason(&self, reason: ConfidenceReason) -> Option<Subject> {
        let at = self.confidence_reasons.items().iter().position(|given| *given == reason)?;
        Some(self.at(FieldPath::of("confidence_reasons").index(at)))
    }

    /// Returns whether its confidence is below high for other reasons than this one. Where it gives none at all,
    /// `confidence-needs-reason` reports that.
    pub fn lacks_reason(&self, reason: ConfidenceReason) -> bool {
        matches!(self.confidence.get(), Some(Confidence::Medium | Confidence::Low))
            && !lists_nothing(&self.confidence_reasons)
            && !self.confidence_reasons.is_unread()
            && self.reason(reason).is_none()
    }

    /// Adds a reason to those that it gives.
    pub fn with_reason(&self, reason: ConfidenceReason) -> Edit {
        let reasons = self.confidence_reasons.items().iter().chain([&reason]);
        Edit::Set(self.at("confidence_reasons"), Value::texts(reasons.map(ToString::to_string)))
    }

    /// The first attempt to read an evidence that failed: the path of its outcome, and the outcome.
    pub fn failed_fetch(&self) -> Option<(FieldPath, FetchOutcome)> {
        self.cell.evidence.items().iter().enumerate().find_map(|(at, evidence)| {
            match evidence.counted_outcome()? {
                FetchOutcome::Ok | FetchOutcome::NotAttempted => None,
                failed => Some((FieldPath::of("evidence").index(at).key("fetch").key("outcome"), failed)),
            }
        })
    }

    /// Returns whether it ought to say if its promise holds without doing anything, and does not.
    pub(crate) fn lacks_default(&self) -> bool {
        self.default.is_absent()
            && self.promises()
            && self.dimension.is_some_and(|dimension| dimension.group.text() == MAY_DEPEND_ON_A_SETTING)
            && self.takes_terms()
            && !self.says_nothing_is_offered()
    }

    /// Returns whether it has a headline and nothing to look out for: no setting to make, and nothing to check.
    /// Where a required default is missing, the headline may name the setting.
    pub(crate) fn has_needless_headline(&self) -> bool {
        self.headline.known().is_some()
            && self.status.is(Status::YesPublic)
            && (self.default.is_absent() || self.default.is(DefaultState::Enabled))
            && !self.lacks_default()
            && self.dimension.is_some_and(|dimension| self.doubts(dimension, self.today).is_empty())
    }
}
