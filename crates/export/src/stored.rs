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

/// Every stored cell: organizations, platforms, offerings, each by id, and within them in the order
/// of the dimensions. Cells of unknown dimensions come last.
pub(crate) fn stored_cells(registry: &Registry) -> Vec<Stored<'_>> {
    let mut all = Vec::new();
    for (id, organization) in &registry.organizations {
        add(&mut all, Entity::Organization(id.clone()), &organization.cells, &registry.dimensions);
    }
    for (id, platform) in &registry.platforms {
        add(&mut all, Entity::Platform(id.clone()), &platform.cells, &registry.dimensions);
    }
    for (id, offering) in &registry.offerings {
        add(&mut all, Entity::Offering(id.clone()), &offering.cells, &registry.dimensions);
    }
    all
}

type Cells = Optional<BTreeMap<DimensionId, Cell>>;

fn add<'a>(all: &mut Vec<Stored<'a>>, owner: Entity, cells: &'a Cells, dimensions: &Dimensions) {
    let place = |id: &DimensionId| {
        dimensions.iter().position(|dimension| dimension.id.known() == Some(id)).unwrap_or(usize::MAX)
    };
    let mut own: Vec<_> = cells.known().into_iter().flatten().collect();
    own.sort_by_key(|(dimension, _)| place(dimension));
    all.extend(own.into_iter().map(|(dimension, cell)| Stored { owner: owner.clone(), dimension, cell }));
}
