use std::cell::LazyCell;
use std::collections::HashMap;

use diagnostics::{Place, Severity, closest, count, printable, quoted};
use model::{Entity, Level, Subject};

use crate::digest::{Standing, shown};
use crate::{ChangeContext, Digest, EntityDigest, Fate, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::change("change/vanished", Severity::Error, include_str!("vanished.md"), check);

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    dimensions(change, raise);
    let namesakes = LazyCell::new(|| Namesakes::new(change));
    let heirs = LazyCell::new(|| Heirs::new(change.before));
    for (entity, was) in change.changed() {
        match change.fate(entity) {
            Fate::Unknown => {}
            Fate::Gone if change.is_retired(entity, None) => {}
            Fate::Gone => match namesakes.only(entity, was) {
                Some(now) => renamed(entity, was, now, raise),
                None => gone(entity, &format!("{} {}", entity.kind(), shown(entity, was)), raise),
            },
            Fate::Lives(now, digest) => cells(change, &heirs, (entity, was), (now, digest), raise),
        }
    }
}

/// A removed question removes its cells: reported once.
fn dimensions(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    let (before, after) = (change.before, change.after);
    for id in before.dimensions.keys().filter(|id| !after.dimensions.contains_key(*id)) {
        let entity = Entity::Dimension(id.clone());
        if !after.has_all_dimensions || change.is_retired(&entity, None) {
            continue;
        }
        let cells = before.entities.values().filter(|one| one.cells.get(id).is_some()).count();
        gone(&entity, &format!("dimension {}, which {} answered,", quoted(id), count(cells, "cell")), raise);
    }
}

/// The entities under new ids, by kind and name.
struct Namesakes<'a>(HashMap<(&'static str, &'a str), Vec<&'a Entity>>);

impl<'a> Namesakes<'a> {
    fn new(change: &ChangeContext<'a>) -> Self {
        let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
        for (entity, digest) in &change.after.entities {
            let name = digest.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
            if let Some(name) = name.filter(|_| !change.before.entities.contains_key(entity)) {
                by_name.entry((entity.kind(), name)).or_default().push(entity);
            }
        }
        Self(by_name)
    }

    /// The only one that has the name of a removed entity.
    fn only(&self, entity: &Entity, was: &EntityDigest) -> Option<&'a Entity> {
        match self.0.get(&(entity.kind(), was.name.as_deref()?.trim()))?.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// The offerings that may inherit from an organization or a platform.
struct Heirs<'a>(HashMap<Entity, Vec<&'a Entity>>);

impl<'a> Heirs<'a> {
    fn new(digest: &'a Digest) -> Self {
        let mut heirs: HashMap<_, Vec<_>> = HashMap::new();
        for (entity, one) in &digest.entities {
            let platform = one.platform.known().cloned().map(Entity::Platform);
            let developer = one.developer.known().cloned().map(Entity::Organization);
            for owner in platform.into_iter().chain(developer) {
                heirs.entry(owner).or_default().push(entity);
            }
        }
        Self(heirs)
    }

    fn of(&self, owner: &Entity) -> &[&'a Entity] {
        self.0.get(owner).map_or(&[], Vec::as_slice)
    }
}

/// Reports an entity that now has another id, at the place for `former_ids`.
fn renamed(entity: &Entity, was: &EntityDigest, now: &Entity, raise: &mut Raise<'_>) {
    let reference = entity.reference().unwrap_or_default();
    let message = format!(
        "{} {} was removed; {} has the same name, but does not list the old id in `former_ids`",
        entity.kind(),
        quoted(entity.id()),
        quoted(now.id())
    );
    let help = format!(
        "if it is the same, write `former_ids = [\"{}\"]` in `{}`; if {} no longer exists, add `[[retired]]` with `entity = \"{reference}\"`, `on` and `reason` to `registry.toml`",
        entity.id(),
        now.file(),
        shown(entity, was),
    );
    raise
        .at(Place::missing(Subject::field(now.clone(), "former_ids")), message)
        .identity(reference)
        .help(printable(&help));
}

