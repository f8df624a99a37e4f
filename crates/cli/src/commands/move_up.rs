//! `move-up`: an answer that all offerings of a platform give, or of a developer, is stored once, with that.

use diagnostics::{Edit, command, count};
use model::{Cell, Dimension, Entity, Level, Offering, Registry, Subject, Value};

use crate::arguments::MoveUpArguments;
use crate::global::Global;
use crate::maintenance::subjects::{name, subject};
use crate::maintenance::{Plan, carry_out, table};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &MoveUpArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, _| plan(registry, arguments))
}

fn plan(registry: &Registry, arguments: &MoveUpArguments) -> Result<Plan, Failure> {
    let to = subject(registry, &arguments.subject)?;
    let level = match &to.entity {
        Entity::Platform(_) => Level::Platform,
        Entity::Organization(_) => Level::Developer,
        other => {
            let message = format!("{other} is inherited by nothing: name its platform or its developer");
            return Err(Failure::Usage(message));
        }
    };
    let heirs: Vec<_> = heirs(registry, &to.entity).collect();
    let wanted = |dimension: &&Dimension| to.dimension.as_deref().is_none_or(|id| id == dimension.id.text());
    let mut plan = Plan::default();
    let mut reasons = Vec::new();
    for dimension in registry.dimensions.iter().filter(wanted) {
        match shared(&to.entity, dimension, level, &heirs, registry) {
            Ok(cell) => move_up(&mut plan, &to.entity, dimension.id.text(), &heirs, cell),
            Err(reason) => reasons.push(format!("{} stays where it is: {reason}", dimension.id.text())),
        }
    }
    match (plan.proposal.edits.is_empty(), reasons.as_slice(), &to.dimension) {
        (true, [only], Some(_)) => Err(Failure::Usage(only.clone())),
        (true, ..) => {
            let message = format!(
                "no answer is the same for all offerings of {}: see {} explain repeated-on-platform",
                name(&to),
                command()
            );
            Err(Failure::Usage(message))
        }
        _ => {
            plan.keeps_comments = true;
            Ok(plan)
        }
    }
}

/// The offerings that inherit from an entity.
fn heirs<'r>(registry: &'r Registry, entity: &Entity) -> impl Iterator<Item = (&'r String, &'r Offering)> {
    let (id, is_platform) = (entity.id().to_owned(), matches!(entity, Entity::Platform(_)));
    registry.offerings.iter().filter(move |(_, one)| {
        if is_platform { one.platform.text() == id } else { one.developer.text() == id }
    })
}

/// The answer that all heirs give, or why there is none to move.
fn shared<'r>(
    to: &Entity,
    dimension: &Dimension,
    level: Level,
    heirs: &[(&'r String, &'r Offering)],
    registry: &Registry,
) -> Result<&'r Cell, String> {
    let id = dimension.id.text();
    if !dimension.level.is(level) {
        let owner = if level == Level::Platform { "developer" } else { "platform" };
        return Err(format!("it is a question about the {owner}"));
    }
    let stored = match to {
        Entity::Platform(name) => registry.platforms.get(name).and_then(|one| one.cell(id)),
        other => registry.organizations.get(other.id()).and_then(|one| one.cell(id)),
    };
    if stored.is_some() {
        return Err(format!("{to} answers it already"));
    }
    let mut first: Option<(&String, &Cell)> = None;
    for (name, offering) in heirs {
        let Some(cell) = offering.cell(id) else { return Err(format!("{name} stores no answer to it")) };
        match first {
            None => first = Some((name, cell)),
            Some((other, known)) => {
                if let Some(key) = difference(&fields(known), &fields(cell)) {
                    return Err(format!("{other} and {name} differ in `{key}`"));
                }
            }
        }
    }
    first.map(|(_, cell)| cell).ok_or_else(|| "no offering inherits from it".to_owned())
}

/// The fields of a cell without the reason why it differs from what is inherited: there is nothing to differ from.
fn fields(cell: &Cell) -> Vec<(String, Value)> {
    let Value::Table(mut fields) = table(cell) else { return Vec::new() };
    fields.retain(|(key, _)| key != "override_reason");
    fields
}

/// The key of the first field in which two cells differ.
fn difference(one: &[(String, Value)], other: &[(String, Value)]) -> Option<String> {
    let differs = |(key, value): &&(String, Value)| {
        other.iter().find(|(known, _)| known == key).is_none_or(|(_, known)| known != value)
    };
    let more = || other.iter().find(|(key, _)| one.iter().all(|(known, _)| known != key));
    one.iter().find(differs).or_else(more).map(|(key, _)| key.clone())
}

fn move_up(plan: &mut Plan, to: &Entity, id: &str, heirs: &[(&String, &Offering)], cell: &Cell) {
    let there = Subject::cell(to.clone(), id);
    let set = Edit::Set(there.clone(), Value::Table(fields(cell)));
    plan.edit_cell(&there, vec![set], &format!("moved here from {}", count(heirs.len(), "offering")));
    for (name, _) in heirs {
        let here = Subject::cell(Entity::Offering((*name).clone()), id);
        plan.edit_cell(&here, vec![Edit::Remove(here.clone())], "now inherited");
    }
}
