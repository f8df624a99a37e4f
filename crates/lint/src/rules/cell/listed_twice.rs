use diagnostics::{Edit, Applicability, Severity, quoted};
use model::{FieldPath, Geography, Vocabulary};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/listed-twice", Severity::Warning, include_str!("listed_twice.md"), check)
        .fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let codes = cell.geography.items();
    twice(cell, "geography", codes, |code| code.code(), raise);
    twice(cell, "confidence_reasons", cell.confidence_reasons.items(), |reason| reason.id(), raise);
    let Some(global) = codes.iter().position(|code| *code == Geography::GLOBAL) else { return };
    let others = codes.iter().enumerate().filter(|(_, code)| **code != Geography::GLOBAL);
    // One finding is enough for an area that is listed twice.
    for (at, code) in others.filter(|(at, code)| !codes[..*at].contains(code)) {
        let path = |at: usize| cell.at(FieldPath::of("geography").index(at));
        raise
            .at(path(at), format!("{} holds worldwide, and in {}", cell.name(), quoted(code.code())))
            .help("leave out `GLOBAL` if it holds in some places only, or the others if it holds everywhere")
            .related(path(global), "worldwide");
    }
}

fn twice<T: PartialEq>(
    cell: &CellContext<'_>,
    key: &str,
    items: &[T],
    name: impl Fn(&T) -> &'static str,
    raise: &mut Raise<'_>,
) {
    for (at, item) in items.iter().enumerate() {
        let Some(first) = items[..at].iter().position(|other| other == item) else { continue };
        let path = |at: usize| cell.at(FieldPath::of(key).index(at));
        let shown = quoted(name(item));
        raise
            .at(path(at), format!("`{key}` of {} lists {shown} twice", cell.name()))
            .help("remove the second")
            .related(path(first), "it is listed here first")
            .fix(format!("remove the second {shown}"), Applicability::Safe, vec![Edit::Remove(path(at))]);
    }
}
