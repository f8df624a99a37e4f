//! Lists what could not be read, and so is not published.

use std::collections::BTreeMap;
use std::str::FromStr;

use model::{
    At, Cell, DimensionId, Entity, FieldPath, OfferingId, Optional, OrganizationId, PlatformId, Record,
    Registry, RegistryInfo, Step, Subject, Visit,
};

use crate::stored::stored_cells;

/// Everything in the registry's entities and visits that could not be read, except where an export does not
/// publish it anyway: `unpublished` names those fields of entities and cells.
pub(crate) fn unread(registry: &Registry, unpublished: &[&str]) -> Vec<Subject> {
    let mut found = Vec::new();
    for (id, one) in &registry.organizations {
        found.extend(of_entity(
            Entity::Organization(id.clone()),
            one,
            one.is_unread(),
            &one.cells,
            unpublished,
        ));
    }
    for (id, one) in &registry.platforms {
        found.extend(of_entity(Entity::Platform(id.clone()), one, one.is_unread(), &one.cells, unpublished));
    }
    for (id, one) in &registry.offerings {
        found.extend(of_entity(Entity::Offering(id.clone()), one, one.is_unread(), &one.cells, unpublished));
    }
    for (host, one) in &registry.visits {
        found.extend(below(&Subject::entity(Entity::Visits(host.clone())), one, unpublished));
    }
    found
}

fn of_entity(
    entity: Entity,
    record: &impl Record,
    is_unread: bool,
    cells: &Optional<BTreeMap<DimensionId, Cell>>,
    unpublished: &[&str],
) -> Vec<Subject> {
    if is_unread {
        return vec![Subject::entity(entity)];
    }
    let mut found = below(&Subject::entity(entity.clone()), record, unpublished);
    for (dimension, cell) in cells.known().into_iter().flatten() {
        found.extend(below(&Subject::cell(entity.clone(), dimension.as_str()), cell, unpublished));
    }
    found
}

/// The places below a record that could not be read.
fn below(subject: &Subject, record: &impl Record, unpublished: &[&str]) -> Vec<Subject> {
    let mut unread = Unread(Vec::new());
    record.walk(At::Top, &mut unread);
    let is_published = |path: &FieldPath| match path.steps().first() {
        Some(Step::Key(key)) => !unpublished.contains(&key.as_str()),
        _ => true,
    };
    unread.0.into_iter().filter(is_published).map(|path| subject.clone().with(path)).collect()
}

struct Unread(Vec<FieldPath>);

impl Visit for Unread {
    fn unread(&mut self, at: At<'_>) {
        self.0.push(at.path());
    }
}

/// The fields of a record itself that could not be read, but for those that no export publishes.
fn own(entity: &Entity, record: &impl Record, unpublished: &[&str]) -> Vec<Subject> {
    let mut found = Vec::new();
    record.each(&mut |field, slot| {
        if slot.is_unread() && !unpublished.contains(&field.key) {
            found.push(Subject::field(entity.clone(), field.key));
        }
    });
    found
}

/// The published fields of `registry.toml` that could not be read.
pub(crate) fn unread_info(info: &RegistryInfo) -> Vec<Subject> {
    own(&Entity::Registry, info, &["allow", "retired"])
}

/// The published fields of dimensions that could not be read, and the file where it could not be
/// read whole.
pub(crate) fn unread_dimensions(registry: &Registry) -> Vec<Subject> {
    let mut found = Vec::new();
    if !registry.dimensions.is_complete() {
        found.push(Subject::entity(Entity::File("dimensions.toml".to_owned())));
    }
    for dimension in registry.dimensions.iter() {
        found.extend(own(&Entity::Dimension(dimension.id.text().to_owned()), dimension, &["order"]));
    }
    found
}

/// The cells of dimensions that the registry does not have: no form for readers has a place for them.
pub(crate) fn unasked(registry: &Registry) -> impl Iterator<Item = Subject> {
    let cells = stored_cells(registry);
    let unasked = cells.filter(|stored| registry.dimensions.get(stored.dimension.as_str()).is_none());
    unasked.map(|stored| Subject::cell(stored.owner, stored.dimension.as_str()))
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
