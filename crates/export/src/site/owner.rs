//! The pages of those who store answers for many offerings: organizations and platforms.

use std::collections::BTreeMap;

use askama::Template;
use model::{Cell, DimensionId, Entity, Optional, Vocabulary, resolve};

use super::Site;
use super::answer::Article;
use super::filters;
use super::frame::{Frame, Link};
use super::linked::Linked;
use crate::coverage::Coverage;
use crate::reading;

#[derive(Template)]
#[template(path = "owner.html")]
struct OwnerPage<'a> {
    frame: Frame<'a>,
    name: &'a str,
    /// What it is, in a few words.
    kind: &'static str,
    homepage: Option<Linked>,
    domains: Vec<&'a str>,
    operator: Option<Link>,
    former_ids: Vec<String>,
    /// Whom its answers hold for.
    shared_by: &'static str,
    answers: Vec<Article<'a>>,
    lists: Vec<OfferingList>,
}

/// The offerings that an owner has to do with.
struct OfferingList {
    heading: String,
    href: Option<String>,
    lines: Vec<OfferingLine>,
}

/// An offering in a list.
struct OfferingLine {
    link: Link,
    about: String,
    /// How much of its answers was read.
    coverage: String,
}

/// The page of the organization at a place of the index.
pub(super) fn organization<'a>(site: &Site<'a>, path: &str, at: usize) -> impl Template + use<'a> {
    let (id, organization) = site.index.organizations[at];
    let name = site.names().organization(id);
    let frame = Frame::new(site, path, name)
        .under("Providers", "organizations/index.html")
        .described(format!("{name}: its answers as a developer of models, its platforms, its offerings."))
        .dated();
    let mut lists = vec![OfferingList {
        heading: "Offerings of its models".to_owned(),
        href: None,
        lines: lines(site, &frame, site.index.developed_by(id)),
    }];
    for platform in site.index.operated_by(id) {
        let (platform, _) = site.index.platforms[*platform];
        lists.push(OfferingList {
            heading: format!("On its platform {}", site.names().platform(platform)),
            href: Some(frame.to(&format!("platforms/{platform}/index.html"))),
            lines: lines(site, &frame, site.index.served_by(platform)),
        });
    }
    lists.retain(|list| !list.lines.is_empty() || list.href.is_some());
    OwnerPage {
        name,
        kind: "Organization",
        homepage: organization.homepage.known().map(|url| Linked::new(url.as_str())),
        domains: organization.domains.items().iter().map(String::as_str).collect(),
        operator: None,
        former_ids: organization.former_ids.items().iter().map(ToString::to_string).collect(),
        shared_by: "every offering of its models",
        answers: answers(site, &frame, &Entity::Organization(id.to_owned()), &organization.cells),
        lists,
        frame,
    }
}

/// The page of the platform at a place of the index.
pub(super) fn platform<'a>(site: &Site<'a>, path: &str, at: usize) -> impl Template + use<'a> {
    let (id, platform) = site.index.platforms[at];
    let name = site.names().platform(id);
    let frame = Frame::new(site, path, name)
        .under("Providers", "organizations/index.html")
        .described(format!("{name}: what it answers for every offering that it serves."))
        .dated();
    let operator = platform.operator.known().map(|operator| {
        let found = site.edition.shared().organization(operator.as_str());
        let path = found.and_then(|(id, _)| site.index.organization_path(id));
        Link::new(site.names().organization(operator.as_str()), path.map(|path| frame.to(&path)))
    });
    let served = lines(site, &frame, site.index.served_by(id));
    OwnerPage {
        name,
        kind: "Platform",
        homepage: None,
        domains: Vec::new(),
        operator,
        former_ids: platform.former_ids.items().iter().map(ToString::to_string).collect(),
        shared_by: "every offering on it without its own answer",
        answers: answers(site, &frame, &Entity::Platform(id.to_owned()), &platform.cells),
        lists: vec![OfferingList { heading: "Offerings on it".to_owned(), href: None, lines: served }],
        frame,
    }
}

/// The stored answers in the order of the questions. Those to unknown questions have no place.
fn answers<'a>(
    site: &Site<'a>,
    frame: &Frame<'_>,
    owner: &Entity,
    cells: &'a Optional<BTreeMap<DimensionId, Cell>>,
) -> Vec<Article<'a>> {
    let Some(cells) = cells.known() else { return Vec::new() };
    let dimensions = site.edition.registry().dimensions.iter().enumerate();
    let stored = dimensions.filter_map(|(at, dimension)| Some((at, cells.get(dimension.id.text())?)));
    stored.map(|(at, cell)| Article::stored(site, frame, owner, at, cell)).collect()
}

fn lines(site: &Site<'_>, frame: &Frame<'_>, places: &[usize]) -> Vec<OfferingLine> {
    let line = |at: &usize| {
        let (id, offering) = site.index.offerings[*at];
        let names = site.names();
        let answers = resolve(id, offering, site.edition.shared());
        let category = offering.category.get().map_or("", Vocabulary::label);
        OfferingLine {
            link: Link::new(
                names.offering(id, offering),
                Some(frame.to(&format!("offerings/{id}/index.html"))),
            ),
            about: format!("{category}, on {}", names.platform_of_offering(offering)),
            coverage: reading::coverage(&Coverage::of(&answers)),
        }
    };
    places.iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "owners.html")]
struct OwnersPage<'a> {
    frame: Frame<'a>,
    organizations: Vec<OwnerLine>,
    platforms: Vec<OwnerLine>,
}

/// An organization or a platform in the list of providers.
struct OwnerLine {
    link: Link,
    /// Who operates a platform.
    operator: Option<Link>,
    offerings: usize,
    platforms: usize,
    /// How many answers it stores, and how much of them was read; empty where it stores none.
    answers: String,
}

/// The list of organizations and platforms.
pub(super) fn list<'a>(site: &Site<'a>, path: &str) -> impl Template + use<'a> {
    let frame = Frame::new(site, path, "Providers")
        .described("The organizations that develop models and the platforms that serve them.");
    let names = site.names();
    let organizations = site.index.organizations.iter().map(|(id, one)| OwnerLine {
        link: Link::new(names.organization(id), site.index.organization_path(id).map(|path| frame.to(&path))),
        operator: None,
        offerings: site.index.developed_by(id).len(),
        platforms: site.index.operated_by(id).len(),
        answers: stored(&one.cells),
    });
    let organizations = organizations.collect();
    let platforms = site.index.platforms.iter().map(|(id, one)| {
        let operator = one.operator.known().map(|operator| {
            let path = site.index.organization_path(operator.as_str()).map(|path| frame.to(&path));
            Link::new(names.organization(operator.as_str()), path)
        });
        OwnerLine {
            link: Link::new(names.platform(id), site.index.platform_path(id).map(|path| frame.to(&path))),
            operator,
            offerings: site.index.served_by(id).len(),
            platforms: 0,
            answers: stored(&one.cells),
        }
    });
    let platforms = platforms.collect();
    OwnersPage { organizations, platforms, frame }
}

fn stored(cells: &Optional<BTreeMap<DimensionId, Cell>>) -> String {
    let coverage = Coverage::of_cells(cells.known().into_iter().flat_map(BTreeMap::values));
    if coverage.answers == 0 { String::new() } else { reading::coverage(&coverage) }
}
