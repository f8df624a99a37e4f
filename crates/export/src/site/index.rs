//! The index of the pages: order, names and cross-references.

use std::collections::{HashMap, HashSet};

use model::{Offering, OfferingId, Organization, OrganizationId, Platform, PlatformId};

use super::PER_PAGE;
use crate::edition::Edition;
use crate::left_out::is_id;
use crate::names::slug;

/// The entities that have a page, in the order in which readers see them.
pub(super) struct SiteIndex<'a> {
    pub(super) offerings: Vec<(&'a str, &'a Offering)>,
    pub(super) organizations: Vec<(&'a str, &'a Organization)>,
    pub(super) platforms: Vec<(&'a str, &'a Platform)>,
    /// The names of the pages of the dimensions, in their order; all different.
    pub(super) questions: Vec<String>,
    places: HashMap<&'a str, usize>,
    organization_ids: HashSet<&'a str>,
    platform_ids: HashSet<&'a str>,
    by_platform: HashMap<&'a str, Vec<usize>>,
    by_developer: HashMap<&'a str, Vec<usize>>,
    by_operator: HashMap<&'a str, Vec<usize>>,
}

impl<'a> SiteIndex<'a> {
    pub(super) fn new(edition: &'a Edition) -> Self {
        let registry = edition.registry();
        let names = edition.names();
        let shared = edition.shared();
        // A file name becomes a folder of the site, so it must be an id.
        let mut offerings: Vec<_> = registry
            .offerings
            .iter()
            .filter(|(id, one)| !one.is_unread() && is_id::<OfferingId>(id))
            .map(|(id, one)| (id.as_str(), one))
            .collect();
        offerings.sort_by_key(|(id, one)| (names.offering(id, one).to_lowercase(), *id));
        let mut organizations: Vec<_> = registry
            .organizations
            .iter()
            .filter(|(id, one)| !one.is_unread() && is_id::<OrganizationId>(id))
            .map(|(id, one)| (id.as_str(), one))
            .collect();
        organizations.sort_by_key(|(id, _)| (names.organization(id).to_lowercase(), *id));
        let mut platforms: Vec<_> = registry
            .platforms
            .iter()
            .filter(|(id, one)| !one.is_unread() && is_id::<PlatformId>(id))
            .map(|(id, one)| (id.as_str(), one))
            .collect();
        platforms.sort_by_key(|(id, _)| (names.platform(id).to_lowercase(), *id));

        let mut by_platform: HashMap<_, Vec<_>> = HashMap::new();
        let mut by_developer: HashMap<_, Vec<_>> = HashMap::new();
        let mut by_operator: HashMap<_, Vec<_>> = HashMap::new();
        for (at, (_, offering)) in offerings.iter().enumerate() {
            if let Some((id, _)) = names.platform_of(offering) {
                by_platform.entry(id).or_default().push(at);
            }
            if let Some((id, _)) = names.developer_of(offering) {
                by_developer.entry(id).or_default().push(at);
            }
        }
        for (at, (_, platform)) in platforms.iter().enumerate() {
            let operator = platform.operator.known().and_then(|id| shared.organization(id.as_str()));
            if let Some((id, _)) = operator {
                by_operator.entry(id).or_default().push(at);
            }
        }
        Self {
            places: offerings.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect(),
            organization_ids: organizations.iter().map(|(id, _)| *id).collect(),
            platform_ids: platforms.iter().map(|(id, _)| *id).collect(),
            questions: questions(edition),
            offerings,
            organizations,
            platforms,
            by_platform,
            by_developer,
            by_operator,
        }
    }

    /// How many pages the matrix and each question have.
    pub(super) fn matrix_pages(&self) -> usize {
        self.offerings.len().div_ceil(PER_PAGE).max(1)
    }

    /// The places of the offerings on a page of the matrix.
    pub(super) fn on_page(&self, page: usize) -> std::ops::Range<usize> {
        let start = page * PER_PAGE;
        start.min(self.offerings.len())..(start + PER_PAGE).min(self.offerings.len())
    }

    /// The path of a page of a question.
    pub(super) fn question_path(&self, question: usize, page: usize) -> String {
        format!("questions/{}/{}", self.questions[question], numbered(page))
    }

    /// The place of an offering that has a page.
    pub(super) fn offering(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The path of the page of an organization that has one.
    pub(super) fn organization_path(&self, id: &str) -> Option<String> {
        self.organization_ids.contains(id).then(|| format!("organizations/{id}/index.html"))
    }

    /// The path of the page of a platform that has one.
    pub(super) fn platform_path(&self, id: &str) -> Option<String> {
        self.platform_ids.contains(id).then(|| format!("platforms/{id}/index.html"))
    }

    /// The places of the offerings that a platform serves.
    pub(super) fn served_by(&self, platform: &str) -> &[usize] {
        self.by_platform.get(platform).map_or(&[], Vec::as_slice)
    }

    /// The places of the offerings whose models an organization develops.
    pub(super) fn developed_by(&self, organization: &str) -> &[usize] {
        self.by_developer.get(organization).map_or(&[], Vec::as_slice)
    }

    /// The places of the platforms that an organization operates.
    pub(super) fn operated_by(&self, organization: &str) -> &[usize] {
        self.by_operator.get(organization).map_or(&[], Vec::as_slice)
    }
}

/// The path of a page of the matrix: the first is the home page.
pub(super) fn matrix_path(page: usize) -> String {
    if page == 0 { numbered(0) } else { format!("matrix/{}", numbered(page)) }
}

/// The file of a page, from 0, in the folder of its pages.
fn numbered(page: usize) -> String {
    if page == 0 { "index.html".to_owned() } else { format!("{}/index.html", page + 1) }
}

/// The name of the page of each dimension. Where two would share one, the later gets a number.
fn questions(edition: &Edition) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut unique = |name: String| {
        let numbered = (2..).map(|n| format!("{name}-{n}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        free.unwrap_or(name)
    };
    edition.registry().dimensions.iter().map(|dimension| unique(slug(dimension))).collect()
}
