//! The registry as it is published on a day: without dates that have not come yet.

use std::collections::BTreeMap;

use model::{
    Cell, Date, Dimension, DimensionId, Entity, FieldPath, Misnamed, Offering, Optional, PageVisits,
    Registry, Resolved, SharedRecords, Subject, Visits, resolve,
};

use crate::coverage::Coverage;
use crate::names::Names;

/// The registry as it is published on a day. What readers see comes from it, so that the same data
/// look the same on any later day.
#[derive(Debug, Clone)]
pub struct Edition {
    registry: Registry,
    misnamed: Misnamed,
    visits: PageVisits,
    day: Date,
    generated: Date,
    later: Vec<Subject>,
}

/// An offering with every answer that holds for it.
#[derive(Debug, Clone)]
pub struct ResolvedOffering<'a> {
    /// The name of its file, which is its id.
    pub id: &'a str,
    /// The offering.
    pub offering: &'a Offering,
    /// Its answers, in the order of the dimensions.
    pub answers: Vec<Resolved<'a>>,
}

impl Edition {
    /// The edition of `today`. A `verified_on`, `fetch.on`, review or visit that lies after it is taken out.
    pub fn new(mut registry: Registry, today: Date) -> Self {
        let mut days = Days { today, newest: None, later: Vec::new() };
        for (id, one) in &mut registry.organizations {
            days.cells(&Entity::Organization(id.clone()), &mut one.cells);
        }
        for (id, one) in &mut registry.platforms {
            days.cells(&Entity::Platform(id.clone()), &mut one.cells);
        }
        for (id, one) in &mut registry.offerings {
            days.cells(&Entity::Offering(id.clone()), &mut one.cells);
        }
        for (host, one) in &mut registry.visits {
            days.visits(&Entity::Visits(host.clone()), one);
        }
        let Days { newest, later, .. } = days;
        let misnamed = registry.misnamed();
        let visits = PageVisits::new(&registry.visits);
        Self { registry, misnamed, visits, day: today, generated: newest.unwrap_or(today), later }
    }

    /// The registry, without what lies in the future.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What machines saw of the pages that its cells cite.
    pub fn visits(&self) -> &PageVisits {
        &self.visits
    }

    /// Where its offerings inherit from.
    pub(crate) fn shared(&self) -> SharedRecords<'_> {
        self.registry.shared(&self.misnamed)
    }

    /// The day of the edition: the reader's, in the terminal. Nothing that is published hangs on it, so
    /// that the same data look the same on any later day.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The day as of which the registry speaks: the newest day of a verification, an attempt to read
    /// or a review. Where there is none, the day of the edition.
    pub fn generated(&self) -> Date {
        self.generated
    }

    /// What was taken out, since it lies in the future.
    pub fn later(&self) -> &[Subject] {
        &self.later
    }

    /// The names of the things that ids name.
    pub fn names(&self) -> Names<'_> {
        Names::new(&self.registry, &self.misnamed)
    }

    /// The offerings by id, except those of which nothing could be read.
    pub fn offerings(&self) -> impl Iterator<Item = ResolvedOffering<'_>> {
        let shared = self.shared();
        let readable = self.registry.offerings.iter().filter(|(_, offering)| !offering.is_unread());
        readable.map(move |(id, offering)| ResolvedOffering {
            id,
            offering,
            answers: resolve(id, offering, shared),
        })
    }

    /// How much of the answers of all offerings was read. An inherited answer counts for every offering
    /// that it holds for.
    pub fn coverage(&self) -> Coverage {
        let offerings: Vec<_> = self.offerings().collect();
        Coverage::of(offerings.iter().flat_map(|one| &one.answers))
    }

    /// The groups of the dimensions in the order in which they first come, each with its dimensions.
    pub fn groups(&self) -> Vec<(&str, Vec<&Dimension>)> {
        let mut groups: Vec<(&str, Vec<&Dimension>)> = Vec::new();
        for dimension in self.registry.dimensions.iter() {
            let name = dimension.group.text();
            match groups.iter_mut().find(|(group, _)| *group == name) {
                Some((_, dimensions)) => dimensions.push(dimension),
                None => groups.push((name, vec![dimension])),
            }
        }
        groups
    }
}

/// Finds the newest day that is not after today, and takes out those that are.
struct Days {
    today: Date,
    newest: Option<Date>,
    later: Vec<Subject>,
}

