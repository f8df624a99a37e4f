use diagnostics::{Severity, quoted};
use model::Via;

use crate::archives::is_permanent;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/archive-unnamed", Severity::Error, include_str!("archive_unnamed.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        if evidence.via() != Some(Via::Archive) || !evidence.archived_url.is_absent() {
            continue;
        }
        let Some(url) = evidence.url.known().filter(|url| !is_permanent(url)) else { continue };
        raise
            .at(
                cell.of_fetch(at, "via"),
                format!("{} states that {} was read in an archived copy, but not which copy", cell.name(), quoted(url.as_str())),
            )
            .help("add the address of the copy as `archived_url`; a copy without a public address is a `stored_copy`");
    }
}
