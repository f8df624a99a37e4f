use diagnostics::{Severity, quoted};

use crate::{EntityContext, Raise, Record, Rule};

pub(crate) static RULE: Rule = Rule::entity(
    "entity/unknown-organization",
    Severity::Error,
    include_str!("unknown_organization.md"),
    check,
);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let (field, id) = match entity.record {
        Record::Organization(_) => return,
        Record::Platform(platform) => ("operator", platform.operator.known()),
        Record::Offering(offering) => ("developer", offering.developer.known()),
    };
    let Some(id) = id else { return };
    let settings = entity.shared.settings;
    if settings.organization(id.as_str()).is_some() {
        return;
    }
    let message = format!(
        "{} names the {field} {}, but there is no such organization",
        entity.title(),
        quoted(id.as_str())
    );
    let guesses = &entity.shared.names.guesses;
    let meant = raise.suggest(|| guesses.organization(id.as_str(), settings.organizations));
    let help = match meant {
        Some(meant) => format!("did you mean {}?", quoted(meant)),
        None => format!("add `organizations/{id}.toml`, or name an organization that is there"),
    };
    raise.at(entity.field(field), message).help(help);
}
