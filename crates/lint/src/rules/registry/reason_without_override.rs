use std::collections::HashMap;

use diagnostics::Severity;
use model::{Entity, Level, Subject};

use crate::digest::Standing;
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule = Rule::registry(
    "registry/reason-without-override",
    Severity::Warning,
    include_str!("reason_without_override.md"),
    check,
);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut answers: HashMap<(&str, &str), usize> = HashMap::new();
    for (_, offering) in registry.offerings() {
        let Some(platform) = registry.platform_of(offering) else { continue };
        for dimension in offering.cells.ids() {
            *answers.entry((platform, dimension)).or_default() += 1;
        }
    }
    for (entity, dimension, _) in registry.cells().filter(|(_, _, cell)| cell.states_reason) {
        let help = match entity {
            Entity::Offering(_) if overrides(registry, entity, dimension, &answers) => continue,
            Entity::Offering(_) => "remove it: there is no cell from which this one differs",
            _ => "remove it, or move it to `note`: only the cell of an offering replaces another",
        };
        raise
            .at(
                Subject::cell(entity.clone(), dimension).with("override_reason"),
                format!("{} has an `override_reason`, but there is no cell from which it differs", registry.cell_name(entity, dimension)),
            )
            .help(help);
    }
}

/// Returns whether the cell of an offering may replace an inherited one, or may differ from those of its
/// sisters on the platform.
fn overrides(
    registry: &RegistryContext<'_>,
    entity: &Entity,
    dimension: &str,
    answers: &HashMap<(&str, &str), usize>,
) -> bool {
    if matches!(registry.digest.inherited(entity, dimension), Standing::Cell(..) | Standing::Unknown) {
        return true;
    }
    let platform = registry.digest.entities.get(entity).and_then(|offering| registry.platform_of(offering));
    let is_shared = registry.digest.dimensions.get(dimension) != Some(&Some(Level::Developer));
    let has_sisters = |platform| answers.get(&(platform, dimension)).is_some_and(|count| *count > 1);
    is_shared && platform.is_none_or(has_sisters)
}
