use diagnostics::{Place, Severity};
use model::{FieldPath, Key};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/parts-incomplete", Severity::Warning, include_str!("parts_incomplete.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let (Some(dimension), Some(parts)) = (cell.dimension, cell.parts.known()) else { return };
    let declared = dimension.parts.items();
    let mut missing = declared.iter().filter(|part| !parts.contains_key(*part));
    let Some(first) = missing.next().filter(|_| !parts.is_empty()) else { return };
    let place = |part: &Key| cell.at(FieldPath::of("parts").key(part.as_str()));
    let names = missing.fold(format!("`{first}`"), |names, part| format!("{names}, `{part}`"));
    let draft = raise
        .at(
            Place::missing(place(first)),
            format!("{} answers some parts of its question but not {names}", cell.name()),
        )
        .help("answer every part: `yes`, `no`, or `unverified` if it was not checked");
    if let Some(stranger) = parts.keys().find(|part| !declared.contains(part)) {
        draft.related(Place::key(place(stranger)), "this is no part of the question");
    }
}
