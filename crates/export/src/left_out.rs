//! What could not be read, and so is not published.

use std::collections::BTreeMap;
use std::str::FromStr;

use model::{
    Cell, DimensionId, Entity, FieldPath, OfferingId, Optional, OrganizationId, PlatformId, Registry,
    RegistryInfo, Required, Step, Subject,
};

use crate::stored::stored_cells;

/// Everything in the registry's entities that could not be read, except where an export does not
/// publish it anyway: `unpublished` names those fields of entities and cells.
pub(crate) fn unread(registry: &Registry, unpublished: &[&str]) -> Vec<Subject> {
    let mut found = Vec::new();
    for (id, organization) in &registry.organizations {
        let mut walk = Walk::new(&mut found, Entity::Organization(id.clone()), unpublished);
        if organization.is_unread() {
            walk.whole();
            continue;
        }
        walk.field("id", lacks(&organization.id));
        walk.field("name", lacks(&organization.name));
        walk.field("former_ids", organization.former_ids.is_unread());
        walk.field("homepage", organization.homepage.is_unread());
        walk.field("domains", organization.domains.is_unread());
        walk.field("allow", organization.allow.is_unread());
        walk.cells(&organization.cells);
    }
    for (id, platform) in &registry.platforms {
        let mut walk = Walk::new(&mut found, Entity::Platform(id.clone()), unpublished);
        if platform.is_unread() {
            walk.whole();
            continue;
        }
        walk.field("id", lacks(&platform.id));
        walk.field("name", lacks(&platform.name));
        walk.field("former_ids", platform.former_ids.is_unread());
        walk.field("operator", lacks(&platform.operator));
        walk.field("allow", platform.allow.is_unread());
        walk.cells(&platform.cells);
    }
    for (id, offering) in &registry.offerings {
        let mut walk = Walk::new(&mut found, Entity::Offering(id.clone()), unpublished);
        if offering.is_unread() {
            walk.whole();
            continue;
        }
        walk.field("id", lacks(&offering.id));
        walk.field("name", lacks(&offering.name));
        walk.field("former_ids", offering.former_ids.is_unread());
        walk.field("developer", offering.developer.is_unread());
        walk.field("platform", lacks(&offering.platform));
        walk.field("category", lacks(&offering.category));
        walk.field("model_family", offering.model_family.is_unread());
        walk.field("summary", offering.summary.is_unread());
        walk.field("allow", offering.allow.is_unread());
        walk.cells(&offering.cells);
    }
    found
}

/// The fields of `registry.toml` that could not be read.
pub(crate) fn unread_info(info: &RegistryInfo) -> Vec<Subject> {
    let fields = [
        ("name", info.name.known().is_none()),
        ("licence", info.licence.is_unread()),
        ("disclaimer", info.disclaimer.is_unread()),
        ("corrections", info.corrections.is_unread()),
        ("site_url", info.site_url.is_unread()),
        ("repository_url", info.repository_url.is_unread()),
    ];
    let unread = fields.into_iter().filter(|(_, unread)| *unread);
    unread.map(|(key, _)| Subject::field(Entity::Registry, key)).collect()
}

/// The published fields of dimensions that could not be read, and the file where it could not be
/// read whole.
pub(crate) fn unread_dimensions(registry: &Registry) -> Vec<Subject> {
    let mut found = Vec::new();
    if !registry.dimensions.is_complete() {
        found.push(Subject::entity(Entity::File("dimensions.toml".to_owned())));
    }
    for dimension in registry.dimensions.iter() {
        let entity = Entity::Dimension(dimension.id.text().to_owned());
        for (key, unread) in [
            ("label", dimension.label.known().is_none()),
            ("question", dimension.question.known().is_none()),
            ("group", dimension.group.known().is_none()),
            ("slug", dimension.slug.known().is_none()),
            ("level", dimension.level.known().is_none()),
            ("guidance", dimension.guidance.is_unread()),
            ("parts", dimension.parts.is_unread()),
            ("stale_after_days", dimension.stale_after_days.is_unread()),
            ("facts", dimension.facts.is_unread()),
        ] {
            if unread {
                found.push(Subject::field(entity.clone(), key));
            }
        }
    }
    found
}

/// The cells of dimensions that the registry does not have: no form for readers has a place for them.
pub(crate) fn unasked(registry: &Registry) -> impl Iterator<Item = Subject> {
    let cells = stored_cells(registry).into_iter();
    let unasked = cells.filter(|stored| registry.dimensions.get(stored.dimension.as_str()).is_none());
    unasked.map(|stored| Subject::cell(stored.owner, stored.dimension.as_str()))
}

fn lacks<T>(field: &Required<T>) -> bool {
    field.known().is_none()
}

/// Collects the unread fields of one entity.
struct Walk<'a> {
    found: &'a mut Vec<Subject>,
    at: Subject,
    unpublished: &'a [&'a str],
}

