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
    let named: Vec<_> = named.collect();
    let place = |at: usize, nth: usize| cell.at(FieldPath::of("exceptions").index(at).key("models").index(nth));
    for (later, (at, nth, model)) in named.iter().enumerate() {
        let earlier = named[..later].iter().find(|(other, _, same)| other != at && same == model);
        let Some((other, other_nth, _)) = earlier else { continue };
        raise
            .at(
                place(*at, *nth),
                format!("two exceptions of {} name the model {}", cell.name(), quoted(model)),
            )
            .help("name each model in one exception")
            .related(place(*other, *other_nth), "the first one");
    }
}
