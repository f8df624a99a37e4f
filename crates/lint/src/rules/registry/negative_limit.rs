use diagnostics::{Severity, quoted};
use model::{Dimension, Entity, FieldPath, Optional, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/negative-limit", Severity::Error, include_str!("negative_limit.md"), check);

/// The limits of a question, each with its least number of days and a usual one.
fn limits(dimension: &Dimension) -> [(&'static str, &Optional<i64>, i64, i64); 3] {
    let usual = Dimension::DEFAULT_STALE_AFTER_DAYS;
    let far = usual * Dimension::DEFAULT_FAR_PAST_LIMITS;
    [
        ("stale_after_days", &dimension.stale_after_days, 1, usual),
        ("due_soon_days", &dimension.due_soon_days, 0, Dimension::DEFAULT_DUE_SOON_DAYS),
        ("far_past_days", &dimension.far_past_days, 0, far),
    ]
}

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for dimension in registry.env.shared.dimensions.iter() {
        let id = dimension.id.text();
        let at = |path: FieldPath| Subject::field(Entity::Dimension(id.to_owned()), path);
        for (key, limit, least, usual) in limits(dimension) {
            let Some(days) = limit.get().filter(|days| *days < least) else { continue };
            raise
                .at(
                    at(FieldPath::of(key)),
                    format!("{} of question {} is {days} days, which is not possible", quoted(key), quoted(id)),
                )
                .help(format!("write at least {least}, such as {usual}, or leave it out"));
        }
        for (nth, spec) in dimension.facts.items().iter().enumerate() {
            let Some(days) = spec.valid_for_days.get().filter(|days| *days < 0) else { continue };
            let (key, fact) = ("valid_for_days", spec.key.text());
            raise
                .at(
                    at(FieldPath::of("facts").index(nth).key(key)),
                    format!(
                        "{} of the fact {} of question {} is {days} days, which is not possible",
                        quoted(key),
                        quoted(fact),
                        quoted(id)
                    ),
                )
                .identity(format!("facts[{fact}].{key}"))
                .help("write 0 for a date that is itself the end, or the days that follow it");
        }
    }
}
