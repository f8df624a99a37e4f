use std::collections::HashSet;

use diagnostics::{Severity, quoted};
use model::{Entity, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/duplicate-question", Severity::Error, include_str!("duplicate_question.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let (mut ids, mut slugs) = (HashSet::new(), HashSet::new());
    for dimension in registry.shared.settings.dimensions.iter() {
        let Some(id) = dimension.id.known() else { continue };
        let entity = Entity::Dimension(id.to_string());
        if !ids.insert(id) {
            raise
                .at(Subject::field(entity, "id"), format!("two questions have the id {}", quoted(id.as_str())))
                .help("give the later one an id of its own, or take it out");
        } else if let Some(slug) = dimension.slug.known()
            && !slugs.insert(slug)
        {
            raise
                .at(
                    Subject::field(entity, "slug"),
                    format!(
                        "question {} has the slug of another one: {}",
                        quoted(id.as_str()),
                        quoted(slug.as_str())
                    ),
                )
                .help("give it a slug of its own: its page is found under it");
        }
    }
}
