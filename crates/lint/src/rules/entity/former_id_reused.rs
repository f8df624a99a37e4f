use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::{Entity, FieldPath, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/former-id-reused", Severity::Error, include_str!("former_id_reused.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut former: HashMap<(&str, &str), (&Entity, usize)> = HashMap::new();
    for (entity, digest) in &registry.digest.entities {
        for (at, id) in digest.former_ids.items().iter().enumerate() {
            let (first, first_at) = *former.entry((entity.kind(), id)).or_insert((entity, at));
            if first != entity {
                raise
                    .at(
                        former_id(entity, at),
                        format!(
                            "{} was called {} before, and so was {}",
                            registry.title(entity),
                            quoted(id),
                            registry.title(first)
                        ),
                    )
                    .help("keep it for the one that had it, and remove it from the other")
                    .related(former_id(first, first_at), "it is claimed here first");
            }
        }
    }
    for (entity, digest) in &registry.digest.entities {
        let now = digest.id.as_deref().filter(|id| *id != entity.id());
        for id in now.into_iter().chain([entity.id()]) {
            let Some((before, at)) = former.get(&(entity.kind(), id)) else { continue };
            if *before == entity {
                raise
                    .at(
                        former_id(entity, *at),
                        format!("{} lists its own id {} as a former one", registry.title(entity), quoted(id)),
                    )
                    .help("list only former ids, not the current one");
            } else {
                raise
                    .at(
                        Subject::field(entity.clone(), "id"),
                        format!(
                            "{} has the id {}, which {} had before",
                            registry.title(entity),
                            quoted(id),
                            registry.title(before)
                        ),
                    )
                    .help("give it an id that was never used")
                    .related(former_id(before, *at), "links to the old id lead here");
            }
        }
    }
}

fn former_id(entity: &Entity, at: usize) -> Subject {
    Subject::field(entity.clone(), FieldPath::of("former_ids").index(at))
}
