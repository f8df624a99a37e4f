use diagnostics::{Severity, quoted};
use model::{Entity, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/negative-limit", Severity::Error, include_str!("negative_limit.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for dimension in registry.env.shared.dimensions.iter() {
        let Some(days) = dimension.stale_after_days.get().filter(|days| *days < 1) else { continue };
        let id = dimension.id.text();
        raise
            .at(
                Subject::field(Entity::Dimension(id.to_owned()), "stale_after_days"),
                format!("the answers to question {} are stale after {days} days, which is not possible", quoted(id)),
            )
            .help("write the days for which an answer counts as current, such as 180, or leave it out");
    }
}
