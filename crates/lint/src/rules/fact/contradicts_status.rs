use diagnostics::Severity;
use model::Strength;

use super::super::cell::parts_contradict_status::contradiction;
use super::super::cell::training_needs_setting::wrong_default;
use crate::contradictions::clashes;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/contradicts-status", Severity::Error, include_str!("contradicts_status.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for clash in clashes(cell, Strength::Error) {
        // Where another error says that the status is wrong, its facts need not say so again.
        if clash.is_about_status() && (wrong_default(cell).is_some() || contradiction(cell).is_some()) {
            continue;
        }
        clash
            .raise(cell, raise)
            .help("both cannot be true: correct the one that the evidence does not bear out");
    }
}
