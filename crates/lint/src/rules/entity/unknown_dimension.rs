use diagnostics::{Applicability, Edit, Place, Severity, one_of, quoted, same_digits};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("entity/unknown-dimension", Severity::Error, include_str!("unknown_dimension.md"), check)
        .exclusive()
        .fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let dimensions = cell.owner.env.shared.dimensions;
    if cell.dimension.is_some() || !dimensions.is_complete() {
        return;
    }
    let ids = || dimensions.iter().map(|dimension| dimension.id.text());
    let name = cell.name();
    let Some((meant, is_alone)) = cell.owner.env.names.guesses.dimension(cell.id, dimensions) else {
        let message = format!("{name} answers no question: there is no dimension {}", quoted(cell.id));
        let help = format!("write {}", one_of(ids()));
        raise.at(Place::key(cell.subject()), message).help(help);
        return;
    };
    let message = format!("{name} answers no question: did you mean `{meant}`?");
    let finding = raise.at(Place::key(cell.subject()), message);
    if cell.owner.cells().any(|(id, _)| id == meant) {
        finding.help(format!("`{meant}` is answered already: delete one of the two, or correct this one"));
        return;
    }
    finding.help(format!("rename the headers to `[cells.{meant}]`"));
    if is_alone {
        let edits = vec![Edit::Rename(cell.subject(), meant.to_owned())];
        let applicability = Applicability::safe_if(same_digits(cell.id, meant));
        finding.fix(format!("rename the headers to `{meant}`"), applicability, edits);
    }
}
