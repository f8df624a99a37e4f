use std::collections::{HashMap, HashSet};

use diagnostics::Severity;
use model::{Entity, Subject};

use super::repeated_on_platform::is_repeated;
use crate::side_by_side::side_by_side;
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/duplicate-note", Severity::Warning, include_str!("duplicate_note.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut told_there = HashSet::new();
    for question in side_by_side(registry).iter().filter(|question| is_repeated(question)) {
        told_there.extend(question.cells.iter().map(|(entity, _)| (*entity, question.dimension)));
    }
    let mut noted: HashMap<u64, (&Entity, &str)> = HashMap::new();
    for (entity, dimension, cell) in registry.cells() {
        // A cell that repeats the inherited one is redundant as a whole.
        let Some(note) = cell.note.filter(|_| !cell.repeats_inherited) else { continue };
        let first = *noted.entry(note).or_insert((entity, dimension));
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
