//! Pages at old addresses: an entity that was renamed leads to its new one, one that was retired says when and why.

use std::collections::BTreeSet;

use askama::Template;
use model::{Entity, Optional, Registry, Retired};

use super::Site;
use super::frame::Frame;
use super::index::SiteIndex;
use crate::left_out::is_id;

/// What had an address before.
pub(super) struct Gone<'a> {
    entity: Entity,
    now: Now<'a>,
}

/// What became of it.
enum Now<'a> {
    /// It has this id.
    Renamed(&'a str),
    Retired(&'a Retired),
}

impl Gone<'_> {
    /// The address that it had.
    pub(super) fn path(&self) -> String {
        page_of(&self.entity, self.entity.id())
    }
}

/// The page of an entity of a kind with an id.
fn page_of(kind: &Entity, id: &str) -> String {
    let folder = match kind {
        Entity::Organization(_) => "organizations",
        Entity::Platform(_) => "platforms",
        _ => "offerings",
    };
    format!("{folder}/{id}/index.html")
}

/// What had an address before that nothing has now, in order.
pub(super) fn all<'a>(registry: &'a Registry, index: &SiteIndex<'a>) -> Vec<Gone<'a>> {
    let there: BTreeSet<Entity> = index
        .offerings
        .iter()
        .map(|(id, _)| Entity::Offering((*id).to_owned()))
        .chain(index.organizations.iter().map(|(id, _)| Entity::Organization((*id).to_owned())))
        .chain(index.platforms.iter().map(|(id, _)| Entity::Platform((*id).to_owned())))
        .collect();
    let mut gone = Vec::new();
    for (id, one) in &index.offerings {
        renamed(&one.former_ids, id, Entity::Offering, &mut gone);
    }
    for (id, one) in &index.organizations {
        renamed(&one.former_ids, id, Entity::Organization, &mut gone);
    }
    for (id, one) in &index.platforms {
        renamed(&one.former_ids, id, Entity::Platform, &mut gone);
    }
    let retired = registry.info.retired.items().iter().filter(|one| one.dimension.is_absent());
    gone.extend(retired.filter_map(|one| {
        let entity = Entity::of_reference(one.entity.text())?;
        let has_page = !matches!(entity, Entity::Dimension(_));
        has_page.then_some(Gone { entity, now: Now::Retired(one) })
    }));
    gone.retain(|one| !there.contains(&one.entity));
    // Of several claims to one address the first counts: a renamed entity is still there.
    let mut seen = BTreeSet::new();
    gone.retain(|one| seen.insert(one.entity.clone()));
    gone
}

fn renamed<'a, T: AsRef<str>>(
    former: &Optional<Vec<T>>,
    now: &'a str,
    entity: impl Fn(String) -> Entity,
    gone: &mut Vec<Gone<'a>>,
) {
    let ids = former.items().iter().map(AsRef::as_ref).filter(|id| is_id::<model::OfferingId>(id));
    gone.extend(ids.map(|id| Gone { entity: entity(id.to_owned()), now: Now::Renamed(now) }));
}

#[derive(Template)]
#[template(path = "gone.html")]
struct GonePage<'a> {
    frame: Frame<'a>,
    kind: &'static str,
    id: String,
    /// The address of the page that it has now, and its name.
    now: Option<(String, String)>,
    on: Option<String>,
    reason: String,
}

/// The page at an old address.
pub(super) fn page<'a>(site: &Site<'a>, path: &str, gone: &Gone<'a>) -> impl Template + use<'a> {
    let kind = gone.entity.kind();
    let id = gone.entity.id().to_owned();
    let (now, on, reason) = match gone.now {
        Now::Renamed(now) => {
            let names = site.names();
            let name = match &gone.entity {
                Entity::Organization(_) => names.organization(now).to_owned(),
                Entity::Platform(_) => names.platform(now).to_owned(),
                _ => site
                    .edition
                    .registry()
                    .offerings
                    .get(now)
                    .map_or(now, |one| names.offering(now, one))
                    .to_owned(),
            };
            (Some((page_of(&gone.entity, now), name)), None, String::new())
        }
        Now::Retired(one) => {
            let on = one.on.known().map(ToString::to_string);
            (None, on, one.reason.text().to_owned())
        }
    };
    let title = if now.is_some() { format!("{id} has moved") } else { format!("{id} was retired") };
    let mut frame = Frame::new(site, path, title);
    if let Some((path, _)) = &now {
        frame.canonical = site.sources.page(path);
    }
    let now = now.map(|(path, name)| (format!("{}{path}", frame.root), name));
    GonePage { frame, kind, id, now, on, reason }
}
