//! Finds the entity that a name on the command line means.

use diagnostics::{closest, command, cut, guess, one_of, quoted};
use export::{Edition, ResolvedOffering};
use model::{Dimension, Entity, Optional, Registry, Required, is_entity_id};

use crate::Failure;
use crate::global::Global;
use crate::terminal::note;

/// The entity that an argument names: `offering:ID` and the like, or an id alone, which is the
/// offering's where there is one.
///
/// # Errors
///
/// When nothing has that id, or an id alone is a platform's and an organization's.
pub(crate) fn entity(registry: &Registry, name: &str) -> Result<Entity, Failure> {
    let known = known(registry);
    let (kind, id) = name.split_once(':').unwrap_or(("", name));
    let is_kind = |entity: &Entity| kind.is_empty() || entity.kind() == kind;
    let found: Vec<_> =
        known.iter().map(|(entity, _)| entity).filter(|one| is_kind(one) && one.id() == id).collect();
    match found.as_slice() {
        [offering @ Entity::Offering(_), ..] => Ok((*offering).clone()),
        [only] => Ok((*only).clone()),
        [] => match formerly(registry, kind, id) {
            Some(now) => Ok(now),
            None => Err(retired(registry, kind, id)
                .or_else(|| question(registry, name))
                .unwrap_or_else(|| unknown(&known, kind, id))),
        },
        _ => Err(Failure::Usage(format!(
            "{} is a platform and an organization: write {} or {}",
            quoted(id),
            quoted(&format!("platform:{id}")),
            quoted(&format!("organization:{id}"))
        ))),
    }
}

/// The entity that had an id before.
fn formerly(registry: &Registry, kind: &str, id: &str) -> Option<Entity> {
    fn had<T: AsRef<str>>(former: &Optional<Vec<T>>, id: &str) -> bool {
        former.items().iter().any(|one| one.as_ref() == id)
    }
    let offerings = registry.offerings.iter().filter(|(_, one)| had(&one.former_ids, id));
    let platforms = registry.platforms.iter().filter(|(_, one)| had(&one.former_ids, id));
    let organizations = registry.organizations.iter().filter(|(_, one)| had(&one.former_ids, id));
    let offerings = offerings.map(|(name, _)| Entity::Offering(name.clone()));
    let all = offerings
        .chain(platforms.map(|(name, _)| Entity::Platform(name.clone())))
        .chain(organizations.map(|(name, _)| Entity::Organization(name.clone())));
    all.filter(|entity| kind.is_empty() || entity.kind() == kind).find(|entity| is_entity_id(entity.id()))
}

/// The failure that what had an id was taken out on purpose.
fn retired(registry: &Registry, kind: &str, id: &str) -> Option<Failure> {
    let entries = registry.info.retired.items().iter().filter(|one| one.dimension.is_absent());
    let mut named = entries.filter_map(|one| Some((Entity::of_reference(one.entity.text())?, one)));
    let (entity, entry) =
        named.find(|(entity, _)| entity.id() == id && (kind.is_empty() || entity.kind() == kind))?;
    let on = entry.on.known().map(|day| format!(" on {day}")).unwrap_or_default();
    Some(Failure::Usage(format!("{entity} was retired{on}: {}", cut(entry.reason.text(), 400))))
}

/// Whether the registry has an entity.
pub(crate) fn is_there(registry: &Registry, entity: &Entity) -> bool {
    let id = entity.id();
    match entity {
        Entity::Organization(_) => registry.organizations.contains_key(id),
        Entity::Platform(_) => registry.platforms.contains_key(id),
        _ => registry.offerings.contains_key(id),
    }
}

/// Says so where an argument names an entity by an id that it had before.
pub(crate) fn tell_renamed(global: &Global, name: &str, entity: &Entity) {
    let id = name.split_once(':').map_or(name, |(_, id)| id);
    if id != entity.id() {
        note(global, &format!("{} {} is called {} now", entity.kind(), quoted(id), quoted(entity.id())));
    }
}

/// Notes which of some texts are ids that an entity had before, or had until it was retired.
pub(crate) fn tell_old_ids<'a>(global: &Global, registry: &Registry, texts: impl Iterator<Item = &'a str>) {
    for text in texts {
        let kinds = [Entity::Offering, Entity::Platform, Entity::Organization];
        if kinds.iter().any(|kind| is_there(registry, &kind(text.to_owned()))) {
            continue;
        }
        if let Some(now) = formerly(registry, "", text) {
            tell_renamed(global, text, &now);
        } else if let Some(failure) = retired(registry, "", text) {
            note(global, &failure.to_string());
        }
    }
}

