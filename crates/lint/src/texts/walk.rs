//! The places of texts in each record.

use model::{At, Record as _, TextKind, Visit};

use super::glance::Glance;
use super::{Holder, TextContext};
use crate::EntityRecord;

impl<'a> Holder<'a> {
    /// Visits every text that could be read, but ids, words of vocabularies, keys and days: their form
    /// leaves no room.
    pub fn each_text(self, visit: &mut dyn FnMut(&TextContext<'_>)) {
        let mut texts = Texts { holder: self, visit };
        match self {
            Self::Cell(cell) => cell.cell.walk(At::Top, &mut texts),
            Self::Entity(entity) => match entity.record {
                EntityRecord::Organization(organization) => organization.walk(At::Top, &mut texts),
                EntityRecord::Platform(platform) => platform.walk(At::Top, &mut texts),
                EntityRecord::Offering(offering) => offering.walk(At::Top, &mut texts),
            },
            Self::Registry(info) => info.walk(At::Top, &mut texts),
            Self::Dimension(dimension) => dimension.walk(At::Top, &mut texts),
            Self::Visits(visits) => visits.visits.walk(At::Top, &mut texts),
        }
    }
}

struct Texts<'a, 'v> {
    holder: Holder<'a>,
    visit: &'v mut dyn FnMut(&TextContext<'_>),
}

impl Visit for Texts<'_, '_> {
    fn text(&mut self, at: At<'_>, kind: TextKind, text: &str) {
        let glance = Glance::at(text);
        (self.visit)(&TextContext { holder: self.holder, kind, text, glance, at });
    }
}
