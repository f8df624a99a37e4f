use diagnostics::{Place, Severity};
use model::Level;

use crate::{CellContext, Raise, EntityRecord, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("entity/wrong-level", Severity::Error, include_str!("wrong_level.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let (grades, belongs, stands) = match (cell.level(), cell.owner.record) {
        (Some(Level::Platform), EntityRecord::Organization(_)) => {
            ("the serving platform", "the file of the platform", "an organization")
        }
        (Some(Level::Developer), EntityRecord::Platform(_)) => {
            ("the model developer", "the file of the developer", "a platform")
        }
        (Some(Level::Developer), EntityRecord::Offering(offering)) if offering.developer.is_absent() => {
            raise
                .at(
                    Place::key(cell.subject()),
                    format!("{} grades the model developer, but the offering names none", cell.name()),
                )
                .help("name the `developer`; or remove the cell, since the question does not apply to an offering with models of many developers");
            return;
        }
        _ => return,
    };
    raise
        .at(Place::key(cell.subject()), format!("{} grades {grades} but is stored with {stands}", cell.name()))
        .help(format!("move it to {belongs}, or to the offering for which it holds"));
}
