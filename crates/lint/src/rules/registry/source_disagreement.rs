use std::hash::BuildHasher;

use diagnostics::{Severity, quoted};
use foldhash::fast::FixedState;
use model::{Date, Entity, FetchOutcome, FieldPath, Subject, Url};

use crate::repeated::repeated;
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule = Rule::registry(
    "registry/source-disagreement",
    Severity::Info,
    include_str!("source_disagreement.md"),
    check,
);

/// Where an attempt to read a page is recorded.
struct Attempt<'a> {
    entity: &'a Entity,
    dimension: &'a str,
    at: usize,
    url: &'a Url,
    on: Date,
    outcome: FetchOutcome,
}

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    // Most pages are cited once: a hash each shows which are not.
    let hash = |one: &Attempt<'_>| FixedState::default().hash_one((one.url, one.on));
    let repeated = repeated(attempts(registry).map(|one| hash(&one)).collect());
    let is_repeated = |one: &Attempt<'_>| repeated.binary_search(&hash(one)).is_ok();
    let mut several: Vec<_> = attempts(registry).filter(is_repeated).collect();
    several.sort_by_key(|one| (one.url, one.on));
    for attempts in several.chunk_by(|one, other| (one.url, one.on) == (other.url, other.on)) {
        let [first, others @ ..] = attempts else { continue };
        // The rule evidence/duplicate reports two in one cell.
        let apart = |one: &&Attempt<'_>| (one.entity, one.dimension) != (first.entity, first.dimension);
        let Some(other) = others.iter().filter(apart).find(|one| one.outcome != first.outcome) else {
            continue;
        };
        raise
            .at(
                other.place(),
                format!(
                    "{} records `{}` for {} on {}, but {} records `{}`",
                    registry.cell_name(other.entity, other.dimension),
                    other.outcome,
                    quoted(first.url.as_str()),
                    first.on,
                    registry.cell_name(first.entity, first.dimension),
                    first.outcome
                ),
            )
            .help("read the page again and write the result in both")
            .related(first.place(), format!("`{}` here", first.outcome));
    }
}

/// The attempts to read a page.
fn attempts<'a>(registry: &RegistryContext<'a>) -> impl Iterator<Item = Attempt<'a>> {
    registry.cells().flat_map(|(entity, dimension, cell)| {
        cell.evidence.iter().enumerate().filter_map(move |(at, evidence)| {
            let outcome = evidence.outcome.filter(|outcome| *outcome != FetchOutcome::NotAttempted)?;
            let (url, on) = (evidence.url.as_ref()?, evidence.fetched_on?);
            Some(Attempt { entity, dimension, at, url, on, outcome })
        })
    })
}

impl Attempt<'_> {
    fn place(&self) -> Subject {
        let field = FieldPath::of("evidence").index(self.at).key("fetch").key("outcome");
        Subject::cell(self.entity.clone(), self.dimension).with(field)
    }
}
