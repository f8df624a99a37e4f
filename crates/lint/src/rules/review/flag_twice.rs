use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::FieldPath;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/flag-twice", Severity::Error, include_str!("flag_twice.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let mut seen = HashMap::new();
    for (at, flag) in cell.flags.items().iter().enumerate() {
        let Some(id) = flag.id.known() else { continue };
        let first = *seen.entry(id).or_insert(at);
        if first == at {
            continue;
        }
        let path = |at: usize| cell.at(FieldPath::of("flags").index(at).key("id"));
        raise
            .at(path(at), format!("{} has two flags with the id {}", cell.name(), quoted(id.as_str())))
            .help("give the later one its own id, or remove it if it asks the same")
            .related(path(first), "the first");
    }
}
