//! Groups the rows of tables by their entity.

use std::collections::{BTreeMap, BTreeSet};

use model::{DimensionId, Entity, FieldPath, Registry};
use rayon::prelude::*;

use crate::findings::Findings;
use crate::map::header::{Column, Kind};
use crate::map::mapped::Mapped;
use crate::plan::owners::{Owned, Owners, entity_of, written};
use crate::plan::stray::{Stray, stray};
use crate::read::grid::Row;

/// A row of a table, each by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    table: u32,
    row: u32,
}

impl Origin {
    /// The table and its row.
    pub(crate) fn of(self, tables: &[Mapped]) -> (&Mapped, Row<'_>) {
        let mapped = &tables[self.table as usize];
        (mapped, mapped.grid().row(self.row as usize))
    }
}

/// The rows that are about one entity.
#[derive(Debug, Default)]
pub(crate) struct Group {
    /// Those about the entity itself, in the order of the tables.
    pub(crate) own: Vec<Origin>,
    /// Those about its cells, each with the index of its dimension, by dimension and then in the order
    /// of the tables.
    pub(crate) cells: Vec<(u32, Origin)>,
}

/// The rows of tables by what they are about.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// Those about one entity each.
    pub(crate) entities: BTreeMap<Entity, Group>,
    /// The dimensions of the registry, and others that they name, in order.
    pub(crate) dimensions: Vec<DimensionId>,
    /// Those that do not say what they are about.
    pub(crate) nameless: Vec<Origin>,
}

impl Groups {
    /// The rows about a cell of an entity, or about the entity itself where no cell is named.
    pub(crate) fn rows(&self, entity: &Entity, dimension: Option<&str>) -> impl Iterator<Item = Origin> {
        let group = self.entities.get(entity);
        let wanted = dimension.map(|dimension| {
            let at = self.dimensions.binary_search_by(|id| id.as_str().cmp(dimension));
            at.map_or(u32::MAX, |at| at as u32)
        });
        let (own, cells) = group.map_or((&[][..], &[][..]), |group| match wanted {
            None => (group.own.as_slice(), &[][..]),
            Some(wanted) => {
                let first = group.cells.partition_point(|(id, _)| *id < wanted);
                let cells = &group.cells[first..];
                (&[][..], &cells[..cells.partition_point(|(id, _)| *id == wanted)])
            }
        });
        own.iter().copied().chain(cells.iter().map(|(_, origin)| *origin))
    }
}

/// The rows by what they are about. A row that does not say is a fault.
pub(crate) fn group(tables: &[Mapped], registry: &Registry, faults: &mut Findings) -> Groups {
    let dimensions = registry.dimensions.iter().filter_map(|dimension| dimension.id.known().cloned());
    let (groups, seen) = (Groups::default(), dimensions.zip(0..).collect());
    let mut grouping = Grouping { registry, added: added(tables), groups, seen };
    for (nth, mapped) in tables.iter().enumerate() {
        grouping.table(nth as u32, mapped, faults);
    }
    grouping.end()
}

/// The entities that the tables themselves add.
fn added(tables: &[Mapped]) -> BTreeSet<Entity> {
    let mut added = BTreeSet::new();
    for mapped in tables {
        let Kind::Entities(document) = mapped.header.kind else { continue };
        let id = mapped.header.position(&Column::Field(FieldPath::of("id")));
        let rows = mapped.rows().filter_map(|row| mapped.text(row, id));
        added.extend(rows.map(|cell| entity_of(document, cell.text.trim())));
    }
    added
}

struct Grouping<'r> {
    registry: &'r Registry,
    added: BTreeSet<Entity>,
    groups: Groups,
    /// Until all are known, a dimension has the index at which it was first seen.
    seen: BTreeMap<DimensionId, u32>,
}

impl Grouping<'_> {
    fn table(&mut self, table: u32, mapped: &Mapped, faults: &mut Findings) {
        let owners = Owners::new(mapped);
        let rows: Vec<_> = mapped.rows().filter(|row| !row.is_blank()).collect();
        // The texts are far apart in memory, and are waited for in parallel.
        let named = (0..rows.len()).into_par_iter().map(|at| {
            let is_repeated = at > 0 && owners.texts(rows[at - 1]) == owners.texts(rows[at]);
            (is_repeated, owners.known_dimension(rows[at], &self.seen))
        });
        let named: Vec<_> = named.collect();
        // Rows of one entity mostly follow one another.
        let mut last: Option<(Option<Entity>, Group)> = None;
        for (row, (is_repeated, dimension)) in rows.into_iter().zip(named) {
            let origin = Origin { table, row: row.index() as u32 };
            if last.is_none() || !is_repeated {
                let owned = owners.texts(row);
                self.file(last.take());
                match self.stray(mapped, row, &owned) {
                    Some(stray) => {
                        faults.push(stray.fault);
                        if stray.is_end {
                            return;
                        }
                        continue;
                    }
                    None => last = Some((owners.entity(row, faults), Group::default())),
                }
            }
            let Some((entity, group)) = &mut last else { continue };
            let is_cell = mapped.header.kind == Kind::Cells;
            let dimension =
                is_cell.then(|| dimension.or_else(|| owners.dimension(row, &mut self.seen, faults)));
            match (entity.is_some(), dimension) {
                (true, None) => group.own.push(origin),
                (true, Some(Some(dimension))) => group.cells.push((dimension, origin)),
                _ => self.groups.nameless.push(origin),
            }
        }
        self.file(last);
    }

    /// Returns whether a row whose owner is not known repeats headers or holds a total.
    fn stray(&self, mapped: &Mapped, row: Row<'_>, owned: &Owned<'_>) -> Option<Stray> {
        let is_known = |text: &&str| written(text).is_some_and(|owner| self.exists(&owner));
        if mapped.header.kind == Kind::Cells && owned.iter().any(is_known) {
            return None;
        }
        stray(mapped, row)
    }

    /// Returns whether an owner exists, or is added by the tables.
    fn exists(&self, owner: &Entity) -> bool {
        let Registry { organizations, platforms, offerings, .. } = self.registry;
        let is_there = match owner {
            Entity::Organization(id) => organizations.contains_key(id),
            Entity::Platform(id) => platforms.contains_key(id),
            Entity::Offering(id) => offerings.contains_key(id),
            _ => false,
        };
        is_there || self.added.contains(owner)
    }

    fn file(&mut self, run: Option<(Option<Entity>, Group)>) {
        let Some((Some(entity), Group { own, cells })) = run else { return };
        if own.is_empty() && cells.is_empty() {
            return;
        }
        let group = self.groups.entities.entry(entity).or_default();
        group.own.extend(own);
        group.cells.extend(cells);
    }

    fn end(mut self) -> Groups {
        let mut ranks = vec![0; self.seen.len()];
        for (rank, index) in self.seen.values().enumerate() {
            ranks[*index as usize] = rank as u32;
        }
        for group in self.groups.entities.values_mut() {
            group.cells.iter_mut().for_each(|(dimension, _)| *dimension = ranks[*dimension as usize]);
            group.cells.sort_by_key(|(dimension, _)| *dimension);
        }
        Groups { dimensions: self.seen.into_keys().collect(), ..self.groups }
    }
}
