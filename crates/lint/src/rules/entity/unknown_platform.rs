use diagnostics::{Severity, quoted};

use crate::{EntityContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("entity/unknown-platform", Severity::Error, include_str!("unknown_platform.md"), check);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let Some(id) = entity.as_offering().and_then(|offering| offering.platform.known()) else { return };
    let shared = entity.env.shared;
    if shared.platform(id.as_str()).is_some() {
        return;
    }
    let message =
        format!("{} is sold on {}, but there is no such platform", entity.title(), quoted(id.as_str()));
    let guesses = &entity.env.names.guesses;
    let meant = raise.suggest(|| guesses.platform(id.as_str(), shared.platforms));
    let help = match meant {
        Some(meant) => format!("did you mean {}?", quoted(meant)),
        None => format!("add `platforms/{id}.toml`, or name a platform that is there"),
    };
    raise.at(entity.field("platform"), message).help(help);
}
