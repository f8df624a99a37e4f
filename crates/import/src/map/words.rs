//! The meanings of the words of a table, by a profile.

use std::collections::BTreeMap;

use diagnostics::closest;
use model::{Meaning, Required};

use crate::map::target::Target;

/// A word as profiles and tables compare it: without regard to case, and with one blank where there are several.
pub(crate) fn folded(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The meanings of the words of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(BTreeMap<Target, BTreeMap<String, Word>>);

/// A word, and its meaning.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// As the profile writes it.
    pub(crate) text: String,
    /// The value of each column that it fills, by the name of the column; an empty text says nothing.
    pub(crate) values: Vec<(String, String)>,
}

impl Words {
    /// Adds a word of a column. False where the column has it already.
    pub(crate) fn add(&mut self, target: &Target, text: &str, meaning: &Meaning) -> bool {
        let values = match meaning {
            Meaning::Value(value) => vec![(target.column.clone(), value.clone())],
            Meaning::Values(values) => {
                let known = values.iter().filter_map(|(column, value)| Some((column, value.known()?)));
                known.map(|(column, value)| (Target::parse(column).column, value.clone())).collect()
            }
        };
        let word = Word { text: text.to_owned(), values };
        self.0.entry(target.clone()).or_default().insert(folded(text), word).is_none()
    }

    /// Returns whether no word has a meaning.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The meaning of a word of a column: for one question, if it has one there, else for all.
    pub(crate) fn get(&self, question: Option<&str>, column: &str, word: &str) -> Option<&Word> {
        let word = folded(word);
        self.of(question, column).find_map(|words| words.get(&word))
    }

    /// The word of the profile that is nearest to one that it does not have.
    pub(crate) fn nearest(&self, question: Option<&str>, column: &str, word: &str) -> Option<&str> {
        closest(word, self.of(question, column).flat_map(BTreeMap::values).map(|word| word.text.as_str()))
    }

    /// Returns whether the profile has words of a column.
    pub(crate) fn has(&self, question: Option<&str>, column: &str) -> bool {
        self.of(question, column).next().is_some()
    }

    /// Every column that some word fills beside its own.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.values().flat_map(BTreeMap::values).flat_map(|word| &word.values).map(|(column, _)| &**column)
    }

    fn of(&self, question: Option<&str>, column: &str) -> impl Iterator<Item = &BTreeMap<String, Word>> {
        let own = question.and_then(|question| {
            let target = Target { question: Some(question.to_owned()), column: column.to_owned() };
            self.0.get(&target)
        });
        own.into_iter().chain(self.0.get(&Target::of(column)))
    }
}

/// The known values of a table of texts.
pub(crate) fn known<V>(map: &BTreeMap<String, Required<V>>) -> impl Iterator<Item = (&String, &V)> {
    map.iter().filter_map(|(key, value)| Some((key, value.known()?)))
}
