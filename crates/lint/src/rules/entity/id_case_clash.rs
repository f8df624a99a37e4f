use std::collections::BTreeMap;

use diagnostics::{Severity, quoted};
use model::{Entity, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/id-case-clash", Severity::Error, include_str!("id_case_clash.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut spellings: BTreeMap<(&str, String), Vec<&Entity>> = BTreeMap::new();
    for entity in registry.digest.entities.keys() {
        spellings.entry((entity.kind(), entity.id().to_lowercase())).or_default().push(entity);
    }
    for ((_, folded), entities) in &spellings {
        // The one with a valid id keeps its name.
        let kept = *entities.iter().find(|entity| entity.id() == folded).unwrap_or(&entities[0]);
        for entity in entities.iter().filter(|entity| **entity != kept) {
            raise
                .at(
                    Subject::field((*entity).clone(), "id"),
                    format!(
                        "{} and another differ only in case: their files are named {} and {}",
                        registry.title(entity),
                        quoted(entity.id()),
                        quoted(kept.id())
                    ),
                )
                .help("remove one of the files, or give it its own id")
                .related(Subject::field(kept.clone(), "id"), "the other");
        }
        let stated = |entity: &Entity| registry.digest.entities.get(entity)?.id.as_deref();
        if let [only] = entities[..]
            && only.id() != folded
            && stated(only) == Some(folded)
        {
            raise
                .at(
                    Subject::field(only.clone(), "id"),
                    format!(
                        "{} has the id {} in a file named {}: the two differ only in case",
                        registry.title(only),
                        quoted(folded),
                        quoted(only.id())
                    ),
                )
                .help(format!("rename the file to `{folded}.toml`"));
        }
    }
}
