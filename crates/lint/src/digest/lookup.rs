//! Look-ups in a state of the registry, to compare it with an earlier one.

use std::collections::{HashMap, HashSet};

use model::{Entity, Optional, Retired};

use crate::EntityDigest;

/// What is looked up, put in order when it is first needed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lookup {
    /// The first entity of a kind that had an id before, by kind and id.
    heirs: HashMap<&'static str, HashMap<String, Entity>>,
    /// The kinds of which not all former ids could be read.
    unread: HashSet<&'static str>,
    /// What was retired of an entity, by its reference; under none, what may be of any.
    retired: HashMap<Option<String>, Losses>,
}

/// What was taken out on purpose of an entity.
#[derive(Debug, Clone, Default)]
struct Losses {
    /// Whether all of it was.
    whole: bool,
    /// Whether a cell was of which it could not be read which.
    any: bool,
    cells: HashSet<String>,
}

impl Lookup {
    pub(super) fn new<'d>(
        entities: impl Iterator<Item = (&'d Entity, &'d EntityDigest)>,
        retired: &[Retired],
    ) -> Self {
        let mut lookup = Self::default();
        for (entity, digest) in entities {
            if digest.former_ids.is_unread() {
                lookup.unread.insert(entity.kind());
            }
            for former in digest.former_ids.items() {
                let of_kind = lookup.heirs.entry(entity.kind()).or_default();
                of_kind.entry(former.clone()).or_insert_with(|| entity.clone());
            }
        }
        for one in retired {
            let losses = lookup.retired.entry(one.entity.known().cloned()).or_default();
            match &one.dimension {
                Optional::Absent => losses.whole = true,
                Optional::Unread => losses.any = true,
                Optional::Known(id) => drop(losses.cells.insert(id.to_string())),
            }
        }
        lookup
    }

    /// The entity that had the id of another before.
    pub(super) fn heir(&self, of: &Entity) -> Option<&Entity> {
        self.heirs.get(of.kind())?.get(of.id())
    }

    /// Returns whether not all former ids of a kind of entity could be read.
    pub(super) fn may_have_heir(&self, of: &Entity) -> bool {
        self.unread.contains(of.kind())
    }

    /// Returns whether an entity or, with a dimension, one of its cells is retired. What could not be read may say so.
    pub(super) fn is_retired(&self, entity: &Entity, dimension: Option<&str>) -> bool {
        if self.retired.is_empty() {
            return false;
        }
        let found =
            [None, entity.reference()].into_iter().filter_map(|reference| self.retired.get(&reference));
        found.into_iter().any(|losses| match dimension {
            None => losses.whole || losses.any,
            Some(id) => losses.any || losses.cells.contains(id),
        })
    }
}
