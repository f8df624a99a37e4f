//! The places of dates in each record.

use std::collections::BTreeMap;

use model::{Allow, Cell, Date, Fact, Key, Optional, Required, Subject};

use super::{At, Holder, name, subject};
use crate::EntityRecord;

/// One day, where it is.
pub struct DateContext<'a> {
    /// Who holds it.
    pub holder: Holder<'a>,
    /// The day.
    pub date: Date,
    at: At<'a>,
}

impl DateContext<'_> {
    /// The day as a subject.
    pub fn subject(&self) -> Subject {
        subject(self.holder, &self.at)
    }

    /// "`verified_on` of cell `soc2_type2` of Acme Chat", for messages.
    pub fn name(&self) -> String {
        name(self.holder, &self.at)
    }
}

impl<'a> Holder<'a> {
    /// Visits every day that could be read.
    pub fn each_date(self, visit: &mut dyn FnMut(&DateContext<'_>)) {
        let mut walk = Walk { holder: self, visit };
        match self {
            Self::Cell(cell) => walk.cell(cell.cell),
            Self::Entity(entity) => walk.allowances(match entity.record {
                EntityRecord::Organization(one) => &one.allow,
                EntityRecord::Platform(one) => &one.allow,
                EntityRecord::Offering(one) => &one.allow,
            }),
            Self::Registry(info) => {
                walk.allowances(&info.allow);
                let list = At::Key(&At::Top, "retired");
                for (at, retired) in info.retired.items().iter().enumerate() {
                    walk.day(&At::Index(&list, at), "on", retired.on.get());
                }
            }
            Self::Dimension(_) => {}
            Self::Visits(visits) => {
                let list = At::Key(&At::Top, "visits");
                for (at, visit) in visits.items().iter().enumerate() {
                    walk.day(&At::Index(&list, at), "on", visit.on.get());
                }
            }
        }
    }
}

struct Walk<'a, 'v> {
    holder: Holder<'a>,
    visit: &'v mut dyn FnMut(&DateContext<'_>),
}

impl Walk<'_, '_> {
    fn day(&mut self, above: &At<'_>, key: &str, day: Option<Date>) {
        if let Some(date) = day {
            (self.visit)(&DateContext { holder: self.holder, date, at: At::Key(above, key) });
        }
    }

    fn cell(&mut self, cell: &Cell) {
        self.day(&At::Top, "verified_on", cell.verified_on.get());
        self.facts(&At::Top, &cell.facts);
        let list = |key| At::Key(&At::Top, key);
        for (at, exception) in cell.exceptions.items().iter().enumerate() {
            self.facts(&At::Index(&list("exceptions"), at), &exception.facts);
        }
        for (at, evidence) in cell.evidence.items().iter().enumerate() {
            let Some(fetch) = evidence.fetch.known() else { continue };
            self.day(&At::Key(&At::Index(&list("evidence"), at), "fetch"), "on", fetch.on.get());
        }
        for (at, review) in cell.reviews.items().iter().enumerate() {
            self.day(&At::Index(&list("reviews"), at), "on", review.on.get());
        }
        for (at, flag) in cell.flags.items().iter().enumerate() {
            self.day(&At::Index(&list("flags"), at), "raised_on", flag.raised_on.get());
        }
    }

    fn facts(&mut self, above: &At<'_>, facts: &Optional<BTreeMap<Key, Required<Fact>>>) {
        for (key, fact) in facts.known().into_iter().flatten() {
            if let Some(Fact::Date(day)) = fact.known() {
                self.day(&At::Key(above, "facts"), key.as_str(), Some(*day));
            }
        }
    }

    fn allowances(&mut self, list: &Optional<Vec<Allow>>) {
        let above = At::Key(&At::Top, "allow");
        for (at, allow) in list.items().iter().enumerate() {
            self.day(&At::Index(&above, at), "until", allow.until.get());
        }
    }
}
