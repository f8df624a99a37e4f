//! Finds the organization or platform that an argument or an answer means.

use std::str::FromStr;

use diagnostics::{closest, command, guess, one_of, quoted};
use model::{Entity, InvalidId, Registry, is_entity_id};

use super::kebab;
use crate::Failure;
use crate::query::lookup;

/// The most ids that a list names.
const LISTED: usize = 40;

/// The id of an entity that is there, where one is named.
pub(super) fn known_id<I: FromStr<Err = InvalidId>>(
    registry: &Registry,
    kind: &str,
    text: Option<&str>,
) -> Result<Option<I>, Failure> {
    let Some(text) = text else { return Ok(None) };
    let known = lookup::known(registry);
    let is_known = known.iter().any(|(entity, _)| entity.kind() == kind && entity.id() == text);
    let id = is_known.then(|| text.parse().ok()).flatten();
    id.map(Some).ok_or_else(|| unknown(&known, kind, text))
}

/// The id of the entity that an answer means: its id, or its name where no other of its kind has it.
pub(super) fn meant(registry: &Registry, kind: &str, text: &str) -> Result<String, Failure> {
    let known = lookup::known(registry);
    let of_kind = || known.iter().filter(|(entity, _)| entity.kind() == kind);
    if of_kind().any(|(entity, _)| entity.id() == text) {
        return Ok(text.to_owned());
    }
    let is_named = |others: &[String]| others.iter().any(|other| is_same(text, other));
    let named: Vec<_> = of_kind().filter(|(_, others)| is_named(others)).collect();
    match named.as_slice() {
        [(entity, _)] if is_entity_id(entity.id()) => Ok(entity.id().to_owned()),
        [] | [_] => Err(unknown(&known, kind, text)),
        several => {
            let ids = one_of(several.iter().map(|(entity, _)| entity.id()));
            Err(Failure::Usage(format!("several have the name {}: write {ids}", quoted(text))))
        }
    }
}

/// The ids of a kind, for one who does not know them: "the platforms are a, b and c".
pub(super) fn listed(registry: &Registry, kind: &str) -> String {
    let known = lookup::known(registry);
    let ids: Vec<_> =
        known.iter().map(|(one, _)| one).filter(|one| one.kind() == kind).map(Entity::id).collect();
    let more = ids.len().saturating_sub(LISTED);
    let shown = ids[..ids.len() - more].join(", ");
    match (ids.is_empty(), more) {
        (true, _) => format!("there is no {kind} yet: {} new {kind} ID makes one", command()),
        (_, 0) => format!("the {kind}s are {shown}"),
        _ => format!("the {kind}s are {shown} and {more} more"),
    }
}

/// Whether two names differ in nothing but case, blanks and hyphens.
fn is_same(text: &str, name: &str) -> bool {
    guess(text, [name]).is_some_and(|guess| guess.is_sure)
}

/// The failure that a kind has no such id: it is of another kind, mistyped, a name, or not there yet.
fn unknown(known: &[(Entity, Vec<String>)], kind: &str, text: &str) -> Failure {
    let a = |kind: &str| if kind == "platform" { format!("a {kind}") } else { format!("an {kind}") };
    let of_kind = || known.iter().filter(|(one, _)| one.kind() == kind && is_entity_id(one.id()));
    let other = known.iter().find(|(entity, _)| entity.kind() != kind && entity.id() == text);
    if let Some((entity, _)) = other {
        let is = a(entity.kind());
        let ids = one_of(of_kind().map(|(one, _)| one.id()));
        let help = if ids.is_empty() { format!("there is no {kind} yet") } else { format!("write {ids}") };
        return Failure::Usage(format!("{} is {is}, not {}: {help}", quoted(text), a(kind)));
    }
    let by_name = || {
        let name = closest(text, of_kind().flat_map(|(_, others)| others).map(String::as_str))?;
        of_kind().find(|(_, others)| others.iter().any(|other| other == name)).map(|(one, _)| one.id())
    };
    let help = match closest(text, of_kind().map(|(one, _)| one.id())).or_else(by_name) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if kebab(text).is_empty() => format!("make it first: {} new {kind} ID", command()),
        None => format!("make it first: {} new {kind} {}", command(), kebab(text)),
    };
    Failure::Usage(format!("there is no {kind} {}: {help}", quoted(text)))
}
