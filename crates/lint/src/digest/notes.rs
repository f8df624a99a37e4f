//! Notes that more than one cell has.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use model::{Cell, CellSource, DimensionId, Entity};
use rayon::prelude::*;

use super::words::words;
use crate::repeated::repeated;
use crate::{CellDigest, Digest};

/// The stored cells whose notes have the hash of another, each with a number of its words: the notes of two cells are
/// equal, word for word, where their numbers are.
#[derive(Debug, Default)]
pub(crate) struct Notes<'a>(HashMap<(&'a Entity, &'a str), usize>);

impl<'a> Notes<'a> {
    /// Reads again the cells whose notes have the hash of another, since the hash alone proves nothing.
    pub(crate) fn compare(digest: &'a Digest, source: &dyn CellSource) -> Self {
        let cells = digest.entities.values().flat_map(|entity| entity.cells.values());
        let repeated = repeated(cells.filter_map(|cell| cell.note).collect());
        if repeated.is_empty() {
            return Self::default();
        }
        let is_repeated =
            |cell: &CellDigest| cell.note.is_some_and(|note| repeated.binary_search(&note).is_ok());
        let numbers = Mutex::new(HashMap::new());
        let number = |cell: &Cell| {
            let words = words(cell.note.known()?)?;
            let mut numbers = numbers.lock().unwrap_or_else(PoisonError::into_inner);
            let next = numbers.len();
            Some(*numbers.entry(words).or_insert(next))
        };
        let entities: Vec<_> = digest.entities.iter().collect();
        let numbered = entities.into_par_iter().filter_map(|(entity, digest)| {
            let mut of_entity = digest.cells.iter().filter(|(_, cell)| is_repeated(cell)).peekable();
            of_entity.peek()?;
            let cells = source.cells(entity)?;
            let numbered = |(id, _): (&'a str, _)| {
                Some(((entity, id), number(cells.get(&id.parse::<DimensionId>().ok()?)?)?))
            };
            Some(of_entity.filter_map(numbered).collect::<Vec<_>>())
        });
        Self(numbered.flatten_iter().collect())
    }

    /// Returns the number of the words of a note, if another note may have the same words.
    pub(crate) fn number(&self, entity: &Entity, dimension: &str) -> Option<usize> {
        self.0.get(&(entity, dimension)).copied()
    }

    /// Returns whether there is no note whose words another may have.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::num::NonZeroU64;

    use model::{Offering, Optional, Registry};

    use super::*;
    use crate::EntityDigest;

    /// The numbers of notes that all have one hash.
    fn numbers(notes: [&str; 4]) -> [Option<usize>; 4] {
        let cell = |note: &str| Cell { note: Optional::Known(note.to_owned()), ..Cell::default() };
        let dimension = || "soc2_type2".parse::<DimensionId>().unwrap();
        let offering = |note: &str| Offering {
            cells: Optional::Known(BTreeMap::from([(dimension(), cell(note))])),
            ..Offering::default()
        };
        let offerings = notes.iter().enumerate().map(|(at, note)| (at.to_string(), offering(note)));
        let registry = Registry { offerings: offerings.collect(), ..Registry::default() };
        let mut digest = Digest::default();
        for (name, offering) in &registry.offerings {
            let cells = offering.cells.known().into_iter().flatten();
            let hashed =
                |cell| CellDigest { note: Some(NonZeroU64::MIN), ..CellDigest::of(cell, None, None) };
            let cells = cells.map(|(id, cell)| (id.as_str(), hashed(cell))).collect();
            digest.add(Entity::Offering(name.clone()), EntityDigest { cells, ..EntityDigest::default() });
        }
        let found = Notes::compare(&digest, &registry);
        [0, 1, 2, 3].map(|at: usize| found.number(&Entity::Offering(at.to_string()), "soc2_type2"))
    }

    #[test]
    fn notes_of_one_hash_are_equal_only_word_for_word() {
        let [first, other, same, blank] =
            numbers(["Acme keeps prompts.", "Acme keeps none.", "Acme keeps\nprompts. ", " "]);
        assert!(first.is_some() && other.is_some() && first == same && first != other && blank.is_none());
    }
}
