//! Puts what rows state on what the registry holds, field by field.

use std::collections::BTreeMap;

use model::{Cell, Evidence, Fetch, Key, Offering, Optional, Organization, Platform, Record, Required};

/// A record that rows state: an organization, platform, offering or cell.
pub(crate) trait RowRecord: Record + Clone + PartialEq + Send {
    /// Returns whether everything that the structure requires is there.
    fn is_complete(&self) -> bool {
        self.has_required()
    }

    /// The cell that it is.
    fn as_cell(&mut self) -> Option<&mut Cell> {
        None
    }

    /// The same, to look at.
    fn cell(&self) -> Option<&Cell> {
        None
    }
}

impl RowRecord for Organization {}
impl RowRecord for Platform {}
impl RowRecord for Offering {}

impl RowRecord for Cell {
    fn is_complete(&self) -> bool {
        let is_complete =
            |one: &Evidence| one.has_required() && one.fetch.known().is_none_or(Fetch::has_required);
        self.has_required() && self.evidence.items().iter().all(is_complete)
    }

    fn as_cell(&mut self) -> Option<&mut Cell> {
        Some(self)
    }

    fn cell(&self) -> Option<&Cell> {
        Some(self)
    }
}

/// Takes over the entries of a map: all of them where it is stated whole, else those that are stated.
pub(crate) fn take_map<V>(
    map: &mut Optional<BTreeMap<Key, Required<V>>>,
    stated: Optional<BTreeMap<Key, Required<V>>>,
    is_whole: bool,
) {
    match (map, stated) {
        (_, Optional::Absent) => {}
        (Optional::Known(map), Optional::Known(stated)) if !is_whole => map.extend(stated),
        (map, stated) => *map = stated,
    }
}

/// The keys of a map that another does not name.
pub(crate) fn left_out<'m, V>(
    map: &'m Optional<BTreeMap<Key, Required<V>>>,
    stated: &Optional<BTreeMap<Key, Required<V>>>,
) -> impl Iterator<Item = &'m Key> {
    let is_named = |key: &&Key| stated.known().is_some_and(|stated| stated.contains_key(*key));
    map.known().into_iter().flat_map(BTreeMap::keys).filter(move |key| !is_named(key))
}
