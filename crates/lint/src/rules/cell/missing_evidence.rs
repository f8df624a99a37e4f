use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/missing-evidence", Severity::Error, include_str!("missing_evidence.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(status) = cell.status.get().filter(|_| cell.lacks_evidence()) else { return };
    raise
        .at(
            cell.value_or_missing("evidence", &cell.evidence),
            format!("{} is `{status}` but names no evidence", cell.name()),
        )
        .help("add the page that supports the grade: `url`, `role` and `fetch`; or grade it `no_public_evidence` if there is none");
}
