use diagnostics::Severity;
use model::Strength;

use crate::contradictions::{clash, clashes};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/strains-status", Severity::Warning, include_str!("strains_status.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for strain in clashes(cell, Strength::Warning) {
        // A fact that cannot be true is contradicts-status's.
        if clash(cell, strain.spec, Strength::Error).is_some() {
            continue;
        }
        strain
            .raise(cell, raise)
            .help("both can be true, but a reader will ask: correct the weaker one; or, if both hold, say why in an `[[allow]]` entry");
    }
}