/// An offering, by an argument of the command line.
///
/// # Errors
///
/// When there is no such offering, or nothing of it could be read.
pub(crate) fn offering<'a>(
    global: &Global,
    edition: &'a Edition,
    name: &str,
) -> Result<ResolvedOffering<'a>, Failure> {
    let entity = entity(edition.registry(), name)?;
    tell_renamed(global, name, &entity);
    let Entity::Offering(id) = &entity else {
        let message = format!("{} is not an offering: use {} show", quoted(name), command());
        return Err(Failure::Usage(message));
    };
    edition.offerings().find(|one| one.id == id).ok_or_else(|| unread(&entity))
}

/// The failure that an entity is there, but cannot be shown.
pub(crate) fn unread(entity: &Entity) -> Failure {
    Failure::Usage(format!("nothing of {entity} could be read: {} lint shows why", command()))
}

/// Every entity with its name and the ids that it had before: offerings, platforms, organizations.
pub(crate) fn known(registry: &Registry) -> Vec<(Entity, Vec<String>)> {
    let offerings = registry.offerings.iter();
    let offerings =
        offerings.map(|(id, one)| (Entity::Offering(id.clone()), others(&one.name, &one.former_ids)));
    let platforms = registry.platforms.iter();
    let platforms =
        platforms.map(|(id, one)| (Entity::Platform(id.clone()), others(&one.name, &one.former_ids)));
    let organizations = registry.organizations.iter();
    let organizations =
        organizations.map(|(id, one)| (Entity::Organization(id.clone()), others(&one.name, &one.former_ids)));
    offerings.chain(platforms).chain(organizations).collect()
}

fn others<T: ToString>(name: &Required<String>, former: &Optional<Vec<T>>) -> Vec<String> {
    former.items().iter().map(ToString::to_string).chain(name.known().cloned()).collect()
}

/// The failure that a name is that of a question.
fn question(registry: &Registry, name: &str) -> Option<Failure> {
    let is_meant = |text: &str| guess(name, [text]).is_some_and(|guess| guess.is_sure);
    let is_question = |one: &&Dimension| is_meant(one.id.text()) || is_meant(one.label.text());
    let id = registry.dimensions.iter().find(is_question)?.id.text();
    let show = format!("{} show OFFERING --dimension {id}", command());
    Some(Failure::Usage(format!("{} is a question, not an offering: {show}", quoted(name))))
}

/// The failure that nothing has an id, with what may be meant: by its id, its name or an earlier id.
fn unknown(known: &[(Entity, Vec<String>)], kind: &str, id: &str) -> Failure {
    const KINDS: [&str; 3] = ["offering", "platform", "organization"];
    if !kind.is_empty() && !KINDS.contains(&kind) {
        let help = match closest(kind, KINDS) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write offering:ID, platform:ID or organization:ID".to_owned(),
        };
        return Failure::Usage(format!("there is no kind {}: {help}", quoted(kind)));
    }
    let is_meant = |entity: &Entity| is_entity_id(entity.id()) && (kind.is_empty() || entity.kind() == kind);
    let of_kind = || known.iter().filter(|(entity, _)| is_meant(entity));
    let by_id = || closest(id, of_kind().map(|(entity, _)| entity.id()));
    let by_other = || closest(id, of_kind().flat_map(|(_, others)| others).map(String::as_str));
    let found = match (by_id(), by_other()) {
        (Some(meant), _) => of_kind().find(|(entity, _)| entity.id() == meant),
        (None, Some(meant)) => of_kind().find(|(_, others)| others.iter().any(|other| other == meant)),
        (None, None) => None,
    };
    let help = match found.map(|(entity, _)| entity) {
        Some(Entity::Offering(id)) => format!("did you mean `{id}`?"),
        Some(entity) => format!("did you mean `{}`?", entity.reference().unwrap_or_default()),
        None => holding(of_kind(), id),
    };
    let kind = if kind.is_empty() { "offering, platform or organization" } else { kind };
    Failure::Usage(format!("there is no {kind} {}: {help}", quoted(id)))
}

/// What may be said where nothing is called alike: whose id or name holds the text.
fn holding<'a>(known: impl Iterator<Item = &'a (Entity, Vec<String>)>, text: &str) -> String {
    let text = text.to_lowercase();
    let holds = |(entity, others): &&(Entity, Vec<String>)| {
        entity.id().contains(&text) || others.iter().any(|other| other.to_lowercase().contains(&text))
    };
    let found: Vec<_> = known.filter(holds).filter_map(|(entity, _)| entity.reference()).collect();
    if text.is_empty() || found.is_empty() {
        return format!("{} find true lists the offerings", command());
    }
    format!("did you mean {}?", one_of(found.iter().map(String::as_str)))
}
