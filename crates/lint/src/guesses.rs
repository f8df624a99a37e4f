//! Suggests an existing id for an unknown one.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};

use diagnostics::Candidates;
use model::{Dimensions, Organization, Platform, is_entity_id};

use crate::facts::UndeclaredFacts;

/// The ids that may be meant. Each list is put in order when it is first needed, and serves every entity.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    organizations: OnceLock<Candidates>,
    platforms: OnceLock<Candidates>,
    dimensions: OnceLock<Candidates>,
    /// What was meant by an unknown dimension; every offering on a platform asks about its cells.
    meant: Mutex<HashMap<String, Option<(String, bool)>>>,
    /// What the facts seem to be that a dimension does not declare.
    undeclared: OnceLock<HashMap<String, UndeclaredFacts>>,
}

impl Guesses {
    /// The organization that was probably meant.
    pub(crate) fn organization(&self, id: &str, all: &BTreeMap<String, Organization>) -> Option<&str> {
        self.organizations.get_or_init(|| ids(all.keys())).closest(id)
    }

    /// The platform that was probably meant.
    pub(crate) fn platform(&self, id: &str, all: &BTreeMap<String, Platform>) -> Option<&str> {
        self.platforms.get_or_init(|| ids(all.keys())).closest(id)
    }

    /// The dimension that was probably meant, and whether no other is as near.
    pub(crate) fn dimension<'d>(&self, id: &str, all: &'d Dimensions) -> Option<(&'d str, bool)> {
        let ids = || Candidates::new(all.iter().map(|dimension| dimension.id.text()));
        let guess = |id: &str| {
            let guess = self.dimensions.get_or_init(ids).guess(id)?;
            Some((guess.meant.to_owned(), guess.is_alone))
        };
        let mut known = self.meant.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains_key(id) {
            known.insert(id.to_owned(), guess(id));
        }
        let (meant, is_alone) = known.get(id)?.as_ref()?;
        Some((all.get(meant)?.id.text(), *is_alone))
    }

    /// What is known of the facts that a dimension does not declare.
    pub(crate) fn undeclared(&self, id: &str, all: &Dimensions) -> Option<&UndeclaredFacts> {
        let each =
            || all.iter().map(|dimension| (dimension.id.text().to_owned(), UndeclaredFacts::default()));
        self.undeclared.get_or_init(|| each().collect()).get(id)
    }
}

/// Those of the names of files that are ids.
fn ids<'n>(names: impl Iterator<Item = &'n String>) -> Candidates {
    Candidates::new(names.map(String::as_str).filter(|name| is_entity_id(name)))
}
