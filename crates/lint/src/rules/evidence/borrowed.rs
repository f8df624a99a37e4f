use std::collections::HashSet;

use diagnostics::{Severity, quoted};
use model::{Entity, FieldPath, Optional, Subject};

use crate::address::last_segment;
use crate::{EntityDigest, Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("evidence/borrowed", Severity::Warning, include_str!("borrowed.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let ids: HashSet<&str> = registry.offerings().map(|(entity, _)| entity.id()).collect();
    for (entity, dimension, cell) in registry.cells() {
        for (at, evidence) in cell.evidence.iter().enumerate() {
            let Some(url) = &evidence.url else { continue };
            let id = last_segment(url).filter(|id| ids.contains(id));
            let named = id.map(|id| Entity::Offering(id.to_owned()));
            let found = named.and_then(|named| registry.digest.entities.get_key_value(&named));
            let Some((other, offering)) = found else { continue };
            if serves(registry, entity, other, offering) {
                continue;
            }
            let field = FieldPath::of("evidence").index(at).key("url");
            raise
                .at(
                    Subject::cell(entity.clone(), dimension).with(field),
                    format!(
                        "{} cites {}, a page about {}",
                        registry.cell_name(entity, dimension),
                        quoted(url.as_str()),
                        registry.title(other)
                    ),
                )
                .help(format!(
                    "cite a page about {}; if none was found, lower the confidence and say why in `confidence_reasons`",
                    registry.name(entity)
                ))
                .related(Subject::field(other.clone(), "id"), "the offering that the page is about");
        }
    }
}

/// Returns whether the cells of an entity answer for an offering, or may do so as far as could be read.
fn serves(registry: &RegistryContext<'_>, owner: &Entity, other: &Entity, offering: &EntityDigest) -> bool {
    let shared = registry.env.shared;
    let is_owner = |id: &str| shared.organization(id).is_none_or(|(name, _)| name == owner.id());
    match owner {
        Entity::Offering(_) => owner == other,
        Entity::Platform(name) => registry.platform_of(offering).is_none_or(|platform| platform == name),
        _ => {
            let developer = match &offering.developer {
                Optional::Unread => return true,
                developer => developer.known(),
            };
            // The page of an offering shows the operator's own answers, too.
            let platform = registry.platform_of(offering).and_then(|name| shared.platforms.get(name));
            let operator = platform.and_then(|platform| platform.operator.known());
            operator.is_none_or(|id| is_owner(id.as_str())) || developer.is_some_and(|id| is_owner(id))
        }
    }
}
