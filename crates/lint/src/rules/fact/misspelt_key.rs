use diagnostics::{Edit, Applicability, Severity};
use model::FieldPath;

use crate::facts::Seems;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/misspelt-key", Severity::Warning, include_str!("misspelt_key.md"), check)
        .fixable(Applicability::Unsafe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for stated in cell.stated.iter().filter(|one| one.spec.is_none() && one.synonym.is_none()) {
        if cell.seems(stated.key) != Seems::Meant {
            continue;
        }
        let place = || cell.at(FieldPath::of("facts").key(stated.key));
        if let Some(meant) = cell.meant(stated.key) {
            let draft = raise
                .at(
                    diagnostics::Place::key(place()),
                    format!("the fact `{}` of {} is not declared", stated.key, cell.name()),
                )
                .help(format!("did you mean `{meant}`?"));
            if !cell.states(meant) {
                draft.fix(format!("rename it to `{meant}`"), Applicability::Unsafe, vec![Edit::Rename(place(), meant.to_owned())]);
            }
        } else if let Some(question) = cell.declared_elsewhere(stated.key) {
            raise
                .at(
                    diagnostics::Place::key(place()),
                    format!("the fact `{}` of {} is declared only for `{question}`", stated.key, cell.name()),
                )
                .help(format!("move it to the cell `{question}`, or write a key of this question"));
        }
    }
}
