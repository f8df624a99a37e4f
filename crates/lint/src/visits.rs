//! The visits of a host, and what rules need to know about them.

use std::collections::{BTreeMap, HashSet};

use diagnostics::quoted;
use model::{Entity, FieldPath, PageVisit, Subject, Visits};

use crate::{Digest, Environment};

/// The visits of one host. Only rules about visits see them: a visit is never a reading.
pub struct VisitsContext<'a> {
    /// The visits as an entity.
    pub entity: Entity,
    /// The host, which is the name of the file.
    pub host: &'a str,
    /// What the file has.
    pub visits: &'a Visits,
    /// The other data.
    pub env: Environment<'a>,
    /// The visits of each page in the order of the file, by their position.
    pages: BTreeMap<String, Vec<usize>>,
    cited: Option<&'a HashSet<String>>,
}

impl<'a> VisitsContext<'a> {
    /// The visits of a host. `cited` has the pages that cells cite, if all of them are known.
    pub fn new(
        host: &'a str,
        visits: &'a Visits,
        env: Environment<'a>,
        cited: Option<&'a HashSet<String>>,
    ) -> Self {
        let mut pages: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, page) in visits.visits.items().iter().map(PageVisit::page).enumerate() {
            if let Some(page) = page {
                pages.entry(page).or_default().push(at);
            }
        }
        Self { entity: Entity::Visits(host.to_owned()), host, visits, env, pages, cited }
    }

    /// The visits, in the order of the file.
    pub fn items(&self) -> &'a [PageVisit] {
        self.visits.visits.items()
    }

    /// The positions of the visits of each page, in the order of the file.
    pub fn pages(&self) -> impl Iterator<Item = &[usize]> {
        self.pages.values().map(Vec::as_slice)
    }

    /// Returns whether a cell cites a page, or may cite it in what could not be read.
    pub fn may_be_cited(&self, page: &str) -> bool {
        self.cited.is_none_or(|cited| cited.contains(page))
    }

    /// A field of the visit at a position.
    pub fn field(&self, at: usize, key: &str) -> Subject {
        Subject::field(self.entity.clone(), FieldPath::of("visits").index(at).key(key))
    }

    /// The visit at a position.
    pub fn visit(&self, at: usize) -> Subject {
        Subject::field(self.entity.clone(), FieldPath::of("visits").index(at))
    }

    /// "the visit of `https://acme.example/soc2`", for messages.
    pub fn name(&self, at: usize) -> String {
        match self.items().get(at).and_then(|visit| visit.url.known()) {
            Some(url) => format!("the visit of {}", quoted(url.as_str())),
            None => format!("visit {} of {}", at + 1, quoted(self.host)),
        }
    }
}

/// The pages that cells cite.
pub(crate) fn cited(digest: &Digest) -> HashSet<String> {
    let cells = digest.entities.values().flat_map(|entity| entity.cells.values());
    let urls = cells.flat_map(|cell| &*cell.evidence).filter_map(|evidence| evidence.url.as_ref());
    urls.map(|url| url.identity().into_owned()).collect()
}