impl<'a> Walk<'a> {
    fn new(found: &'a mut Vec<Subject>, entity: Entity, unpublished: &'a [&'a str]) -> Self {
        Self { found, at: Subject::entity(entity), unpublished }
    }

    fn whole(&mut self) {
        self.found.push(self.at.clone());
    }

    fn field(&mut self, path: impl Into<FieldPath>, unread: bool) {
        if unread {
            let path = path.into();
            let top = path.steps().first();
            if !top.is_some_and(|top| matches!(top, Step::Key(key) if self.unpublished.contains(&&**key))) {
                self.found.push(self.at.clone().with(path));
            }
        }
    }

    fn cells(&mut self, cells: &Optional<BTreeMap<DimensionId, Cell>>) {
        self.field("cells", cells.is_unread());
        for (dimension, cell) in cells.known().into_iter().flatten() {
            self.at.dimension = Some(dimension.to_string());
            self.cell(cell);
        }
    }

    fn cell(&mut self, cell: &Cell) {
        self.field("status", lacks(&cell.status));
        for (key, unread) in [
            ("confidence", cell.confidence.is_unread()),
            ("confidence_reasons", cell.confidence_reasons.is_unread()),
            ("headline", cell.headline.is_unread()),
            ("note", cell.note.is_unread()),
            ("tier", cell.tier.is_unread()),
            ("route", cell.route.is_unread()),
            ("default", cell.default.is_unread()),
            ("geography", cell.geography.is_unread()),
            ("geography_note", cell.geography_note.is_unread()),
            ("verified_on", cell.verified_on.is_unread()),
            ("override_reason", cell.override_reason.is_unread()),
            ("parts", cell.parts.is_unread()),
            ("facts", cell.facts.is_unread()),
            ("exceptions", cell.exceptions.is_unread()),
            ("evidence", cell.evidence.is_unread()),
            ("reviews", cell.reviews.is_unread()),
            ("flags", cell.flags.is_unread()),
        ] {
            self.field(key, unread);
        }
        for (key, answer) in cell.parts.known().into_iter().flatten() {
            self.field(FieldPath::of("parts").key(key.as_str()), lacks(answer));
        }
        for (key, fact) in cell.facts.known().into_iter().flatten() {
            self.field(FieldPath::of("facts").key(key.as_str()), lacks(fact));
        }
        self.lists(cell);
    }

    fn lists(&mut self, cell: &Cell) {
        let item = |list: &str, at: usize| FieldPath::of(list).index(at);
        for (at, exception) in cell.exceptions.items().iter().enumerate() {
            self.field(item("exceptions", at).key("models"), lacks(&exception.models));
            self.field(item("exceptions", at).key("status"), lacks(&exception.status));
            self.field(item("exceptions", at).key("headline"), exception.headline.is_unread());
            self.field(item("exceptions", at).key("note"), exception.note.is_unread());
            self.field(item("exceptions", at).key("facts"), exception.facts.is_unread());
            for (key, fact) in exception.facts.known().into_iter().flatten() {
                self.field(item("exceptions", at).key("facts").key(key.as_str()), lacks(fact));
            }
        }
        for (at, evidence) in cell.evidence.items().iter().enumerate() {
            self.field(item("evidence", at).key("url"), lacks(&evidence.url));
            self.field(item("evidence", at).key("title"), evidence.title.is_unread());
            self.field(item("evidence", at).key("role"), evidence.role.is_unread());
            self.field(item("evidence", at).key("quote"), evidence.quote.is_unread());
            self.field(item("evidence", at).key("archived_url"), evidence.archived_url.is_unread());
            let path = item("evidence", at).key("fetch");
            self.field(path.clone(), evidence.fetch.is_unread());
            if let Some(fetch) = evidence.fetch.known() {
                self.field(path.clone().key("outcome"), lacks(&fetch.outcome));
                self.field(path.clone().key("on"), fetch.on.is_unread());
                self.field(path.clone().key("http_status"), fetch.http_status.is_unread());
                self.field(path.clone().key("via"), fetch.via.is_unread());
                self.field(path.key("reported_by"), fetch.reported_by.is_unread());
            }
        }
        for (at, review) in cell.reviews.items().iter().enumerate() {
            self.field(item("reviews", at).key("on"), lacks(&review.on));
            self.field(item("reviews", at).key("by"), review.by.is_unread());
            self.field(item("reviews", at).key("verdict"), lacks(&review.verdict));
            self.field(item("reviews", at).key("reason"), review.reason.is_unread());
            self.field(item("reviews", at).key("flag"), review.flag.is_unread());
        }
        for (at, flag) in cell.flags.items().iter().enumerate() {
            self.field(item("flags", at).key("id"), lacks(&flag.id));
            self.field(item("flags", at).key("raised_on"), lacks(&flag.raised_on));
            self.field(item("flags", at).key("what"), lacks(&flag.what));
        }
    }
}

/// The entities whose id cannot be the name of a file.
pub(crate) fn misnamed(registry: &Registry) -> impl Iterator<Item = Subject> {
    let organizations = registry.organizations.iter().filter(|(_, one)| !one.is_unread());
    let organizations = organizations.filter(|(id, _)| !is_id::<OrganizationId>(id));
    let platforms = registry.platforms.iter().filter(|(_, one)| !one.is_unread());
    let platforms = platforms.filter(|(id, _)| !is_id::<PlatformId>(id));
    let offerings = registry.offerings.iter().filter(|(_, one)| !one.is_unread());
    let offerings = offerings.filter(|(id, _)| !is_id::<OfferingId>(id));
    let organizations = organizations.map(|(id, _)| Entity::Organization(id.clone()));
    let platforms = platforms.map(|(id, _)| Entity::Platform(id.clone()));
    let offerings = offerings.map(|(id, _)| Entity::Offering(id.clone()));
    organizations.chain(platforms).chain(offerings).map(Subject::entity)
}

pub(crate) fn is_id<T: FromStr>(id: &str) -> bool {
    id.parse::<T>().is_ok()
}
