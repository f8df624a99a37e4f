//! Where in the tables the parts of the registry are, and in the files what the tables do not touch.

use std::sync::Arc;

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
}

impl TablePlaces {
    pub(crate) fn new(tables: Vec<Mapped>, groups: Groups) -> Self {
        Self { tables, groups }
    }

    /// The table cell of a subject: that of its field, or of the row that it is in. `registry` is as it would
    /// be. What no row is about is where its owner is.
    pub fn cell(&self, subject: &Subject, registry: &Registry) -> Option<TableCell> {
        let entity = &subject.entity;
        let rows = self.groups.rows(entity, subject.dimension.as_deref());
        let Some(first) = rows.first() else {
            let own = self.groups.rows(entity, None);
            let (mapped, row) = own.first()?.of(&self.tables);
            return Some(mapped.place(row, None));
        };
        let source = self.source(subject, &rows, registry);
        let (origin, field) = source.unwrap_or((*first, subject.field.clone()));
        let (mapped, row) = origin.of(&self.tables);
        Some(mapped.place(row, field.as_ref()))
    }

    /// The row and the columns of a source: those that have its address.
    fn source(
        &self,
        subject: &Subject,
        rows: &[Origin],
        registry: &Registry,
    ) -> Option<(Origin, Option<FieldPath>)> {
        let [Step::Key(list), Step::Index(at), rest @ ..] = subject.field.as_ref()?.steps() else {
            return None;
        };
        let cell = cell_of(registry, &subject.entity, subject.dimension.as_deref()?)?;
        if list != "evidence" {
            return None;
        }
        let url = cell.evidence.items().get(*at)?.url.known();
        for origin in rows {
            let (mapped, row) = origin.of(&self.tables);
            let stated = stated::read(mapped, row);
            for (item, nth) in stated.sources.iter().enumerate() {
                if stated.url(item).zip(url).is_some_and(|(stated, url)| stated.identity() == url.identity())
                {
                    let path =
                        FieldPath::of("evidence").index(*nth).steps().iter().chain(rest).cloned().collect();
                    return Some((*origin, Some(path)));
                }
            }
        }
        // The rows say nothing of this source.
        Some((*rows.first()?, None))
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
