use diagnostics::{Place, Severity, quoted};
use model::Role;

use crate::address::host_range;
use crate::hosts::is_private;
use crate::owners::{graded, is_shared};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/undeclared-domain", Severity::Warning, include_str!("undeclared_domain.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(party) = graded(cell) else { return };
    let owners = cell.owner.env.owners;
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(url) = evidence.url.known().filter(|_| evidence.role.is(Role::Primary)) else { continue };
        let host = url.host();
        // An address that cannot be opened has no owner.
        if party.owns(host) || is_shared(host) || owners.of(host).is_some() || is_private(host) {
            continue;
        }
        if owners.is_partial() {
            return;
        }
        raise
            .at(
                Place::within(cell.of_evidence(at, "url"), host_range(url)),
                format!("{} cites {} as primary, but no organization declares it", cell.name(), quoted(host)),
            )
            .help(format!(
                "add the domain to `domains` of organization {} if it publishes there; if not, the role is `authority` or `secondary`",
                quoted(party.name)
            ));
    }
}
