//! Cells that are read once more.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::{Cell, DimensionId, Entity, Optional, Registry};

/// Reads the stored cells of an entity once more, for those who keep only a digest of it.
pub trait CellSource: Sync {
    /// Returns the cells of an organization, a platform or an offering; nothing where there are none, or where they
    /// cannot be read.
    fn cells(&self, entity: &Entity) -> Option<Cow<'_, BTreeMap<DimensionId, Cell>>>;
}

impl CellSource for Registry {
    fn cells(&self, entity: &Entity) -> Option<Cow<'_, BTreeMap<DimensionId, Cell>>> {
        let cells: &Optional<_> = match entity {
            Entity::Organization(name) => &self.organizations.get(name)?.cells,
            Entity::Platform(name) => &self.platforms.get(name)?.cells,
            Entity::Offering(name) => &self.offerings.get(name)?.cells,
            _ => return None,
        };
        cells.known().map(Cow::Borrowed)
    }
}
