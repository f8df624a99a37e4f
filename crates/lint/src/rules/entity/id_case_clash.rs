use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use diagnostics::{Severity, quoted};
use model::{Entity, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/id-case-clash", Severity::Error, include_str!("id_case_clash.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let entities = registry.digest.entities.keys();
    // Ids that are spelt as they must be clash with none of their like.
    let odd: BTreeSet<_> = entities.clone().filter(|entity| entity.id() != folded(entity.id())).map(key).collect();
    if odd.is_empty() {
        return;
    }
    let mut spellings: BTreeMap<_, Vec<&Entity>> = BTreeMap::new();
    for (key, entity) in entities.map(|entity| (key(entity), entity)).filter(|(key, _)| odd.contains(key)) {
        spellings.entry(key).or_default().push(entity);
    }
    for ((_, folded), entities) in &spellings {
        // The one that is spelt as an id must be keeps its name.
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
                .help("remove one of the files, or give it an id of its own")
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

/// By what ids clash.
fn key(entity: &Entity) -> (&'static str, Cow<'_, str>) {
    (entity.kind(), folded(entity.id()))
}

fn folded(id: &str) -> Cow<'_, str> {
    let is_folded = id.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(id) } else { id.to_lowercase().into() }
}
