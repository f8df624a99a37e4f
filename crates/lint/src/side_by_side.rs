//! The answers that the offerings of one platform store, side by side.

use std::collections::BTreeMap;

use model::{Entity, Level, Optional};

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

/// A cell, and the offering that stores it.
type Stored<'a> = (&'a Entity, &'a CellDigest);

/// Every such question that at least two offerings of the platform answer.
pub(crate) fn side_by_side<'a>(registry: &RegistryContext<'a>) -> Vec<SideBySide<'a>> {
    let settings = registry.shared.settings;
    let mut offerings: BTreeMap<&str, Vec<(&Entity, &EntityDigest)>> = BTreeMap::new();
    let mut all_read = true;
    for (entity, offering) in registry.offerings() {
        all_read &= offering.platform != Optional::Unread;
        if let Some(platform) = registry.platform_of(offering) {
            offerings.entry(platform).or_default().push((entity, offering));
        }
    }
    let mut found = Vec::new();
    for (platform, offerings) in offerings {
        let Some(record) = settings.platforms.get(platform).filter(|one| !one.cells.is_unread()) else {
            continue;
        };
        let dimensions = settings.dimensions.iter().filter(|one| one.level.is(Level::Platform));
        let open = dimensions.map(|one| one.id.text()).filter(|id| record.cell(id).is_none());
        let mut stored: Vec<_> = open.map(|dimension| (dimension, Vec::new())).collect();
        gather(&mut stored, &offerings);
        for (dimension, cells) in stored.into_iter().filter(|(_, cells)| cells.len() >= 2) {
            let complete = all_read && cells.len() == offerings.len();
            found.push(SideBySide { platform, dimension, cells, complete });
        }
    }
    found
}

/// Adds to each question the cells that answer it. Both stand in the order of ids, so that one walk along
/// both finds them all.
fn gather<'a>(stored: &mut [(&'a str, Vec<Stored<'a>>)], offerings: &[(&'a Entity, &'a EntityDigest)]) {
    let mut by_id: Vec<_> = stored.iter_mut().collect();
    by_id.sort_unstable_by_key(|(dimension, _)| *dimension);
    for (entity, offering) in offerings {
        let mut cells = offering.cells.iter().peekable();
        for (dimension, found) in &mut by_id {
            while cells.next_if(|(id, _)| id.as_str() < *dimension).is_some() {}
            if let Some((_, cell)) = cells.next_if(|(id, _)| id == dimension) {
                found.push((*entity, cell));
            }
        }
    }
}
