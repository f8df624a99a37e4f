//! Where in the tables what stands, and in the files what the tables do not touch.

use std::sync::Arc;

use diagnostics::{Location, Locator, Place, SourceText, TableCell};
use model::Subject;

use crate::map::mapped::Mapped;
use crate::plan::rows::Groups;

/// Where in the tables what stands.
#[derive(Default)]
pub struct TablePlaces {
    tables: Vec<Mapped>,
    groups: Groups,
}

impl TablePlaces {
    pub(crate) fn new(tables: Vec<Mapped>, groups: Groups) -> Self {
        Self { tables, groups }
    }

    /// The table cell of a subject: that of its field, or of the row that it is in. A cell that no row is
    /// about stands where its owner does.
    pub fn cell(&self, subject: &Subject) -> Option<TableCell> {
        let entity = &subject.entity;
        let (origin, field) = match self.groups.first(entity, subject.dimension.as_deref()) {
            Some(origin) => (origin, subject.field.as_ref()),
            None => (self.groups.first(entity, None)?, None),
        };
        let (mapped, row) = origin.of(&self.tables);
        Some(mapped.place(row, field))
    }

    /// A locator that asks the files about what no table touches.
    pub fn before<'a>(&'a self, files: &'a dyn Locator) -> impl Locator + 'a {
        Both { tables: self, files }
    }
}

struct Both<'a> {
    tables: &'a TablePlaces,
    files: &'a dyn Locator,
}

impl Locator for Both<'_> {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        let mut located: Vec<_> =
            places.iter().map(|place| self.tables.cell(&place.subject).map(Location::Table)).collect();
        let rest: Vec<usize> = (0..places.len()).filter(|at| located[*at].is_none()).collect();
        let asked: Vec<&Place> = rest.iter().map(|at| places[*at]).collect();
        for (at, location) in rest.into_iter().zip(self.files.locate(&asked)) {
            located[at] = location;
        }
        located
    }

    fn source(&self, file: &str) -> Option<Arc<SourceText>> {
        self.files.source(file)
    }
}
