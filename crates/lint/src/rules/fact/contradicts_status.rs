use diagnostics::Severity;
use model::Strength;

use crate::contradictions::clashes;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/contradicts-status", Severity::Error, include_str!("contradicts_status.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for clash in clashes(cell, Strength::Error) {
        // If another error reports the status, its facts are not reported again.
        if clash.is_about_status() && cell.has_disproved_status() {
            continue;
        }
        clash
            .raise(cell, raise)
            .help("both cannot be true: correct the one that the evidence does not support");
    }
}
