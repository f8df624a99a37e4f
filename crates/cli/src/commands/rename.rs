//! `rename`: give an entity another id; what refers to it follows, and its old id is kept.

use diagnostics::{Edit, quoted};
use model::{Entity, FieldPath, Registry, Subject, Value};

use super::new::check_new_id;
use crate::arguments::RenameArguments;
use crate::global::Global;
use crate::maintenance::subjects::references;
use crate::maintenance::{Plan, carry_out};
use crate::query::lookup;
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &RenameArguments) -> Result<Outcome, Failure> {
    carry_out(global, arguments.making, |registry, _| plan(registry, arguments))
}

fn plan(registry: &Registry, arguments: &RenameArguments) -> Result<Plan, Failure> {
    let old = lookup::entity(registry, &arguments.old)?;
    let id = arguments.new.as_str();
    let new = match &old {
        Entity::Organization(_) => Entity::Organization(id.to_owned()),
        Entity::Platform(_) => Entity::Platform(id.to_owned()),
        _ => Entity::Offering(id.to_owned()),
    };
    if new == old {
        return Err(Failure::Usage(format!("{old} is called so already")));
    }
    let mut former = former_ids(registry, &old);
    // One that goes back to an id of its own takes it out of the former ones.
    if former.iter().any(|known| known == id) {
        former.retain(|known| known != id);
    } else {
        check_new_id(registry, &old, id)?;
    }
    if lookup::is_there(registry, &new) {
        return Err(Failure::Usage(format!("{new} is there already: take another id")));
    }
    former.push(old.id().to_owned());
    let mut plan = Plan::default();
    plan.proposal.edits = vec![
        Edit::Set(Subject::field(old.clone(), "id"), id.into()),
        Edit::Set(Subject::field(old.clone(), "former_ids"), Value::texts(former)),
    ];
    plan.proposal.moves = vec![(old.clone(), new.clone())];
    plan.say(&old, format!("renamed to {}", new.file()));
    plan.say(&new, format!("was {}; the old id is in `former_ids`", old.file()));
    for (referrer, key) in references(registry, &old) {
        // What refers to itself moves too, under its old name.
        let edit = Edit::Set(Subject::field(referrer.clone(), key), id.into());
        plan.edit(&referrer, vec![edit], format!("`{key}` is {}", quoted(id)));
    }
    let was = old.reference();
    for (at, retired) in registry.info.retired.items().iter().enumerate() {
        if retired.entity.known() == was.as_ref() {
            let entry = FieldPath::of("retired").index(at).key("entity");
            let reference = new.reference().unwrap_or_default();
            let edit = Edit::Set(Subject::field(Entity::Registry, entry), reference.as_str().into());
            plan.edit(&Entity::Registry, vec![edit], format!("`retired` names {}", quoted(&reference)));
        }
    }
    plan.note(format!(
        "{} is kept as a former id: `show`, the site and baselines follow it",
        quoted(old.id())
    ));
    Ok(plan)
}

/// The ids that an entity had before.
fn former_ids(registry: &Registry, entity: &Entity) -> Vec<String> {
    fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
        ids.iter().map(ToString::to_string).collect()
    }
    let id = entity.id();
    let known = match entity {
        Entity::Organization(_) => registry.organizations.get(id).map(|one| texts(one.former_ids.items())),
        Entity::Platform(_) => registry.platforms.get(id).map(|one| texts(one.former_ids.items())),
        _ => registry.offerings.get(id).map(|one| texts(one.former_ids.items())),
    };
    known.unwrap_or_default()
}
