use diagnostics::{Place, Severity, quoted};
use model::{Entity, Organization, Subject};

use crate::mentions::find_words;
use crate::{EntityContext, Raise, EntityRecord, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("registry/shared-prose", Severity::Warning, include_str!("shared_prose.md"), check);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    if entity.as_offering().is_some() {
        return;
    }
    let names = entity.env.names;
    let notes: Vec<_> =
        entity.cells().filter_map(|(id, cell)| Some((id, cell.note.known()?.as_str()))).collect();
    for (other, name) in names.near(notes.iter().map(|(_, note)| *note)) {
        if !is_foreign(entity, other, name) {
            continue;
        }
        let (what, instead) = match other {
            // The text may mean the company instead of its platform.
            Entity::Platform(_) if names.has_organization(name) => continue,
            Entity::Platform(id) if !has_named_operator(entity, id) => continue,
            Entity::Platform(_) => {
                ("another platform", "what holds there belongs in the cell of that platform")
            }
            _ => ("another developer", "what holds for its models belongs in the cell of their offering"),
        };
        for (id, note) in &notes {
            let Some(range) = find_words(note, name) else { continue };
            raise
                .at(
                    Place::within(Subject::cell(entity.entity.clone(), *id).with("note"), range),
                    format!(
                        "cell {} of {} is inherited by offerings, and its note names {what}: {}",
                        quoted(id),
                        entity.name(),
                        quoted(name)
                    ),
                )
                .help(format!("write what holds for every offering that inherits the cell; {instead}"))
                .related(Subject::field(other.clone(), "name"), format!("this is {what}"));
        }
    }
}

/// Returns whether the name of the company that operates a platform is known: the platform may have its name.
fn has_named_operator(entity: &EntityContext<'_>, platform: &str) -> bool {
    let shared = entity.env.shared;
    let operator = shared.platforms.get(platform).and_then(|one| one.operator.known());
    let organization = operator.and_then(|id| shared.organization(id.as_str()));
    organization.is_some_and(|(_, one)| one.name.known().is_some())
}

/// Returns whether a note shared by many offerings has no reason to name a developer or a platform.
fn is_foreign(entity: &EntityContext<'_>, other: &Entity, name: &str) -> bool {
    let shared = entity.env.shared;
    // An organization with answers to developer-level questions develops models.
    let develops = |one: &Organization| one.cells.known().is_some_and(|cells| !cells.is_empty());
    let (own, operator, is_platform) = match entity.record {
        EntityRecord::Offering(_) => return false,
        EntityRecord::Organization(one) => (one.name.text(), entity.entity.id(), false),
        EntityRecord::Platform(one) => {
            // If the operator is not known, no other company can be called foreign.
            let operator = one.operator.known().and_then(|id| shared.organization(id.as_str()));
            let Some((operator, _)) = operator else { return false };
            (one.name.text(), operator, true)
        }
    };
    let is_other = match other {
        Entity::Organization(id) => {
            is_platform && id != operator && shared.organizations.get(id).is_some_and(develops)
        }
        Entity::Platform(id) => {
            let of_own_house =
                |id: &String| shared.platforms.get(id).is_some_and(|one| one.operator.text() == operator);
            *other != entity.entity && (is_platform || !of_own_house(id))
        }
        _ => false,
    };
    is_other && name != own
}
