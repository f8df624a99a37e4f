//! The places of the parts of the registry: in the tables, or in the files if the tables do not change them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use diagnostics::{Location, Locator, Place, SourceText, TableCell};
use model::{Cell, Entity, FieldPath, Registry, Step, Subject};

use crate::map::mapped::Mapped;
use crate::plan::rows::{Groups, Origin};
use crate::plan::stated;

/// Where in the tables the parts of the registry are.
#[derive(Default)]
pub struct TablePlaces {
    tables: Vec<Mapped>,
    groups: Groups,
    /// The sources of the cell that was asked about last: mostly, the next question is about the same.
    last: Mutex<Option<Sources>>,
}

/// The row and the number of the columns of each source of a cell, by its address.
struct Sources {
    entity: Entity,
    dimension: String,
    places: HashMap<String, (Origin, usize)>,
}

impl TablePlaces {
    pub(crate) fn new(tables: Vec<Mapped>, groups: Groups) -> Self {
        Self { tables, groups, last: Mutex::new(None) }
    }

    /// The table cell of a subject: that of its field, or of the row that it is in. `registry` is as it would
    /// be. What no row is about is where its owner is.
    pub fn cell(&self, subject: &Subject, registry: &Registry) -> Option<TableCell> {
        let entity = &subject.entity;
        let Some(first) = self.groups.rows(entity, subject.dimension.as_deref()).next() else {
            let (mapped, row) = self.groups.rows(entity, None).next()?.of(&self.tables);
            return Some(mapped.place(row, None));
        };
        let steps = subject.field.as_ref().map_or(&[][..], FieldPath::steps);
        let (origin, field) = match self.source(subject, registry) {
            // The rows say nothing of this source.
            Some(None) => (first, None),
            Some(Some((origin, nth))) => {
                let source = FieldPath::of("evidence").index(nth);
                (origin, Some(source.steps().iter().chain(&steps[2..]).cloned().collect()))
            }
            None => (first, subject.field.clone()),
        };
        let (mapped, row) = origin.of(&self.tables);
        Some(mapped.place(row, field.as_ref()))
    }

    /// Of a field of a source, the row and the columns of that source, if any row says something of it.
    fn source(&self, subject: &Subject, registry: &Registry) -> Option<Option<(Origin, usize)>> {
        let [Step::Key(list), Step::Index(at), ..] = subject.field.as_ref()?.steps() else {
            return None;
        };
        let dimension = subject.dimension.as_deref()?;
        let cell = cell_of(registry, &subject.entity, dimension)?;
        if list != "evidence" {
            return None;
        }
        let url = cell.evidence.items().get(*at)?.url.known()?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref().is_none_or(|last| last.entity != subject.entity || last.dimension != dimension) {
            *last = Some(self.sources(&subject.entity, dimension));
        }
        let found = last.as_ref().and_then(|last| last.places.get(&*url.identity()).copied());
        Some(found)
    }

    /// Where the sources of a cell are.
    fn sources(&self, entity: &Entity, dimension: &str) -> Sources {
        let mut places = HashMap::new();
        for origin in self.groups.rows(entity, Some(dimension)) {
            let (mapped, row) = origin.of(&self.tables);
            let stated = stated::read(mapped, row);
            for (item, nth) in stated.sources.iter().enumerate() {
                if let Some(url) = stated.url(item) {
                    places.entry(url.identity().into_owned()).or_insert((origin, *nth));
                }
            }
        }
        Sources { entity: entity.clone(), dimension: dimension.to_owned(), places }
    }

    /// A locator that asks the files about what no table touches. `registry` is as it would be.
    pub fn before<'a>(&'a self, registry: &'a Registry, files: &'a dyn Locator) -> impl Locator + 'a {
        Both { tables: self, registry, files }
    }
}

fn cell_of<'r>(registry: &'r Registry, entity: &Entity, dimension: &str) -> Option<&'r Cell> {
    match entity {
        Entity::Organization(id) => registry.organizations.get(id)?.cell(dimension),
        Entity::Platform(id) => registry.platforms.get(id)?.cell(dimension),
        Entity::Offering(id) => registry.offerings.get(id)?.cell(dimension),
        _ => None,
    }
}

struct Both<'a> {
    tables: &'a TablePlaces,
    registry: &'a Registry,
    files: &'a dyn Locator,
}

impl Locator for Both<'_> {
    fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
        let in_table = |place: &&Place| self.tables.cell(&place.subject, self.registry).map(Location::Table);
        let mut located: Vec<_> = places.iter().map(in_table).collect();
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
