//! Where in the tables what stands, and in the files what the tables do not touch.

use std::collections::BTreeMap;
use std::sync::Arc;

use diagnostics::{Location, Locator, Place, SourceText, TableCell};
use model::{Entity, FieldPath, Subject};

use crate::record::Origin;

/// What a row is about: an entity, or a cell of one.
pub(crate) type Key = (Entity, Option<String>);

/// Where in the tables what stands.
#[derive(Debug, Default)]
pub struct TablePlaces {
    rows: BTreeMap<Key, Origin>,
}

impl TablePlaces {
    pub(crate) fn insert(&mut self, key: Key, origin: Origin) {
        self.rows.insert(key, origin);
    }

    /// The table cell of a subject: that of its field, or of the row that it is in.
    pub fn cell(&self, subject: &Subject) -> Option<TableCell> {
        let origin = self.rows.get(&(subject.entity.clone(), subject.dimension.clone()))?;
        Some(origin.cell(subject.field.as_ref().unwrap_or(&FieldPath::default())))
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
