use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::FieldPath;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("cell/exception-clash", Severity::Error, include_str!("exception_clash.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let exceptions = cell.exceptions.items().iter().enumerate();
    let named = exceptions.flat_map(|(at, exception)| {
        let models = exception.models.known().into_iter().flatten().enumerate();
        models.map(move |(nth, model)| (at, nth, model.trim().to_lowercase()))
    });
    let place = |at: usize, nth: usize| cell.at(FieldPath::of("exceptions").index(at).key("models").index(nth));
    let mut seen = HashMap::new();
    for (at, nth, model) in named {
        let message = || format!("two exceptions of {} name the model {}", cell.name(), quoted(&model));
        match seen.get(&model) {
            Some((other, _)) if *other == at => {}
            Some((other, other_nth)) => {
                raise
                    .at(place(at, nth), message())
                    .help("name each model in one exception")
                    .related(place(*other, *other_nth), "the first one");
            }
            None => drop(seen.insert(model, (at, nth))),
        }
    }
}
