//! `retire`: take an entity or an answer out on purpose, with the day and the reason.

use diagnostics::{Edit, count};
use model::{Date, Entity, FieldPath, Optional, Registry, Retired, Subject};

use super::verify::day;
use crate::arguments::RetireArguments;
use crate::global::Global;
use crate::maintenance::subjects::{cells, name, references, subject};
use crate::maintenance::{Plan, carry_out, table};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &RetireArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, today| plan(registry, today, arguments))
}

fn plan(registry: &Registry, today: Date, arguments: &RetireArguments) -> Result<Plan, Failure> {
    let gone = subject(registry, &arguments.subject)?;
    if arguments.reason.trim().is_empty() {
        return Err(Failure::Usage("--reason is empty: write why it is removed".to_owned()));
    }
    if registry.info.retired.is_unread() {
        return Err(Failure::Usage("`retired` of registry.toml could not be read: fix it first".to_owned()));
    }
    let mut plan = Plan::default();
    let dimension = match &gone.dimension {
        Some(id) => {
            // That it is stored, or where it is.
            cells(registry, std::slice::from_ref(&arguments.subject))?;
            plan.edit_cell(&gone, vec![Edit::Remove(gone.clone())], "removed");
            id.parse().ok()
        }
        None => {
            plan.proposal.removals.push(gone.entity.clone());
            plan.say(&gone.entity, "removed".to_owned());
            None
        }
    };
    let entry = Retired {
        entity: gone.entity.reference().unwrap_or_default().into(),
        dimension: dimension.map_or(Optional::Absent, Optional::Known),
        on: day(arguments.on, today)?.into(),
        reason: arguments.reason.clone().into(),
    };
    let place = FieldPath::of("retired").index(registry.info.retired.items().len());
    let edit = Edit::Set(Subject::field(Entity::Registry, place), table(&entry));
    plan.edit(&Entity::Registry, vec![edit], format!("{} retired", name(&gone)));
    let named = references(registry, &gone.entity).len();
    if gone.dimension.is_none() && named > 0 {
        let files = count(named, "other file");
        plan.way_out =
            Some(format!("{files} of the registry name it: retire those first, or give them another"));
    }
    Ok(plan)
}
