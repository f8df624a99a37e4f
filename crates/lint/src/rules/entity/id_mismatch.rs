use diagnostics::{Edit, Applicability, Severity, quoted};
use model::{OfferingId, Value};

use crate::{EntityContext, Raise, EntityRecord, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("entity/id-mismatch", Severity::Error, include_str!("id_mismatch.md"), check)
        .fixable(Applicability::Unsafe);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let stated = match entity.record {
        EntityRecord::Organization(organization) => organization.id.text(),
        EntityRecord::Platform(platform) => platform.id.text(),
        EntityRecord::Offering(offering) => offering.id.text(),
    };
    let name = entity.entity.id();
    // Another rule reports names that differ only in case.
    if stated.is_empty() || stated == name || stated == name.to_lowercase() {
        return;
    }
    let message =
        format!("{} has the id {} in a file named {}", entity.title(), quoted(stated), quoted(name));
    let draft = raise.at(entity.field("id"), message);
    // All three kinds of id have one form. A file name that is no id is the wrong half of the pair.
    if name.parse::<OfferingId>().is_ok() {
        draft.help(format!("write `id = \"{name}\"`, or rename the file to `{stated}.toml`")).fix(
            format!("write the id {}", quoted(name)),
            Applicability::Unsafe,
            vec![Edit::Set(entity.field("id"), Value::from(name))],
        );
    } else {
        draft.help(format!("rename the file to `{stated}.toml`"));
    }
}
