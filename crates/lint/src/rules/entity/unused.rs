use std::collections::HashSet;

use diagnostics::{Candidates, Severity};
use model::{Entity, Optional, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/unused", Severity::Warning, include_str!("unused.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let entities = || registry.digest.entities.values();
    let platforms = used(entities().map(|one| &one.platform), || ids(registry, "platform"));
    let organizations =
        used(entities().flat_map(|one| [&one.developer, &one.operator]), || ids(registry, "organization"));
    for (entity, digest) in &registry.digest.entities {
        let (used, what, help) = match entity {
            Entity::Platform(_) => {
                (&platforms, "serves no offering", "add the offering that it serves, or remove the file")
            }
            Entity::Organization(_) => (
                &organizations,
                "develops no offering and operates no platform",
                "add what it develops or operates, or remove the file",
            ),
            _ => continue,
        };
        // The id that the file states may be the one by which it is named.
        let (Some(used), Some(id)) = (used, digest.id.as_deref()) else { continue };
        if !used.contains(entity.id()) && !used.contains(id) {
            raise
                .at(Subject::entity(entity.clone()), format!("{} {what}", registry.title(entity)))
                .help(help);
        }
    }
}

/// The ids that are named, or were meant by a misspelt one; nothing where a reference could not be read,
/// which may name any.
fn used<'a, I: Iterator<Item = &'a str>>(
    references: impl Iterator<Item = &'a Optional<String>>,
    known: impl Fn() -> I,
) -> Option<HashSet<&'a str>> {
    let mut used = HashSet::new();
    for reference in references {
        match reference {
            Optional::Absent => {}
            Optional::Unread => return None,
            Optional::Known(id) => drop(used.insert(id.as_str())),
        }
    }
    let known_ids: HashSet<_> = known().collect();
    let unknown: Vec<_> = used.difference(&known_ids).copied().collect();
    if !unknown.is_empty() {
        let candidates = Candidates::new(known());
        let meant = unknown.into_iter().filter_map(|id| candidates.closest(id));
        used.extend(meant.filter_map(|id| known_ids.get(id)));
    }
    Some(used)
}

/// The ids by which entities of a kind can be named.
fn ids<'a>(registry: &RegistryContext<'a>, kind: &'static str) -> impl Iterator<Item = &'a str> + use<'a> {
    let all = registry.digest.entities.iter().filter(move |(entity, _)| entity.kind() == kind);
    all.flat_map(|(entity, digest)| [Some(entity.id()), digest.id.as_deref()])
        .flatten()
}
