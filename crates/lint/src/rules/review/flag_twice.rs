use diagnostics::{Severity, quoted};
use model::FieldPath;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/flag-twice", Severity::Error, include_str!("flag_twice.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let flags = cell.flags.items();
    for (at, flag) in flags.iter().enumerate() {
        let Some(id) = flag.id.known() else { continue };
        let Some(first) = flags[..at].iter().position(|other| other.id.known() == Some(id)) else { continue };
        let path = |at: usize| cell.at(FieldPath::of("flags").index(at).key("id"));
        raise
            .at(path(at), format!("{} has two flags with the id {}", cell.name(), quoted(id.as_str())))
            .help("give the later one an id of its own, or take it out if it asks the same")
            .related(path(first), "the first");
    }
}
