use diagnostics::{Severity, printable};
use model::{Entity, FieldPath, Optional, Retired, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/retired-but-there", Severity::Error, include_str!("retired_but_there.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for (at, retired) in registry.digest.retired.items().iter().enumerate() {
        let Some(entity) = retired.entity.known().and_then(|text| Entity::of_reference(text)) else { continue };
        let Some((what, place)) = there(registry, &entity, retired) else { continue };
        raise
            .at(
                Subject::field(Entity::Registry, FieldPath::of("retired").index(at).key("entity")),
                format!("{what} is listed as retired, but still exists"),
            )
            .identity(format!("retired[{}]", retired.key()))
            .help("remove the entry, or remove what it lists: while it is listed, its removal is never reported")
            .related(place, "here");
    }
}

/// Returns what a retired entity or cell is called, and where it is, if it exists.
fn there(registry: &RegistryContext<'_>, entity: &Entity, retired: &Retired) -> Option<(String, Subject)> {
    let is_question = matches!(entity, Entity::Dimension(id) if registry.digest.dimensions.contains_key(id));
    match &retired.dimension {
        Optional::Unread => None,
        Optional::Absent if is_question => {
            Some((printable(&entity.to_string()).into_owned(), Subject::field(entity.clone(), "id")))
        }
        Optional::Absent => registry
            .digest
            .entities
            .contains_key(entity)
            .then(|| (registry.title(entity), Subject::field(entity.clone(), "id"))),
        Optional::Known(id) => {
            let cells = &registry.digest.entities.get(entity)?.cells;
            cells
                .get(id.as_str())
                .map(|_| (registry.cell_name(entity, id.as_str()), Subject::cell(entity.clone(), id.as_str())))
        }
    }
}
