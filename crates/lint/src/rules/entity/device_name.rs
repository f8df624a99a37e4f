use diagnostics::{Severity, quoted};
use model::is_device_name;

use crate::{EntityContext, Raise, EntityRecord, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("entity/device-name", Severity::Error, include_str!("device_name.md"), check);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let stated = match entity.record {
        EntityRecord::Organization(organization) => organization.id.text(),
        EntityRecord::Platform(platform) => platform.id.text(),
        EntityRecord::Offering(offering) => offering.id.text(),
    };
    let Some(name) = [entity.entity.id(), stated].into_iter().find(|name| is_device_name(name)) else {
        return;
    };
    raise
        .at(
            entity.field("id"),
            format!("{} is named {}, which Windows reserves for a device", entity.title(), quoted(name)),
        )
        .help("give it another id and file name, such as the name of the company behind it");
}
