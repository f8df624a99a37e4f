use std::collections::{BTreeMap, HashSet};

use diagnostics::{Severity, quoted};
use model::{Answer, Cell, DimensionId, Level, Offering, Optional, SharedRecords};

use crate::{EntityContext, Raise, Rule, Environment};

pub(crate) static RULE: Rule =
    Rule::entity("entity/missing-dimension", Severity::Info, include_str!("missing_dimension.md"), check)
        .yields_to(&["change/vanished"]);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let Some(offering) = entity.as_offering() else { return };
    let shared = entity.env.shared;
    let asked = entity.resolved.iter().filter(|resolved| resolved.answer != Answer::NotApplicable).count();
    let missing = entity.resolved.iter().filter(|resolved| resolved.answer == Answer::Missing);
    let mut missing: Vec<_> = missing.map(|resolved| resolved.dimension.id.text()).collect();
    if !missing.is_empty() {
        let astray = Astray::of(offering, entity.env);
        missing.retain(|id| !astray.holds(id, shared));
    }
    if missing.is_empty() {
        return;
    }
    raise
        .at(
            entity.subject(),
            format!("{} has no answer to {} of {asked} questions: {}", entity.title(), missing.len(), listed(&missing)),
        )
        .help("add a cell to the file of the platform or of the developer, or here if it holds for this offering only; if nothing was found, write `status = \"no_public_evidence\"`");
}

/// "`a`, `b` and `c`".
fn listed(ids: &[&str]) -> String {
    let names: Vec<_> = ids.iter().map(|id| quoted(id)).collect();
    match names.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// Returns the questions that are answered under a misspelt id or at the wrong level; other rules report those.
struct Astray<'a> {
    ids: HashSet<&'a str>,
    /// Those that the operator of the platform answers. Its answer to a developer-level question is its own as
    /// a developer, and not astray.
    by_operator: HashSet<&'a str>,
}

impl<'a> Astray<'a> {
    fn of(offering: &'a Offering, env: Environment<'a>) -> Self {
        let shared = env.shared;
        let platform = offering.platform.known().and_then(|id| shared.platform(id.as_str()));
        let developer = offering.developer.known().and_then(|id| shared.organization(id.as_str()));
        let operator =
            platform.and_then(|(_, platform)| shared.organization(platform.operator.known()?.as_str()));
        let answered = |cells: &'a Cells| {
            let ids = cells.known().into_iter().flat_map(BTreeMap::keys).map(DimensionId::as_str);
            ids.filter_map(|id| match shared.dimensions.get(id) {
                Some(_) => Some(id),
                None => env.names.guesses.dimension(id, shared.dimensions).map(|(meant, _)| meant),
            })
        };
        let of_platform = platform.map(|(_, platform)| &platform.cells);
        let of_developer = developer.map(|(_, organization)| &organization.cells);
        let owners = [Some(&offering.cells), of_platform, of_developer];
        Self {
            ids: owners.into_iter().flatten().flat_map(answered).collect(),
            by_operator: operator.into_iter().flat_map(|(_, one)| answered(&one.cells)).collect(),
        }
    }

    fn holds(&self, id: &str, shared: SharedRecords<'_>) -> bool {
        let is_of_platform =
            || shared.dimensions.get(id).is_some_and(|dimension| dimension.level.is(Level::Platform));
        self.ids.contains(id) || self.by_operator.contains(id) && is_of_platform()
    }
}

type Cells = Optional<BTreeMap<DimensionId, Cell>>;
