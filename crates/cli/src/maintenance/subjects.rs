//! The cells that arguments name: `KIND:ID[/QUESTION[/FIELD]]`, or the address of a page for all cells that cite it.

use std::collections::HashSet;

use diagnostics::{closest, command, quoted};
use model::{Answer, Cell, Entity, Evidence, Registry, Subject, Url, resolve};

use crate::Failure;
use crate::query::{dimensions, lookup};

/// A cell that is stored.
#[derive(Debug, Clone)]
pub(crate) struct StoredCell<'r> {
    /// What it is, without a field.
    pub(crate) subject: Subject,
    /// What it says.
    pub(crate) cell: &'r Cell,
}

impl StoredCell<'_> {
    /// `offering:acme-chat/soc2_type2`, as an argument names it.
    pub(crate) fn name(&self) -> String {
        name(&self.subject)
    }
}

/// A subject as an argument names it.
pub(crate) fn name(subject: &Subject) -> String {
    let entity = subject.entity.reference().unwrap_or_else(|| subject.entity.file());
    match &subject.dimension {
        Some(dimension) => format!("{entity}/{dimension}"),
        None => entity,
    }
}

/// What an argument names: an entity or a cell of it, which need not be there; a field is left out, since what is
/// done is done to the whole cell.
pub(crate) fn subject(registry: &Registry, text: &str) -> Result<Subject, Failure> {
    let mut parts = text.splitn(3, '/');
    let entity = lookup::entity(registry, parts.next().unwrap_or_default())?;
    let asked: Vec<String> = parts.next().map(str::to_owned).into_iter().collect();
    let dimension = match asked.first() {
        Some(_) => dimensions(registry, &asked)?.first().map(|one| one.id.text().to_owned()),
        None => None,
    };
    Ok(Subject { entity, dimension, field: None })
}

/// The stored cells that arguments name, each once: one cell, all cells of an entity, or all that cite a page.
///
/// # Errors
///
/// When an argument names nothing, or no stored cell.
pub(crate) fn cells<'r>(
    registry: &'r Registry,
    arguments: &[String],
) -> Result<Vec<StoredCell<'r>>, Failure> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for argument in arguments {
        let named = cells_of(registry, argument)?;
        found.extend(named.into_iter().filter(|one| seen.insert(one.subject.clone())));
    }
    Ok(found)
}

fn cells_of<'r>(registry: &'r Registry, argument: &str) -> Result<Vec<StoredCell<'r>>, Failure> {
    if argument.contains("://") {
        let url = argument.parse::<Url>().map_err(|error| Failure::Usage(error.to_string()))?;
        return citing(registry, &url);
    }
    let subject = subject(registry, argument)?;
    let is_named = |entity: &Entity, dimension: &str| {
        *entity == subject.entity && subject.dimension.as_deref().is_none_or(|id| id == dimension)
    };
    let stored =
        registry.stored_cells().filter(|(entity, dimension, _)| is_named(entity, dimension.id.text()));
    let found: Vec<_> = stored
        .map(|(entity, dimension, cell)| StoredCell {
            subject: Subject::cell(entity, dimension.id.text()),
            cell,
        })
        .collect();
    if found.is_empty() { Err(not_stored(registry, &subject)) } else { Ok(found) }
}

/// All cells that cite a page.
///
/// # Errors
///
/// When none does.
pub(crate) fn citing<'r>(registry: &'r Registry, url: &Url) -> Result<Vec<StoredCell<'r>>, Failure> {
    let stored = registry.stored_cells().filter(|(_, _, cell)| place_of(cell, url).is_some());
    let found: Vec<_> = stored
        .map(|(entity, dimension, cell)| StoredCell {
            subject: Subject::cell(entity, dimension.id.text()),
            cell,
        })
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let all = registry.stored_cells().flat_map(|(_, _, cell)| cell.evidence.items());
    let help = match closest(url.as_str(), all.filter_map(|one| one.url.known()).map(Url::as_str)) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("add it to a cell first: {} cite SUBJECT URL", command()),
    };
    Err(Failure::Usage(format!("no cell cites {}: {help}", quoted(url.as_str()))))
}

/// The place of a page in the evidence of a cell.
pub(crate) fn place_of(cell: &Cell, url: &Url) -> Option<usize> {
    let is_same = |one: &Evidence| one.url.known().is_some_and(|known| known.identity() == url.identity());
    cell.evidence.items().iter().position(is_same)
}

/// The failure that a cell is not stored where an argument says, with where it is.
fn not_stored(registry: &Registry, subject: &Subject) -> Failure {
    let entity = &subject.entity;
    let Some(dimension) = &subject.dimension else {
        return Failure::Usage(format!("{entity} stores no answer"));
    };
    let misnamed = registry.misnamed();
    let inherited = match entity {
        Entity::Offering(id) => registry.offerings.get(id).and_then(|offering| {
            let all = resolve(id, offering, registry.shared(&misnamed));
            all.into_iter().find(|one| one.dimension.id.text() == dimension)
        }),
        _ => None,
    };
    let help = match inherited.map(|resolved| resolved.answer) {
        Some(Answer::Cell(owner, _)) => {
            format!(
                "it inherits the answer from {}",
                quoted(&name(&Subject::cell(owner, dimension.as_str())))
            )
        }
        _ => format!("{} show {} lists what it answers", command(), entity.reference().unwrap_or_default()),
    };
    Failure::Usage(format!("{entity} stores no answer to {}: {help}", quoted(dimension)))
}

/// Who names an entity, and in which field.
pub(crate) fn references(registry: &Registry, entity: &Entity) -> Vec<(Entity, &'static str)> {
    let id = entity.id();
    let offerings = || registry.offerings.iter();
    let of_offering = |name: &String| Entity::Offering(name.clone());
    match entity {
        Entity::Organization(_) => {
            let operated = registry.platforms.iter().filter(|(_, one)| one.operator.text() == id);
            let operated = operated.map(|(name, _)| (Entity::Platform(name.clone()), "operator"));
            let developed = offerings().filter(|(_, one)| one.developer.text() == id);
            operated.chain(developed.map(|(name, _)| (of_offering(name), "developer"))).collect()
        }
        Entity::Platform(_) => {
            let served = offerings().filter(|(_, one)| one.platform.text() == id);
            served.map(|(name, _)| (of_offering(name), "platform")).collect()
        }
        _ => Vec::new(),
    }
}
