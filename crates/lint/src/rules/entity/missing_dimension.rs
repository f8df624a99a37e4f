use std::collections::BTreeMap;

use diagnostics::{Severity, closest, quoted};
use model::{Answer, Cell, DimensionId, Level, Offering, Optional, Settings};

use crate::{EntityContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("entity/missing-dimension", Severity::Info, include_str!("missing_dimension.md"), check);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let Some(offering) = entity.as_offering() else { return };
    let settings = entity.shared.settings;
    let asked = entity.resolved.iter().filter(|resolved| resolved.answer != Answer::NotApplicable).count();
    let missing = entity.resolved.iter().filter(|resolved| resolved.answer == Answer::Missing);
    let missing: Vec<_> = missing
        .map(|resolved| resolved.dimension.id.text())
        .filter(|id| !stands_astray(id, offering, settings))
        .collect();
    if missing.is_empty() {
        return;
    }
    raise
        .at(
            entity.subject(),
            format!("{} has no answer to {} of {asked} questions: {}", entity.title(), missing.len(), listed(&missing)),
        )
        .help("add a cell to the file of the platform or of the developer, or here if it holds for this offering alone; where nothing was found, say so with `status = \"no_public_evidence\"`");
}

/// "`a`, `b` and `c`".
fn listed(ids: &[&str]) -> String {
    let names: Vec<_> = ids.iter().map(|id| quoted(id)).collect();
    match names.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// Whether the answer is there under a misspelt id or at the wrong level: then that is the fault.
fn stands_astray(id: &str, offering: &Offering, settings: Settings<'_>) -> bool {
    let platform = offering.platform.known().and_then(|id| settings.platform(id.as_str()));
    let developer = offering.developer.known().and_then(|id| settings.organization(id.as_str()));
    let operator =
        platform.and_then(|(_, platform)| settings.organization(platform.operator.known()?.as_str()));
    let is_meant =
        |other: &str| settings.dimensions.get(other).is_none() && meant(other, settings) == Some(id);
    let holds = |cells: &Cells| {
        cells
            .known()
            .is_some_and(|cells| cells.keys().any(|other| other.as_str() == id || is_meant(other.as_str())))
    };
    // The operator's answer to a developer-level question is its own as a developer, and not astray.
    let platform_level =
        settings.dimensions.get(id).is_some_and(|dimension| dimension.level.is(Level::Platform));
    holds(&offering.cells)
        || platform.is_some_and(|(_, platform)| holds(&platform.cells))
        || developer.is_some_and(|(_, organization)| holds(&organization.cells))
        || platform_level && operator.is_some_and(|(_, organization)| holds(&organization.cells))
}

fn meant<'a>(id: &str, settings: Settings<'a>) -> Option<&'a str> {
    closest(id, settings.dimensions.iter().map(|dimension| dimension.id.text()))
}

type Cells = Optional<BTreeMap<DimensionId, Cell>>;
