use diagnostics::{Severity, quoted};
use model::{Dimension, Entity, FieldPath, Optional, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/negative-limit", Severity::Error, include_str!("negative_limit.md"), check);

/// The limits of a question, each with its least number of days and a usual one.
const LIMITS: [(&str, fn(&Dimension) -> &Optional<i64>, i64, i64); 3] = [
    ("stale_after_days", |one| &one.stale_after_days, 1, Dimension::DEFAULT_STALE_AFTER_DAYS),
    ("due_soon_days", |one| &one.due_soon_days, 0, Dimension::DEFAULT_DUE_SOON_DAYS),
    (
        "far_past_days",
        |one| &one.far_past_days,
        0,
        Dimension::DEFAULT_STALE_AFTER_DAYS * Dimension::DEFAULT_FAR_PAST_LIMITS,
    ),
];

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for dimension in registry.env.shared.dimensions.iter() {
        let id = dimension.id.text();
        let at = |path: FieldPath| Subject::field(Entity::Dimension(id.to_owned()), path);
        for (key, limit, least, usual) in LIMITS {
            let Some(days) = limit(dimension).get().filter(|days| *days < least) else { continue };
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
