use std::collections::HashSet;
use std::num::NonZeroU64;

use diagnostics::Severity;
use model::{Entity, Subject};

use super::repeated_on_platform::is_repeated;
use crate::digest::hash::ByHash;
use crate::side_by_side::side_by_side;
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/duplicate-note", Severity::Warning, include_str!("duplicate_note.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    // Most notes stand once, so where each stands is noted only for those that do not.
    let (mut seen, mut repeated) = (ByHash::default(), ByHash::default());
    for (_, _, note) in notes(registry) {
        if seen.insert(note, ()).is_some() {
            repeated.insert(note, None);
        }
    }
    drop(seen);
    if repeated.is_empty() {
        return;
    }
    let mut told_there = HashSet::new();
    for question in side_by_side(registry).iter().filter(|question| is_repeated(question)) {
        told_there.extend(question.cells.iter().map(|(entity, _)| (*entity, question.dimension)));
    }
    for (entity, dimension, note) in notes(registry) {
        let Some(first) = repeated.get_mut(&note) else { continue };
        let first = *first.get_or_insert((entity, dimension));
        if first == (entity, dimension) || told_there.contains(&(entity, dimension)) {
            continue;
        }
        let place =
            |(entity, dimension): (&Entity, &str)| Subject::cell(entity.clone(), dimension).with("note");
        raise
            .at(
                place((entity, dimension)),
                format!(
                    "{} has the note of {}, word for word",
                    registry.cell_name(entity, dimension),
                    registry.cell_name(first.0, first.1)
                ),
            )
            .help("write what was found for this one; what holds for both belongs in one cell that both inherit")
            .related(place(first), "it stands here first");
    }
}

/// The hashes of all notes, but for those of cells that repeat the inherited one: they are redundant as a
/// whole.
fn notes<'a>(registry: &RegistryContext<'a>) -> impl Iterator<Item = (&'a Entity, &'a str, NonZeroU64)> {
    let cells = registry.cells().filter(|(_, _, cell)| !cell.repeats_inherited);
    cells.filter_map(|(entity, dimension, cell)| Some((entity, dimension, cell.note?)))
}