impl Days {
    /// Returns whether a day has come; it then counts for the newest.
    fn has_come(&mut self, day: Date) -> bool {
        if day > self.today {
            return false;
        }
        self.newest = Some(self.newest.map_or(day, |newest| newest.max(day)));
        true
    }

    fn cells(&mut self, owner: &Entity, cells: &mut Optional<BTreeMap<DimensionId, Cell>>) {
        let Optional::Known(cells) = cells else { return };
        for (dimension, cell) in cells {
            let at = Subject::cell(owner.clone(), dimension.as_str());
            self.cell(&at, cell);
        }
    }

    fn cell(&mut self, at: &Subject, cell: &mut Cell) {
        self.day(&mut cell.verified_on, || at.clone().with("verified_on"));
        if let Optional::Known(evidence) = &mut cell.evidence {
            for (n, evidence) in evidence.iter_mut().enumerate() {
                if let Optional::Known(fetch) = &mut evidence.fetch {
                    let path = || FieldPath::of("evidence").index(n).key("fetch").key("on");
                    self.day(&mut fetch.on, || at.clone().with(path()));
                }
            }
        }
        if let Optional::Known(reviews) = &mut cell.reviews {
            let mut n = 0;
            reviews.retain(|review| {
                let path = FieldPath::of("reviews").index(n);
                n += 1;
                let has_come = review.on.get().is_none_or(|day| self.has_come(day));
                if !has_come {
                    self.later.push(at.clone().with(path));
                }
                has_come
            });
        }
    }

    /// Takes out the visits that lie in the future. Visits do not count for the newest day: the registry speaks as of
    /// what people read.
    fn visits(&mut self, host: &Entity, visits: &mut Visits) {
        let Optional::Known(visits) = &mut visits.visits else { return };
        let mut n = 0;
        visits.retain(|visit| {
            let path = FieldPath::of("visits").index(n);
            n += 1;
            let has_come = visit.on.get().is_none_or(|day| day <= self.today);
            if !has_come {
                self.later.push(Subject::field(host.clone(), path));
            }
            has_come
        });
    }

    fn day(&mut self, field: &mut Optional<Date>, at: impl Fn() -> Subject) {
        if let Some(day) = field.get()
            && !self.has_come(day)
        {
            *field = Optional::Absent;
            self.later.push(at());
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{Required, Review, Verdict};

    use super::*;
    use crate::sample::{self, known, own_cell, parsed};

    fn told(edition: &Edition) -> Vec<String> {
        let field = |subject: &Subject| subject.field.as_ref().unwrap().to_string();
        edition.later().iter().map(|subject| format!("{} {}", subject.entity, field(subject))).collect()
    }

    #[test]
    fn speaks_as_of_the_newest_day_that_has_come() {
        let edition = Edition::new(sample::registry(), parsed("2027-01-01"));
        assert_eq!(edition.generated(), parsed("2026-07-06"));
        assert!(edition.later().is_empty());
        assert_eq!(edition.coverage(), Coverage { answers: 3, undated: 3, ..Coverage::default() });
        assert_eq!(edition.groups().len(), 3);
    }

    #[test]
    fn takes_out_and_tells_what_lies_in_the_future() {
        let edition = Edition::new(sample::registry(), parsed("2026-07-05"));
        assert_eq!(edition.generated(), parsed("2026-07-05"));
        assert_eq!(told(&edition), ["platform azure verified_on"]);

        let mut registry = sample::registry();
        let review = |day: &str| Review {
            on: Required::Known(parsed(day)),
            verdict: Verdict::Confirmed.into(),
            ..Review::default()
        };
        own_cell(&mut registry, "data_residency").reviews =
            known(vec![review("2026-09-01"), review("2026-07-07"), review("2026-08-01")]);
        let edition = Edition::new(registry, parsed("2026-07-31"));
        assert_eq!(edition.generated(), parsed("2026-07-07"));
        assert_eq!(told(&edition), ["offering azure-openai reviews[0]", "offering azure-openai reviews[2]"]);
    }

    #[test]
    fn a_registry_without_days_speaks_of_today() {
        assert_eq!(Edition::new(Registry::default(), parsed("2026-07-05")).generated(), parsed("2026-07-05"));
    }
}
