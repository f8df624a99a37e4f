use diagnostics::Severity;
use model::FieldPath;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/idle-exception", Severity::Warning, include_str!("idle_exception.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let Some(grade) = cell.status.known() else { return };
    for (at, exception) in cell.exceptions.items().iter().enumerate() {
        if exception.models.known().is_some_and(Vec::is_empty) {
            let models = cell.at(FieldPath::of("exceptions").index(at).key("models"));
            raise
                .at(models, format!("an exception of {} names no model", cell.name()))
                .help("name the models that differ, or remove the exception");
            continue;
        }
        if !exception.status.is(*grade) {
            continue;
        }
        let status = cell.at(FieldPath::of("exceptions").index(at).key("status"));
        raise
            .at(
                status,
                format!("{} is `{grade}`, and an exception for some models repeats that", cell.name()),
            )
            .help("give these models their own grade, or remove the exception and explain in `note` what is special")
            .related(cell.at("status"), "the grade of the cell");
    }
}
