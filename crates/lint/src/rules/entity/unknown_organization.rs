use diagnostics::{Severity, quoted};

use crate::{EntityContext, Raise, EntityRecord, Rule};

pub(crate) static RULE: Rule = Rule::entity(
    "entity/unknown-organization",
    Severity::Error,
    include_str!("unknown_organization.md"),
    check,
);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let (field, id) = match entity.record {
        EntityRecord::Organization(_) => return,
        EntityRecord::Platform(platform) => ("operator", platform.operator.known()),
        EntityRecord::Offering(offering) => ("developer", offering.developer.known()),
    };
    let Some(id) = id else { return };
    let shared = entity.env.shared;
    if shared.organization(id.as_str()).is_some() {
        return;
    }
    let message = format!(
        "{} names the {field} {}, but there is no such organization",
        entity.title(),
        quoted(id.as_str())
    );
    let guesses = &entity.env.names.guesses;
    let meant = raise.suggest(|| guesses.organization(id.as_str(), shared.organizations));
    let help = match meant {
        Some(meant) => format!("did you mean {}?", quoted(meant)),
        None => format!("add `organizations/{id}.toml`, or name an organization that is there"),
    };
    raise.at(entity.field(field), message).help(help);
}
