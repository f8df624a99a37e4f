use std::collections::HashSet;

use diagnostics::{Severity, closest, quoted};
use model::{Entity, FieldPath, Retired, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/faulty-retirement", Severity::Error, include_str!("faulty_retirement.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let list = registry.digest.retired.items();
    let questions = list.iter().filter_map(|one| one.entity.text().strip_prefix("dimension:")).collect();
    for (at, retired) in list.iter().enumerate() {
        for (key, what, help) in faults(registry, retired, &questions, raise) {
            raise
                .at(Subject::field(Entity::Registry, FieldPath::of("retired").index(at).key(key)), what)
                .identity(format!("retired[{}].{key}", retired.key()))
                .help(help);
        }
    }
}

/// Returns what is wrong with an entry, given the retired questions: the key, what is wrong there, and what
/// to write.
fn faults(
    registry: &RegistryContext<'_>,
    retired: &Retired,
    questions: &HashSet<&str>,
    raise: &mut Raise<'_>,
) -> Vec<(&'static str, String, String)> {
    let mut faults = Vec::new();
    let entity = retired.entity.known().map(|text| (text, Entity::of_reference(text)));
    if let Some((text, None)) = &entity {
        faults.push((
            "entity",
            format!("an entry of `retired` names {}, which is not an entity", quoted(text)),
            "write `offering:ID`, `platform:ID`, `organization:ID` or `dimension:ID`".to_owned(),
        ));
    }
    if let Some(id) = retired.dimension.known() {
        let dimensions = &registry.digest.dimensions;
        let is_unknown = registry.digest.has_all_dimensions && !dimensions.contains_key(id.as_str());
        if let Some((_, Some(Entity::Dimension(_)))) = entity {
            faults.push((
                "dimension",
                "an entry of `retired` names a question, and a cell of it".to_owned(),
                "leave out `dimension`: a retired question includes its cells".to_owned(),
            ));
        } else if is_unknown && !questions.contains(id.as_str()) {
            let meant = raise.suggest(|| closest(id.as_str(), dimensions.keys().map(String::as_str)));
            faults.push((
                "dimension",
                format!("an entry of `retired` names a cell of {}, which is not a question", quoted(id.as_str())),
                meant.map_or_else(
                    || "write the id of a question".to_owned(),
                    |meant| format!("did you mean {}?", quoted(meant)),
                ),
            ));
        }
    }
    let today = registry.env.today;
    if let Some(on) = retired.on.get().filter(|on| registry.env.is_to_come(*on)) {
        faults.push((
            "on",
            format!("an entry of `retired` is dated {on}, but today is {today}"),
            "write the day on which it was removed".to_owned(),
        ));
    }
    if retired.reason.known().is_some_and(|reason| reason.trim().is_empty()) {
        faults.push((
            "reason",
            "an entry of `retired` has no reason".to_owned(),
            "write in `reason` why it was removed".to_owned(),
        ));
    }
    faults
}
