use diagnostics::{Place, Severity, count, printable, quoted};
use model::{Entity, Level, Subject};

use crate::digest::{Standing, shown};
use crate::{ChangeContext, EntityDigest, Fate, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::change("change/vanished", Severity::Error, include_str!("vanished.md"), check);

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    dimensions(change, raise);
    for (entity, was) in &change.before.entities {
        match change.fate(entity) {
            Fate::Unknown => {}
            Fate::Gone if change.is_retired(entity, None) => {}
            Fate::Gone => match namesake(change, entity, was) {
                Some(now) => renamed(entity, was, now, raise),
                None => gone(entity, &format!("{} {}", entity.kind(), shown(entity, was)), raise),
            },
            Fate::Lives(now, _) => cells(change, (entity, was), now, raise),
        }
    }
}

/// A question that is not asked any more takes its cells with it: one fault, told once.
fn dimensions(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    let (before, after) = (change.before, change.after);
    for id in before.dimensions.keys().filter(|id| !after.dimensions.contains_key(*id)) {
        let entity = Entity::Dimension(id.clone());
        if !after.has_all_dimensions || change.is_retired(&entity, None) {
            continue;
        }
        let cells = before.entities.values().filter(|one| one.cells.contains_key(id)).count();
        gone(&entity, &format!("dimension {}, which {} answered,", quoted(id), count(cells, "cell")), raise);
    }
}

/// The only entity under a new id that has the name of one that is gone.
fn namesake<'a>(change: &ChangeContext<'a>, entity: &Entity, was: &EntityDigest) -> Option<&'a Entity> {
    let name = was.name.as_deref().map(str::trim).filter(|name| !name.is_empty())?;
    let is_new = |other: &Entity| other.kind() == entity.kind() && !change.before.entities.contains_key(other);
    let mut alike = change
        .after
        .entities
        .iter()
        .filter(|(other, digest)| is_new(other) && digest.name.as_deref().map(str::trim) == Some(name));
    let (first, _) = alike.next()?;
    alike.next().is_none().then_some(first)
}

/// An entity that has another id now is reported where `former_ids` belongs.
fn renamed(entity: &Entity, was: &EntityDigest, now: &Entity, raise: &mut Raise<'_>) {
    let reference = entity.reference().unwrap_or_default();
    let message = format!(
        "{} {} is gone, and nothing says that it is {} now, which has its name",
        entity.kind(),
        quoted(entity.id()),
        quoted(now.id())
    );
    let help = format!(
        "if it is the same, write `former_ids = [\"{}\"]` in `{}`; if {} ended, add `[[retired]]` with `entity = \"{reference}\"`, `on` and `reason` to `registry.toml`",
        entity.id(),
        now.file(),
        shown(entity, was),
    );
    raise
        .at(Place::missing(Subject::field(now.clone(), "former_ids")), message)
        .identity(reference)
        .help(printable(&help));
}

/// What is gone has no file any more: it is told where `[[retired]]` belongs.
fn gone(entity: &Entity, title: &str, raise: &mut Raise<'_>) {
    let reference = entity.reference().unwrap_or_default();
    let renamed = match entity {
        Entity::Dimension(_) => String::new(),
        _ => format!("where it goes by another id now, put `{}` among the `former_ids` there; ", entity.id()),
    };
    raise
        .at(
            Place::missing(Subject::field(Entity::Registry, "retired")),
            format!("{title} is gone, and nothing says why"),
        )
        .identity(reference.as_str())
        .help(printable(&format!(
            "restore it in `{}`; {renamed}where it ended, add `[[retired]]` with `entity = \"{reference}\"`, `on` and `reason`",
            entity.file()
        )));
}

/// The cells of an entity that lives on.
fn cells(
    change: &ChangeContext<'_>,
    (entity, was): (&Entity, &EntityDigest),
    now: &Entity,
    raise: &mut Raise<'_>,
) {
    for id in was.cells.keys().filter(|id| answered(change, entity, id)) {
        if change.is_retired(entity, Some(id)) || change.is_retired(now, Some(id)) {
            continue;
        }
        let Some(left) = left_without(change, entity, now, id) else { continue };
        let message = format!("cell {} of {} is gone, and nothing says why", quoted(id), shown(entity, was));
        let help = match left.is_empty() && !matches!(now, Entity::Offering(_)) {
            true => format!(
                "restore it; where it was given up, add `[[retired]]` to `registry.toml` with `entity = \"{}\"`, `dimension = \"{id}\"`, `on` and `reason`",
                now.reference().unwrap_or_default()
            ),
            false => "restore it, since nobody answers the question now; that nothing is known is an answer too: `status = \"no_public_evidence\"`".to_owned(),
        };
        let place = Place::missing(Subject::cell(now.clone(), id.as_str()));
        let mut draft = raise.at(place, message).help(printable(&help));
        for offering in left {
            let name =
                change.after.entities.get(offering).map(|one| shown(offering, one)).unwrap_or_default();
            let place = Place::missing(Subject::cell(offering.clone(), id.as_str()));
            draft = draft.related(place, format!("{name} has no answer without it"));
        }
    }
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

/// The other offerings that a lost cell leaves without an answer; nothing where the cell is not lost: it
/// is there, its answer stands elsewhere now, or what would tell cannot be read.
fn left_without<'a>(
    change: &ChangeContext<'a>,
    entity: &Entity,
    now: &Entity,
    id: &str,
) -> Option<Vec<&'a Entity>> {
    if change.after.answer(now, id) != Standing::Nothing {
        return None;
    }
    if let Entity::Offering(_) = now {
        return Some(Vec::new());
    }
    let heirs = change.before.entities.keys().filter(
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
    // Where all who shared it answer by themselves now, it has moved to them.
    (living.is_empty() || !left.is_empty()).then_some(left)
}
