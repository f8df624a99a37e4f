use diagnostics::Severity;
use model::FieldPath;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/reader-fact", Severity::Warning, include_str!("reader_fact.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for stated in cell.stated.iter().filter(|stated| cell.is_of_reader(stated)) {
        let key = stated.key;
        raise
            .at(
                cell.key(FieldPath::of("facts").key(key)),
                format!("the fact `{key}` of {} describes how the page was read, not the offering", cell.name()),
            )
            .help("move it to `confidence_reasons`, to the `fetch` of the evidence or to `note`");
    }
}
