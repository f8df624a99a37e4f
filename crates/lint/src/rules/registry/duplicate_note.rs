use std::collections::{HashMap, HashSet};

use diagnostics::Severity;
use model::{Entity, Subject};

use crate::side_by_side::side_by_side;
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/duplicate-note", Severity::Warning, include_str!("duplicate_note.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let notes = &registry.notes;
    if notes.is_empty() {
        return;
    }
    let mut told_there = HashSet::new();
    for question in side_by_side(registry).filter(|question| question.is_repeated(notes)) {
        told_there.extend(question.cells.iter().map(|(entity, _)| (*entity, question.dimension)));
    }
    let mut firsts = HashMap::new();
    // A cell that repeats the inherited one is redundant as a whole.
    for (entity, dimension, _) in registry.cells().filter(|(.., cell)| !cell.repeats_inherited) {
        let Some(number) = notes.number(entity, dimension) else { continue };
        let first = *firsts.entry(number).or_insert((entity, dimension));
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
            .related(place(first), "the first one");
    }
}
