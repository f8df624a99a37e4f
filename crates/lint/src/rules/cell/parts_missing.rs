use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/parts-missing", Severity::Warning, include_str!("parts_missing.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(dimension) = cell.dimension.filter(|dimension| !dimension.parts.items().is_empty()) else { return };
    let states_none = cell.parts.is_absent() || cell.parts.known().is_some_and(|parts| parts.is_empty());
    if !cell.is_yes() || !states_none {
        return;
    }
    let parts: Vec<_> = dimension.parts.items().iter().map(|part| format!("{part} = \"…\"")).collect();
    raise
        .at(cell.missing("parts"), format!("{} answers a question of several parts with one yes", cell.name()))
        .help(format!(
            "answer each part, `yes`, `no`, or `unverified` if it was not checked: `parts = {{ {} }}`",
            parts.join(", ")
        ));
}
