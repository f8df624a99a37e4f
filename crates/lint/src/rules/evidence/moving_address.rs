use diagnostics::{Severity, quoted};

use crate::git_hosts::{Version, version};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/moving-address", Severity::Warning, include_str!("moving_address.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(url) = evidence.url.known().filter(|_| evidence.archived_url.is_absent()) else { continue };
        let Some(Version::Branch(branch)) = version(url) else { continue };
        raise
            .at(
                cell.of_evidence(at, "url"),
                format!(
                    "{} cites {}, a file on the branch {}, which changes",
                    cell.name(),
                    quoted(url.as_str()),
                    quoted(branch)
                ),
            )
            .help("cite the address with the full commit id that was read, or add that address as `archived_url`");
    }
}
