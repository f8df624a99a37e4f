//! Addresses outside the pages: the lines of cells in the repository, corrections, the site itself.

use std::collections::{BTreeMap, HashMap};

use diagnostics::{Location, Locator, Place};
use model::{BaseUrl, Cell, DimensionId, Entity, Optional, Registry, Subject};

use super::escape::{https, query};

/// Knows addresses outside the site.
pub(super) struct Sources<'a> {
    site: Option<&'a str>,
    repository: Option<&'a str>,
    locator: Option<&'a dyn Locator>,
    /// The lines of the cells that many offerings inherit, which would be looked up for each.
    shared: HashMap<Subject, String>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(registry: &'a Registry, locator: Option<&'a dyn Locator>) -> Self {
        let info = &registry.info;
        let repository = info.repository_url.known().map(BaseUrl::as_url).and_then(https);
        let mut sources = Self {
            site: info.site_url.known().map(BaseUrl::as_url).and_then(https),
            repository: repository.map(|url| url.trim_end_matches('/').trim_end_matches(".git")),
            locator,
            shared: HashMap::new(),
        };
        let organizations = registry.organizations.iter();
        let organizations = organizations.map(|(id, one)| (Entity::Organization(id.clone()), &one.cells));
        let platforms = registry.platforms.iter();
        let platforms = platforms.map(|(id, one)| (Entity::Platform(id.clone()), &one.cells));
        let subjects = organizations.chain(platforms).flat_map(|(owner, cells)| subjects(&owner, cells));
        sources.shared = sources.located(subjects.collect());
        sources
    }

    /// The address of the repository, without a final `/`.
    pub(super) fn repository(&self) -> Option<&'a str> {
        self.repository
    }

    /// The address of the site.
    pub(super) fn site(&self) -> Option<&'a str> {
        self.site
    }

    /// The public address of the page at a path.
    pub(super) fn page(&self, path: &str) -> Option<String> {
        let folder = path.strip_suffix("index.html").unwrap_or(path);
        self.site.map(|site| format!("{}/{folder}", site.trim_end_matches('/')))
    }

    /// The addresses of the lines where the cells of an offering begin, its inherited ones included.
    pub(super) fn lines_of(&self, id: &str, cells: &Optional<BTreeMap<DimensionId, Cell>>) -> Lines<'_> {
        let owner = Entity::Offering(id.to_owned());
        Lines { own: self.located(subjects(&owner, cells).collect()), shared: &self.shared }
    }

    /// The addresses of the lines of the cells that many offerings inherit.
    pub(super) fn shared_lines(&self) -> Lines<'_> {
        Lines { own: HashMap::new(), shared: &self.shared }
    }

    /// A form of the repository's issues in which a correction is begun.
    pub(super) fn correction(&self, title: &str, body: &str) -> Option<String> {
        let repository = self.repository?;
        Some(format!("{repository}/issues/new?title={}&body={}", query(title), query(body)))
    }

    /// The address of a file of the repository.
    pub(super) fn in_repository(&self, path: &str) -> Option<String> {
        self.repository.map(|repository| format!("{repository}/blob/HEAD/{path}"))
    }

    fn located(&self, subjects: Vec<Subject>) -> HashMap<Subject, String> {
        let (Some(repository), Some(locator)) = (self.repository, self.locator) else {
            return HashMap::new();
        };
        let places: Vec<_> = subjects.into_iter().map(Place::key).collect();
        let located = locator.locate(&places.iter().collect::<Vec<_>>());
        let lines = places.iter().zip(located).filter_map(|(place, location)| match location? {
            Location::File(range) => {
                let line = format!("{repository}/blob/HEAD/{}#L{}", range.file, range.start.line);
                Some((place.subject.clone(), line))
            }
            Location::Table(_) => None,
        });
        lines.collect()
    }
}

fn subjects<'a>(
    owner: &Entity,
    cells: &'a Optional<BTreeMap<DimensionId, Cell>>,
) -> impl Iterator<Item = Subject> + use<'a> {
    let owner = owner.clone();
    let dimensions = cells.known().into_iter().flat_map(|cells| cells.keys());
    dimensions.map(move |dimension| Subject::cell(owner.clone(), dimension.as_str()))
}

/// The addresses of the lines where cells begin.
pub(super) struct Lines<'s> {
    own: HashMap<Subject, String>,
    shared: &'s HashMap<Subject, String>,
}

impl Lines<'_> {
    /// That of one cell.
    pub(super) fn get(&self, owner: &Entity, dimension: &str) -> Option<String> {
        let subject = Subject::cell(owner.clone(), dimension);
        self.own.get(&subject).or_else(|| self.shared.get(&subject)).cloned()
    }
}
