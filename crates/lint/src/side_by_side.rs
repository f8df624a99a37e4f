//! The answers that the offerings of one platform store, side by side.

use std::collections::BTreeMap;

use model::{Entity, Level, Optional};

use crate::digest::Notes;
use crate::{CellDigest, EntityDigest, RegistryContext};

/// A platform-level question that a platform of several offerings does not answer itself.
pub(crate) struct SideBySide<'a> {
    /// The file name of the platform.
    pub(crate) platform: &'a str,
    /// The id of the question.
    pub(crate) dimension: &'a str,
    /// The cells that its offerings store.
    pub(crate) cells: Vec<Stored<'a>>,
    /// Whether every offering of the platform stores one.
    pub(crate) complete: bool,
}

impl SideBySide<'_> {
    /// Returns whether every offering of the platform stores the same grade with the same note.
    pub(crate) fn is_repeated(&self, notes: &Notes<'_>) -> bool {
        let says = |at: usize| {
            let (offering, cell) = self.cells[at];
            Some((cell.status?, notes.number(offering, self.dimension)?))
        };
        self.complete && says(0).is_some() && (1..self.cells.len()).all(|at| says(at) == says(0))
    }
}

/// A cell, and the offering that stores it.
type Stored<'a> = (&'a Entity, &'a CellDigest);

/// Every such question that at least two offerings of the platform answer, platform by platform: all at once would need
/// much room.
pub(crate) fn side_by_side<'a>(
    registry: &RegistryContext<'a>,
) -> impl Iterator<Item = SideBySide<'a>> + use<'a> {
    let shared = registry.env.shared;
    let mut offerings: BTreeMap<&str, Vec<(&Entity, &EntityDigest)>> = BTreeMap::new();
    let mut all_read = true;
    for (entity, offering) in registry.offerings() {
        all_read &= offering.platform != Optional::Unread;
        if let Some(platform) = registry.platform_of(offering) {
            offerings.entry(platform).or_default().push((entity, offering));
        }
    }
    offerings.into_iter().flat_map(move |(platform, offerings)| {
        let record = shared.platforms.get(platform).filter(|one| !one.cells.is_unread());
        let dimensions = shared.dimensions.iter().filter(|one| one.level.is(Level::Platform));
        let ids = dimensions.map(|one| one.id.text());
        let open = ids.filter(move |id| record.is_some_and(|record| record.cell(id).is_none()));
        open.filter_map(move |dimension| {
            let stored =
                offerings.iter().filter_map(|(entity, one)| Some((*entity, one.cells.get(dimension)?)));
            let cells: Vec<_> = stored.collect();
            let complete = all_read && cells.len() == offerings.len();
            (cells.len() >= 2).then_some(SideBySide { platform, dimension, cells, complete })
        })
    })
}
