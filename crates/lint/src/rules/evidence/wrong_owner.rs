use diagnostics::{Place, Severity, quoted};
use model::{Entity, Level, Role, Subject};

use crate::address::host_range;
use crate::owners::{graded, is_shared};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/wrong-owner", Severity::Error, include_str!("wrong_owner.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(party) = graded(cell) else { return };
    let name = party.name;
    if party.organization.domains.is_unread() {
        return;
    }
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(url) = evidence.url.known().filter(|_| evidence.role.is(Role::Primary)) else { continue };
        if party.owns(url.host()) || is_shared(url.host()) {
            continue;
        }
        let Some(other) = cell.owner.env.owners.of(url.host()) else { continue };
        let graded = match cell.level() {
            Some(Level::Developer) => "the developer",
            _ => "the operator of the platform",
        };
        raise
            .at(
                Place::within(cell.of_evidence(at, "url"), host_range(url)),
                format!(
                    "{} grades {graded}, {}, but its primary source is a page of {}",
                    cell.name(),
                    quoted(name),
                    quoted(other)
                ),
            )
            .help(format!("cite a page of {}, or give this one the role `secondary`", quoted(name)))
            .related(
                Subject::field(Entity::Organization(other.to_owned()), "domains"),
                format!("{} publishes here", quoted(other)),
            );
    }
}
