use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::{Date, Entity, FetchOutcome, FieldPath, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule = Rule::registry(
    "registry/source-disagreement",
    Severity::Info,
    include_str!("source_disagreement.md"),
    check,
);

/// Where an attempt to read a page is told.
#[derive(Clone, Copy, PartialEq)]
struct Attempt<'a> {
    entity: &'a Entity,
    dimension: &'a str,
    at: usize,
    outcome: FetchOutcome,
}

impl Attempt<'_> {
    fn place(self) -> Subject {
        let field = FieldPath::of("evidence").index(self.at).key("fetch").key("outcome");
        Subject::cell(self.entity.clone(), self.dimension).with(field)
    }
}

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut attempts: HashMap<(&str, Date), (Attempt<'_>, bool)> = HashMap::new();
    for (entity, dimension, cell) in registry.cells() {
        for (at, evidence) in cell.evidence.iter().enumerate() {
            let (Some(url), Some(on), Some(outcome)) = (&evidence.url, evidence.fetched_on, evidence.outcome)
            else {
                continue;
            };
            if outcome == FetchOutcome::NotAttempted {
                continue;
            }
            let this = Attempt { entity, dimension, at, outcome };
            let (first, told) = attempts.entry((url.as_str(), on)).or_insert((this, false));
            // Twice in one cell is a duplicate.
            let apart = (first.entity, first.dimension) != (entity, dimension);
            if *told || !apart || first.outcome == outcome {
                continue;
            }
            *told = true;
            raise
                .at(
                    this.place(),
                    format!(
                        "{} tells `{outcome}` of {} on {on}, and {} tells `{}`",
                        registry.cell_name(entity, dimension),
                        quoted(url.as_str()),
                        registry.cell_name(first.entity, first.dimension),
                        first.outcome
                    ),
                )
                .help("read the page once more and write what came of it in both")
                .related(first.place(), format!("`{}` here", first.outcome));
        }
    }
}
