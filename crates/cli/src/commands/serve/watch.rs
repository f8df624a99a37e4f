//! Sees when the data folder changes, by looking at it.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use store::{Source, WorkTree};

/// The data folder as it was last seen.
pub(super) struct Watch<'a> {
    tree: &'a WorkTree,
    seen: Seen,
}

/// The files that there were, each with its time and size.
type Seen = BTreeMap<String, Option<(SystemTime, u64)>>;

impl<'a> Watch<'a> {
    pub(super) fn new(tree: &'a WorkTree) -> Self {
        Self { tree, seen: look(tree) }
    }

    /// Returns whether a data file came, went or changed since the last look.
    pub(super) fn has_changed(&mut self) -> bool {
        let now = look(self.tree);
        let changed = now != self.seen;
        self.seen = now;
        changed
    }
}

/// A folder that cannot be read is seen as empty: it changes when it can be read again.
fn look(tree: &WorkTree) -> Seen {
    let state = |path: &str| {
        let found = fs::symlink_metadata(tree.root().join(path)).ok()?;
        Some((found.modified().ok()?, found.len()))
    };
    tree.list().unwrap_or_default().into_iter().map(|path| (path.clone(), state(&path))).collect()
}
