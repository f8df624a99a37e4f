use diagnostics::{Severity, closest, quoted};
use model::{Condition, Contradiction, Dimension, Entity, FactSpec, FactType, FieldPath, Literal, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/dead-contradiction", Severity::Error, include_str!("dead_contradiction.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for dimension in registry.env.shared.dimensions.iter() {
        for (at, spec) in dimension.facts.items().iter().enumerate() {
            for (nth, contradiction) in spec.contradicts.items().iter().enumerate() {
                let Some((key, what, help)) = fault(dimension, spec, contradiction, raise) else { continue };
                let path = FieldPath::of("facts").index(at).key("contradicts").index(nth).key(key);
                let (id, fact) = (quoted(dimension.id.text()), quoted(spec.key.text()));
                raise
                    .at(
                        Subject::field(Entity::Dimension(dimension.id.text().to_owned()), path),
                        format!("a contradiction of the fact {fact} of question {id} {what}, so it never applies"),
                    )
                    .identity(format!("facts[{}].contradicts[{nth}].{key}", spec.key.text()))
                    .help(help);
            }
        }
    }
}

/// Why a contradiction can never hold: the key, why, and what to write.
fn fault(
    dimension: &Dimension,
    spec: &FactSpec,
    contradiction: &Contradiction,
    raise: &mut Raise<'_>,
) -> Option<(&'static str, String, String)> {
    if let Some(key) = contradiction.fact.known() {
        let Some(other) = dimension.fact(key.as_str()) else {
            let keys = dimension.facts.items().iter().map(|spec| spec.key.text());
            let help = raise.suggest(|| closest(key.as_str(), keys)).map_or_else(
                || "name a fact that the question declares".to_owned(),
                |meant| format!("did you mean {}?", quoted(meant)),
            );
            return Some(("fact", format!("names {}, which is not declared", quoted(key.as_str())), help));
        };
        if let Some(value) = contradiction.fact_value.known().filter(|value| !can_be(other, value)) {
            let help = format!("write a value that {} can have", quoted(key.as_str()));
            return Some(("fact_value", format!("requires {}, which is not a value of {}", shown(value), quoted(key.as_str())), help));
        }
    }
    if let Some(value) = contradiction.value.known().filter(|value| !can_be(spec, value)) {
        return Some((
            "value",
            format!("requires {}, which the fact cannot be", shown(value)),
            "write a value that the fact can have".to_owned(),
        ));
    }
    let is_number = matches!(spec.kind.get(), Some(FactType::Integer | FactType::Decimal) | None);
    (contradiction.is.is(Condition::AboveZero) && !is_number).then(|| {
        (
            "is",
            "requires a number above zero, but the fact is not a number".to_owned(),
            "write `is = \"present\"`, or give the fact a number type".to_owned(),
        )
    })
}

/// Returns whether a declared fact can have a value.
fn can_be(spec: &FactSpec, value: &Literal) -> bool {
    match (value, spec.kind.get()) {
        (_, None) => true,
        (Literal::Bool(_), kind) => kind == Some(FactType::Bool),
        (Literal::Text(text), Some(FactType::Text)) => {
            spec.one_of.known().is_none_or(|values| values.contains(text))
        }
        (Literal::Text(_), _) => false,
    }
}

fn shown(value: &Literal) -> String {
    match value {
        Literal::Bool(value) => format!("`{value}`"),
        Literal::Text(text) => quoted(text),
    }
}
