//! The answer to a question before and after a change.

use diagnostics::{Place, quoted};
use model::{Confidence, Entity, FieldPath, Optional, Status, Subject, Vocabulary};

use crate::digest::details::Details;
use crate::digest::shown;
use crate::{CellDigest, EntityDigest};

/// The stored cells that answer a question of an entity, before and after a change.
pub(crate) struct Answer<'a> {
    /// Whose question, by the name that it has now.
    pub(crate) entity: &'a Entity,
    pub(super) digest: &'a EntityDigest,
    pub(crate) dimension: &'a str,
    /// The cell that answered.
    pub(crate) old: &'a CellDigest,
    /// Whether that cell was inherited, and is still stored where it was.
    pub(super) was_overridden: bool,
    /// Who stores the cell that answers now: the entity, or the one from which it inherits.
    pub(crate) owner: &'a Entity,
    /// The cell that answers now.
    pub(crate) new: &'a CellDigest,
    /// What its owner had in its place, where that is not the cell that answered: what it says is no news.
    pub(super) stood: Option<&'a CellDigest>,
}

/// A part of a grade that changed.
pub(crate) struct GradeChange {
    /// `status` or `confidence`.
    pub(crate) field: &'static str,
    pub(crate) from: String,
    pub(crate) to: String,
    /// Whether it went up.
    pub(crate) is_upgrade: bool,
}

impl Answer<'_> {
    /// Returns whether the entity stores the cell that answers now.
    pub(crate) fn is_own(&self) -> bool {
        self.owner == self.entity
    }

    /// The name of the entity.
    pub(crate) fn entity_name(&self) -> String {
        shown(self.entity, self.digest)
    }

    /// "cell `soc2_type2` of Azure OpenAI Service", for messages.
    pub(crate) fn name(&self) -> String {
        format!("cell {} of {}", quoted(self.dimension), self.entity_name())
    }

    /// The cell of the entity, whether or not it stores one.
    pub(crate) fn subject(&self) -> Subject {
        Subject::cell(self.entity.clone(), self.dimension)
    }

    /// A field of the cell that answers now, where the entity stores it; else the place where its own cell
    /// is missing.
    pub(crate) fn place(&self, field: impl Into<FieldPath>) -> Place {
        if self.is_own() { self.subject().with(field).into() } else { Place::missing(self.subject()) }
    }

    /// The cell from which the answer is inherited now.
    pub(crate) fn inherited(&self) -> Place {
        Place::key(Subject::cell(self.owner.clone(), self.dimension))
    }

    /// More of both cells, where that was kept.
    pub(crate) fn details(&self) -> Option<(&Details, &Details)> {
        Some((self.old.details.as_deref()?, self.new.details.as_deref()?))
    }

    /// How the grade changed: what went up comes first. Nothing where it did not change, or could not be
    /// read.
    pub(crate) fn graded(&self) -> Option<GradeChange> {
        let (old, new) = (self.old, self.new);
        let (from, to) = (old.status?, new.status?);
        let status = GradeChange {
            field: "status",
            from: quoted(from.id()),
            to: quoted(to.id()),
            is_upgrade: rank(to) > rank(from),
        };
        let stated =
            |cell: &CellDigest| cell.confidence.get().map_or("none".to_owned(), |one| quoted(one.id()));
        let confidence = GradeChange {
            field: "confidence",
            from: stated(old),
            to: stated(new),
            is_upgrade: sureness(&new.confidence) > sureness(&old.confidence),
        };
        let is_read = !old.confidence.is_unread() && !new.confidence.is_unread();
        let changed = [
            (from != to).then_some(status),
            (is_read && old.confidence != new.confidence).then_some(confidence),
        ];
        changed.into_iter().flatten().min_by_key(|graded| !graded.is_upgrade)
    }
}

/// How much a status promises.
fn rank(status: Status) -> u8 {
    match status {
        Status::No | Status::NoPublicEvidence | Status::Unclear => 0,
        Status::Partial => 1,
        Status::YesSalesGated => 2,
        Status::YesPublic => 3,
    }
}

/// How sure a confidence is.
fn sureness(confidence: &Optional<Confidence>) -> u8 {
    match confidence.get() {
        None => 0,
        Some(Confidence::Low) => 1,
        Some(Confidence::Medium) => 2,
        Some(Confidence::High) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_that_promise_nothing_are_equal() {
        let ranks = [Status::No, Status::NoPublicEvidence, Status::Unclear].map(rank);
        assert_eq!(ranks, [0, 0, 0]);
        assert!(rank(Status::Unclear) < rank(Status::Partial));
        assert!(rank(Status::Partial) < rank(Status::YesSalesGated));
        assert!(rank(Status::YesSalesGated) < rank(Status::YesPublic));
        let known = |one| sureness(&Optional::Known(one));
        assert!(sureness(&Optional::Absent) < known(Confidence::Low));
        assert!(known(Confidence::Low) < known(Confidence::Medium));
        assert!(known(Confidence::Medium) < known(Confidence::High));
    }
}
