use diagnostics::Severity;
use model::Strength;

use crate::contradictions::{clash, clashes};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/strains-status", Severity::Warning, include_str!("strains_status.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for strain in clashes(cell, Strength::Warning) {
        // The rule contradicts-status reports a fact that cannot be true.
        if clash(cell, strain.spec, Strength::Error).is_some() {
            continue;
        }
        strain
            .raise(cell, raise)
            .help("both can be true, but a reader will doubt it: correct the one with weaker evidence; or, if both hold, explain it in an `[[allow]]` entry");
    }
}