/// Reports a removed entity at the place for `[[retired]]`, since it no longer has a file.
fn gone(entity: &Entity, title: &str, raise: &mut Raise<'_>) {
    let reference = entity.reference().unwrap_or_default();
    let renamed = match entity {
        Entity::Dimension(_) => String::new(),
        _ => format!("if it has another id now, add `{}` to its `former_ids`; ", entity.id()),
    };
    raise
        .at(
            Place::missing(Subject::field(Entity::Registry, "retired")),
            format!("{title} was removed without a reason"),
        )
        .identity(reference.as_str())
        .help(printable(&format!(
            "restore it in `{}`; {renamed}if it no longer exists, add `[[retired]]` with `entity = \"{reference}\"`, `on` and `reason`",
            entity.file()
        )));
}

/// Reports the removed cells of an entity that still exists.
fn cells(
    change: &ChangeContext<'_>,
    heirs: &Heirs<'_>,
    (entity, was): (&Entity, &EntityDigest),
    (now, digest): (&Entity, &EntityDigest),
    raise: &mut Raise<'_>,
) {
    let misspelt = misspelt(change, was, digest);
    for id in was.cells.ids().filter(|id| answered(change, entity, id)) {
        let is_retired = change.is_retired(entity, Some(id)) || change.is_retired(now, Some(id));
        if is_retired || misspelt.contains(&id) {
            continue;
        }
        let Some(left) = left_without(change, heirs.of(entity), (entity, now), id) else { continue };
        let message = format!("cell {} of {} was removed without a reason", quoted(id), shown(entity, was));
        let help = match left.is_empty() && !matches!(now, Entity::Offering(_)) {
            true => format!(
                "restore it; if it was removed on purpose, add `[[retired]]` to `registry.toml` with `entity = \"{}\"`, `dimension = \"{id}\"`, `on` and `reason`",
                now.reference().unwrap_or_default()
            ),
            false => "restore it, since the question has no answer now; if nothing is known, write `status = \"no_public_evidence\"`".to_owned(),
        };
        let place = Place::missing(Subject::cell(now.clone(), id));
        let mut draft = raise.at(place, message).help(printable(&help));
        for offering in left {
            let name =
                change.after.entities.get(offering).map(|one| shown(offering, one)).unwrap_or_default();
            let place = Place::missing(Subject::cell(offering.clone(), id));
            draft = draft.related(place, format!("{name} has no answer without it"));
        }
    }
}

/// The questions that a new cell under an unknown id is meant for: that is reported there.
fn misspelt<'a>(change: &ChangeContext<'a>, was: &EntityDigest, digest: &EntityDigest) -> Vec<&'a str> {
    let known = &change.after.dimensions;
    let unknown = digest.cells.ids().filter(|id| !known.contains_key(*id) && was.cells.get(id).is_none());
    unknown.filter_map(|id| closest(id, known.keys().map(String::as_str))).collect()
}

/// Whether a stored cell answered a question that is still asked. One under an unknown id or at the
/// wrong level answered nothing.
fn answered(change: &ChangeContext<'_>, entity: &Entity, dimension: &str) -> bool {
    let level = change.before.dimensions.get(dimension).copied().flatten();
    change.after.dimensions.contains_key(dimension)
        && match entity {
            Entity::Organization(_) => level == Some(Level::Developer),
            Entity::Platform(_) => level == Some(Level::Platform),
            _ => true,
        }
}

/// Returns the other offerings that a removed cell leaves without an answer; `None` if the cell is not lost: it
/// is there, its answer is elsewhere now, or the files that would show it cannot be read.
fn left_without<'a>(
    change: &ChangeContext<'a>,
    heirs: &[&Entity],
    (entity, now): (&Entity, &Entity),
    id: &str,
) -> Option<Vec<&'a Entity>> {
    if change.after.answer(now, id) != Standing::Nothing {
        return None;
    }
    if let Entity::Offering(_) = now {
        return Some(Vec::new());
    }
    let heirs = heirs.iter().copied().filter(
        |heir| matches!(change.before.answer(heir, id), Standing::Cell(owner, _) if owner == entity && *heir != owner),
    );
    let living: Vec<_> = heirs
        .filter_map(|heir| match change.fate(heir) {
            Fate::Lives(now, _) => Some(now),
            _ => None,
        })
        .collect();
    let left: Vec<_> =
        living.iter().copied().filter(|heir| change.after.answer(heir, id) == Standing::Nothing).collect();
    // If all that shared it now have their own answers, it has moved to them.
    (living.is_empty() || !left.is_empty()).then_some(left)
}
