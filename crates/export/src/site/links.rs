//! Links to the pages of those that an offering has to do with.

use model::{Entity, Optional};

use super::Site;
use super::frame::{Frame, Link};
use crate::names::MULTIPLE_DEVELOPERS;
use crate::words::UNREAD;

/// The link to the owner of a cell.
pub(super) fn owner_link(site: &Site<'_>, frame: &Frame<'_>, owner: &Entity) -> Link {
    let path = match owner {
        Entity::Platform(id) => site.index.platform_path(id),
        Entity::Organization(id) => site.index.organization_path(id),
        Entity::Offering(id) => site.index.offering(id).map(|_| format!("offerings/{id}/index.html")),
        _ => None,
    };
    let names = site.names();
    let name = match owner {
        Entity::Platform(id) => names.platform(id).to_owned(),
        Entity::Organization(id) => names.organization(id).to_owned(),
        other => names.owner(other).to_owned(),
    };
    Link::new(name, path.map(|path| frame.to(&path)))
}

/// The developer of an offering, with its page.
pub(super) fn developer(site: &Site<'_>, frame: &Frame<'_>, offering: &model::Offering) -> Link {
    let href = |id: &str| {
        let (id, _) = site.edition.shared().organization(id)?;
        site.index.organization_path(id).map(|path| frame.to(&path))
    };
    match &offering.developer {
        Optional::Absent => Link::new(MULTIPLE_DEVELOPERS, None),
        Optional::Unread => Link::new(UNREAD, None),
        Optional::Known(id) => Link::new(site.names().organization(id.as_str()), href(id.as_str())),
    }
}

/// The platform of an offering, with its page.
pub(super) fn platform(site: &Site<'_>, frame: &Frame<'_>, offering: &model::Offering) -> Link {
    let Some(id) = offering.platform.known() else { return Link::new(UNREAD, None) };
    let found = site.edition.shared().platform(id.as_str());
    let path = found.and_then(|(id, _)| site.index.platform_path(id));
    Link::new(site.names().platform(id.as_str()), path.map(|path| frame.to(&path)))
}

/// The operator of the platform of an offering, with its page.
pub(super) fn operator(site: &Site<'_>, frame: &Frame<'_>, offering: &model::Offering) -> Option<Link> {
    let shared = site.edition.shared();
    let (_, platform) = shared.platform(offering.platform.known()?.as_str())?;
    let operator = platform.operator.known()?;
    let (id, _) = shared.organization(operator.as_str())?;
    let href = site.index.organization_path(id).map(|path| frame.to(&path));
    Some(Link::new(site.names().organization(id), href))
}
