use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::{Dimension, Dimensions, Entity, FieldPath, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("entity/duplicate-question", Severity::Error, include_str!("duplicate_question.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let dimensions = registry.env.shared.dimensions;
    let place = |at: usize| {
        let file = Entity::File("dimensions.toml".to_owned());
        Subject::field(file, FieldPath::of("dimensions").index(at).key("id"))
    };
    for repeat in dimensions.repeats() {
        let id = quoted(repeat.id.as_str());
        raise
            .at(place(repeat.second), format!("two questions have the id {id}, so the second is left out"))
            .identity(format!("dimensions[{}].id", repeat.id))
            .help("give one of them its own id, or remove it")
            .related(place(repeat.first), "the question that counts");
    }
    let slug = |one: &Dimension| one.slug.known().map(ToString::to_string);
    each_twice(dimensions, slug, |field, slug| {
        let message = format!("has the same slug as {}: {}", field.of, quoted(slug));
        raise_at(raise, &field, "slug", message, "give it its own slug: that is the address of its page");
    });
    let order = |one: &Dimension| one.order.get();
    each_twice(dimensions, order, |field, order| {
        let message = format!("has the same `order` as {}: {order}", field.of);
        raise_at(raise, &field, "order", message, "give each question its own `order`");
    });
}

/// A question that repeats something of an earlier one.
struct Twice<'a> {
    id: &'a str,
    first: &'a str,
    /// The earlier one, for messages.
    of: String,
}

fn each_twice<T: std::hash::Hash + Eq + Clone>(
    dimensions: &Dimensions,
    value: impl Fn(&Dimension) -> Option<T>,
    mut found: impl FnMut(Twice<'_>, &T),
) {
    let mut seen: HashMap<T, &str> = HashMap::new();
    for dimension in dimensions.iter() {
        let Some(value) = value(dimension) else { continue };
        let id = dimension.id.text();
        let first = *seen.entry(value.clone()).or_insert(id);
        if first != id {
            found(Twice { id, first, of: format!("question {}", quoted(first)) }, &value);
        }
    }
}

fn raise_at(raise: &mut Raise<'_>, twice: &Twice<'_>, key: &str, message: String, help: &str) {
    let place = |id: &str| Subject::field(Entity::Dimension(id.to_owned()), key);
    raise
        .at(place(twice.id), format!("question {} {message}", quoted(twice.id)))
        .help(help)
        .related(place(twice.first), "it is stated here first");
}
