//! The stored cells of a registry in the order in which they are published.

use std::collections::BTreeMap;

use model::{Cell, DimensionId, Dimensions, Entity, Optional, Registry};

/// A cell where it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Stored<'a> {
    /// Whose file holds it.
    pub(crate) owner: Entity,
    /// The question that it answers.
    pub(crate) dimension: &'a DimensionId,
    /// The cell.
    pub(crate) cell: &'a Cell,
}

/// An entity that may have cells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owner<'a> {
    entity: fn(String) -> Entity,
    id: &'a str,
    cells: &'a Optional<BTreeMap<DimensionId, Cell>>,
    dimensions: &'a Dimensions,
}

/// Every entity that may have cells: organizations, platforms, offerings, each by id.
pub(crate) fn owners(registry: &Registry) -> Vec<Owner<'_>> {
    let owner = |entity: fn(String) -> Entity, id, cells| Owner {
        entity,
        id,
        cells,
        dimensions: &registry.dimensions,
    };
    let organizations = registry.organizations.iter();
    let organizations = organizations.map(|(id, one)| owner(Entity::Organization, id, &one.cells));
    let platforms = registry.platforms.iter().map(|(id, one)| owner(Entity::Platform, id, &one.cells));
    let offerings = registry.offerings.iter().map(|(id, one)| owner(Entity::Offering, id, &one.cells));
    organizations.chain(platforms).chain(offerings).collect()
}

impl<'a> Owner<'a> {
    /// Its cells in the order of the dimensions. Cells of unknown dimensions come last.
    pub(crate) fn stored(self) -> impl Iterator<Item = Stored<'a>> {
        let place = |id: &DimensionId| {
            let is_it = |dimension: &model::Dimension| dimension.id.known() == Some(id);
            self.dimensions.iter().position(is_it).unwrap_or(usize::MAX)
        };
        let mut own: Vec<_> = self.cells.known().into_iter().flatten().collect();
        own.sort_by_cached_key(|(dimension, _)| place(dimension));
        let owner = (self.entity)(self.id.to_owned());
        own.into_iter().map(move |(dimension, cell)| Stored { owner: owner.clone(), dimension, cell })
    }
}

/// Every stored cell, by owner.
pub(crate) fn stored_cells(registry: &Registry) -> impl Iterator<Item = Stored<'_>> {
    owners(registry).into_iter().flat_map(Owner::stored)
}
