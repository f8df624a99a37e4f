//! The changes of the registry since a base revision.

mod anew;
mod answer;
mod follow;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use model::Entity;

pub(crate) use self::answer::{Answer, GradeChange};
pub(crate) use self::follow::evidence_at;
use crate::digest::Standing;
use crate::{CellDigest, Digest, EntityDigest};

/// Two states of the registry.
pub struct ChangeContext<'a> {
    /// The base revision.
    pub before: &'a Digest,
    /// What it became.
    pub after: &'a Digest,
}

/// A state to compare with.
pub struct Base<'a> {
    /// Its entities.
    pub digest: &'a Digest,
    /// The fingerprints of what was done before on another side of a merge, and is not reported again.
    pub done: HashSet<String>,
}

/// What became of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate<'a> {
    /// It is there, under its old id or a new one.
    Lives(&'a Entity, &'a EntityDigest),
    /// It is not there any more.
    Gone,
    /// The ids that entities had before could not all be read.
    Unknown,
}

impl<'a> ChangeContext<'a> {
    /// What became of an entity of the base revision.
    pub fn fate(&self, entity: &Entity) -> Fate<'a> {
        self.after.fate(entity)
    }

    /// The entities of the base revision, but for those that are the same now.
    pub(crate) fn changed(&self) -> impl Iterator<Item = (&'a Entity, &'a EntityDigest)> {
        let after = self.after;
        let is_same = move |entity: &Entity, was: &Arc<EntityDigest>| {
            after.entities.get(entity).is_some_and(|now| Arc::ptr_eq(now, was))
        };
        let changed = self.before.entities.iter().filter(move |(entity, was)| !is_same(entity, was));
        changed.map(|(entity, was)| (entity, &**was))
    }

    /// The questions that an entity answers by a stored cell in both states, its own or an inherited one. A
    /// cell that others inherit counts once, for who stores it; one that was given up on purpose does not.
    pub(crate) fn answers(&self) -> Vec<Answer<'a>> {
        let mut answers = Vec::new();
        for (entity, was) in self.changed() {
            let Fate::Lives(now, digest) = self.fate(entity) else { continue };
            let mut asked: BTreeSet<&str> = was.cells.ids().collect();
            if matches!(entity, Entity::Offering(_)) {
                asked.extend(self.before.dimensions.keys().map(String::as_str));
            }
            for dimension in asked {
                let Standing::Cell(stored, old) = self.before.answer(entity, dimension) else { continue };
                let Standing::Cell(owner, new) = self.after.answer(now, dimension) else { continue };
                let is_shared = stored != entity
                    && owner != now
                    && matches!(self.fate(stored), Fate::Lives(heir, _) if heir == owner);
                let given_up = owner != now && self.is_retired(now, Some(dimension));
                if !is_shared && !given_up {
                    let heir = if let Fate::Lives(heir, _) = self.fate(stored) { Some(heir) } else { None };
                    let is_kept = heir.is_some_and(|heir| self.after.stores(heir, dimension));
                    let was_overridden = stored != entity && is_kept;
                    let stood = if heir == Some(owner) { None } else { self.stored_before(owner, dimension) };
                    answers.push(Answer {
                        entity: now,
                        digest,
                        dimension,
                        old,
                        was_overridden,
                        owner,
                        new,
                        stood,
                    });
                }
            }
        }
        answers
    }

    /// The cell that an entity had, under the id that it had.
    fn stored_before(&self, entity: &Entity, dimension: &str) -> Option<&'a CellDigest> {
        let before = &self.before.entities;
        let is_it = |was: &Entity| matches!(self.fate(was), Fate::Lives(now, _) if now == entity);
        let was = before.get(entity).or_else(|| {
            before.iter().find(|(was, _)| was.kind() == entity.kind() && is_it(was)).map(|(_, was)| was)
        });
        was?.cells.get(dimension)
    }

    /// The answers of which something may have been lost. What a cell that others inherited has lost is lost
    /// there, and not where it was overridden since.
    pub(crate) fn losable(&self) -> Vec<Answer<'a>> {
        let mut answers = self.answers();
        answers.retain(|answer| !answer.was_overridden);
        answers
    }

    /// Returns whether something of the base revision was taken out on purpose: an entity or, with a dimension,
    /// one of its cells. What could not be read may say so.
    pub(crate) fn is_retired(&self, entity: &Entity, dimension: Option<&str>) -> bool {
        self.after.is_retired(entity, dimension)
    }
}
