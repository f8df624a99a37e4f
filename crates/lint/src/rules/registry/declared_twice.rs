use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::{Dimension, Entity, FieldPath, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/declared-twice", Severity::Error, include_str!("declared_twice.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for dimension in registry.env.shared.dimensions.iter() {
        parts(dimension, raise);
        facts(dimension, raise);
    }
}

fn place(dimension: &Dimension, path: FieldPath) -> Subject {
    Subject::field(Entity::Dimension(dimension.id.text().to_owned()), path)
}

fn parts(dimension: &Dimension, raise: &mut Raise<'_>) {
    let mut seen = HashMap::new();
    for (at, part) in dimension.parts.items().iter().enumerate() {
        let first = *seen.entry(part.as_str()).or_insert(at);
        if first != at {
            let path = |at: usize| place(dimension, FieldPath::of("parts").index(at));
            let id = quoted(dimension.id.text());
            raise
                .at(path(at), format!("question {id} has the part {} twice", quoted(part.as_str())))
                .identity(format!("parts[{part}]"))
                .help("remove one of them")
                .related(path(first), "it is stated here first");
        }
    }
}

fn facts(dimension: &Dimension, raise: &mut Raise<'_>) {
    let id = quoted(dimension.id.text());
    let path = |at: usize| FieldPath::of("facts").index(at);
    let facts = dimension.facts.items();
    let mut declared = HashMap::new();
    for (at, spec) in facts.iter().enumerate() {
        let Some(key) = spec.key.known() else { continue };
        let first = *declared.entry(key.as_str()).or_insert(at);
        if first != at {
            raise
                .at(
                    place(dimension, path(at).key("key")),
                    format!("question {id} declares the fact {} twice, and only the first counts", quoted(key.as_str())),
                )
                .identity(format!("facts[{key}].key"))
                .help("merge the two, or give the second its own key")
                .related(place(dimension, path(first).key("key")), "the declaration that counts");
        }
    }
    for (at, spec) in facts.iter().enumerate() {
        for (nth, synonym) in spec.synonyms.items().iter().enumerate() {
            let Some(key) = synonym.key.known() else { continue };
            let Some(other) = declared.get(key.as_str()) else { continue };
            raise
                .at(
                    place(dimension, path(at).key("synonyms").index(nth).key("key")),
                    format!(
                        "question {id} declares {} as a synonym of {}, and also as a separate fact",
                        quoted(key.as_str()),
                        quoted(spec.key.text())
                    ),
                )
                .identity(format!("facts[{}].synonyms[{key}]", spec.key.text()))
                .help("remove the synonym or the declaration: the synonym never applies")
                .related(place(dimension, path(*other).key("key")), "the declaration");
        }
    }
}
