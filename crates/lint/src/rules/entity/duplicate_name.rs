use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::{Entity, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/duplicate-name", Severity::Warning, include_str!("duplicate_name.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut named: HashMap<(&str, String), &Entity> = HashMap::new();
    for (entity, digest) in &registry.digest.entities {
        let Some(name) = digest.name.as_deref() else { continue };
        let words: Vec<_> = name.split_whitespace().map(str::to_lowercase).collect();
        if words.is_empty() {
            continue;
        }
        let first = *named.entry((entity.kind(), words.join(" "))).or_insert(entity);
        if first != entity {
            raise
                .at(
                    Subject::field(entity.clone(), "name"),
                    format!(
                        "{} has the name of {} {}: {}",
                        diagnostics::printable(&entity.to_string()),
                        entity.kind(),
                        quoted(first.id()),
                        quoted(name)
                    ),
                )
                .help("say what sets them apart in the name, such as the platform; if they are one, remove a file")
                .related(Subject::field(first.clone(), "name"), "it is named here first");
        }
    }
}
