use diagnostics::{Severity, quoted};
use model::{Category, Entity, Optional, Subject};

use crate::{EntityContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("entity/category-mismatch", Severity::Error, include_str!("category_mismatch.md"), check);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let Some(offering) = entity.as_offering() else { return };
    let Some(category) = offering.category.get() else { return };
    let first_party = category == Category::FirstParty;
    let shared = entity.env.shared;
    let developer = match &offering.developer {
        Optional::Unread => return,
        Optional::Absent if first_party => {
            raise
                .at(entity.field("category"), format!("{} is `first_party` but names no developer", entity.title()))
                .help("name the `developer`; a host of many developers is an `inference_host` or an `aggregator`");
            return;
        }
        Optional::Absent => return,
        Optional::Known(id) => shared.organization(id.as_str()),
    };
    let platform = offering.platform.known().and_then(|id| shared.platform(id.as_str()));
    let Some((platform, operator)) =
        platform.and_then(|(name, platform)| Some((name, platform.operator.known()?)))
    else {
        return;
    };
    let (Some((developer, _)), Some((operator, _))) = (developer, shared.organization(operator.as_str()))
    else {
        return;
    };
    if first_party == (developer == operator) {
        return;
    }
    let (message, help) = if first_party {
        let message = format!(
            "{} is `first_party`, but its developer {} does not operate the platform",
            entity.title(),
            quoted(developer)
        );
        (
            message,
            "write `cloud_distribution` if a cloud sells another company's models, or correct the developer or platform",
        )
    } else {
        let message = format!(
            "{} is `{category}`, but its developer {} operates the platform",
            entity.title(),
            quoted(developer)
        );
        (message, "write `first_party`, or correct the developer or platform")
    };
    let runs = Subject::field(Entity::Platform(platform.to_owned()), "operator");
    raise
        .at(entity.field("category"), message)
        .help(help)
        .related(runs, format!("the platform is operated by {}", quoted(operator)));
}
