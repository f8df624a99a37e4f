use diagnostics::Severity;
use model::FieldPath;

use crate::facts::{Seems, Stated};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/reader-fact", Severity::Warning, include_str!("reader_fact.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for stated in cell.stated.iter().filter(|stated| is_reader_fact(cell, stated)) {
        let key = stated.key;
        raise
            .at(
                cell.key(FieldPath::of("facts").key(key)),
                format!("the fact `{key}` of {} tells of its reader, not of the offering", cell.name()),
            )
            .help("say it in `confidence_reasons`, in the `fetch` of the evidence or in `note`, and remove the fact");
    }
}

/// Whether a fact is no property of what is graded. What the dimension declares is one.
pub(in crate::rules) fn is_reader_fact(cell: &CellContext<'_>, stated: &Stated<'_>) -> bool {
    let is_known = stated.spec.is_some() || stated.synonym.is_some();
    !is_known && cell.seems(stated.key) == Seems::OfReader
}
