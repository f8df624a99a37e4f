use diagnostics::{Place, Severity, one_of, quoted};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("entity/unknown-dimension", Severity::Error, include_str!("unknown_dimension.md"), check)
        .exclusive();

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let dimensions = cell.owner.env.shared.dimensions;
    if cell.dimension.is_some() || !dimensions.is_complete() {
        return;
    }
    let ids = || dimensions.iter().map(|dimension| dimension.id.text());
    let message = format!("{} answers no question: there is no dimension {}", cell.name(), quoted(cell.id));
    let help = match cell.owner.env.names.guesses.dimension(cell.id, dimensions) {
        Some(meant) => format!("did you mean {}?", quoted(meant)),
        None => format!("write {}", one_of(ids())),
    };
    raise.at(Place::key(cell.subject()), message).help(help);
}
