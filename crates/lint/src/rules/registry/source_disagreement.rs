use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use diagnostics::{Severity, quoted};
use model::{Date, Entity, FetchOutcome, FieldPath, Subject, Url};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule = Rule::registry(
    "registry/source-disagreement",
    Severity::Info,
    include_str!("source_disagreement.md"),
    check,
);

/// Where an attempt to read a page is told.
struct Attempt<'a> {
    entity: &'a Entity,
    dimension: &'a str,
    at: usize,
    url: &'a Url,
    on: Date,
    outcome: FetchOutcome,
}

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    // Most pages agree, so where each is told is noted only for those that do not.
    let (mut outcomes, mut disputed) = (HashMap::new(), HashSet::new());
    for (page, attempt) in attempts(registry) {
        if *outcomes.entry(page.clone()).or_insert(attempt.outcome) != attempt.outcome {
            disputed.insert(page);
        }
    }
    drop(outcomes);
    if disputed.is_empty() {
        return;
    }
    let mut told: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (_, attempt) in attempts(registry).filter(|(page, _)| disputed.contains(page)) {
        told.entry((attempt.url, attempt.on)).or_default().push(attempt);
    }
    for ((url, on), attempts) in told {
        let first = &attempts[0];
        // Twice in one cell is a duplicate.
        let apart = |one: &&Attempt<'_>| (one.entity, one.dimension) != (first.entity, first.dimension);
        let Some(other) = attempts.iter().filter(apart).find(|one| one.outcome != first.outcome) else {
            continue;
        };
        raise
            .at(
                other.place(),
                format!(
                    "{} tells `{}` of {} on {on}, and {} tells `{}`",
                    registry.cell_name(other.entity, other.dimension),
                    other.outcome,
                    quoted(url.as_str()),
                    registry.cell_name(first.entity, first.dimension),
                    first.outcome
                ),
            )
            .help("read the page once more and write what came of it in both")
            .related(first.place(), format!("`{}` here", first.outcome));
    }
}

/// The attempts to read a page, each with the page.
fn attempts<'a>(registry: &RegistryContext<'a>) -> impl Iterator<Item = (Cow<'a, str>, Attempt<'a>)> {
    registry.cells().flat_map(|(entity, dimension, cell)| {
        cell.evidence.iter().enumerate().filter_map(move |(at, evidence)| {
            let outcome = evidence.outcome.filter(|outcome| *outcome != FetchOutcome::NotAttempted)?;
            let (url, on) = (evidence.url.as_ref()?, evidence.fetched_on?);
            Some((url.identity(), Attempt { entity, dimension, at, url, on, outcome }))
        })
    })
}

impl Attempt<'_> {
    fn place(&self) -> Subject {
        let field = FieldPath::of("evidence").index(self.at).key("fetch").key("outcome");
        Subject::cell(self.entity.clone(), self.dimension).with(field)
    }
}
