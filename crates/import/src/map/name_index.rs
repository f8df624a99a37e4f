//! Whom and what a table names: owners and questions by their ids and by the names that the registry prints.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use diagnostics::{Candidates, closest, one_of, quoted};
use model::{DimensionId, Entity, Registry, folded_name};

use crate::map::look_alikes::{as_it_looks, odd_characters};
use crate::read::invalid_cell::InvalidCell;

/// How a column names an owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// An owner of any kind.
    Owner,
    /// An offering.
    Offering,
    /// An offering, through which the owner is found.
    Service,
}

/// The names of a registry.
pub(crate) struct NameIndex<'r> {
    pub(super) registry: &'r Registry,
    /// The ids of dimensions by each of their folded names.
    dimensions: BTreeMap<String, Vec<String>>,
    /// Owners by their folded names and ids; made when a table names one in another way than by its id.
    pub(super) owners: OnceLock<BTreeMap<String, Vec<Entity>>>,
    /// The same names, to find the one that is meant by another: of all owners, offerings, platforms, organizations.
    pub(super) candidates: [OnceLock<Candidates>; 4],
    /// Whether nothing is guessed.
    pub(super) is_quiet: AtomicBool,
}

impl<'r> NameIndex<'r> {
    /// The names of a registry.
    pub(crate) fn new(registry: &'r Registry) -> Self {
        let mut dimensions: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for dimension in registry.dimensions.iter() {
            let id = dimension.id.text();
            let slug = dimension.slug.known().map(|slug| slug.as_str()).unwrap_or_default();
            for name in [id, dimension.label.text(), slug, dimension.question.text()] {
                let ids = dimensions.entry(folded_name(name)).or_default();
                if !name.is_empty() && !ids.iter().any(|known| known == id) {
                    ids.push(id.to_owned());
                }
            }
        }
        Self {
            registry,
            dimensions,
            owners: OnceLock::new(),
            candidates: Default::default(),
            is_quiet: AtomicBool::new(false),
        }
    }

    /// The registry.
    pub(crate) fn registry(&self) -> &'r Registry {
        self.registry
    }

    /// The id of the question that a text names: nothing where the text is an id itself, known or not.
    pub(crate) fn dimension(&self, text: &str) -> Result<Option<&str>, InvalidCell> {
        if self.registry.dimensions.get(text).is_some() {
            return Ok(None);
        }
        match self.dimensions.get(&folded_name(text)).map(Vec::as_slice) {
            Some([id]) => return Ok(Some(id)),
            Some([_, _, ..]) if text.parse::<DimensionId>().is_err() => {
                let ids = self.dimensions[&folded_name(text)].iter().map(String::as_str);
                let message = format!("{} is the name of several questions", quoted(text));
                return Err(InvalidCell::new(message, format!("write {}", one_of(ids))));
            }
            _ if text.parse::<DimensionId>().is_ok() => return Ok(None),
            _ => {}
        }
        let message = format!("{}{} is not a question of the registry", quoted(text), odd_characters(text));
        Err(InvalidCell::new(message, self.nearest_dimension(text)))
    }

    /// The ids and labels of the questions, each with the id.
    fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        let dimensions = self.registry.dimensions.iter();
        dimensions.flat_map(|one| [one.id.text(), one.label.text()].map(|name| (name, one.id.text())))
    }

    /// What comes of looking for names, without guesses at what was meant by those that are none.
    pub(crate) fn without_guesses<T>(&self, look: impl FnOnce() -> T) -> T {
        self.is_quiet.store(true, Ordering::Relaxed);
        let found = look();
        self.is_quiet.store(false, Ordering::Relaxed);
        found
    }

    /// The question of which a sentence holds the name.
    pub(crate) fn asked_in(&self, sentence: &str) -> Option<&str> {
        let sentence = folded_name(sentence);
        let within =
            self.names().filter(|(name, _)| !name.is_empty() && sentence.contains(&folded_name(name)));
        within.max_by_key(|(name, _)| name.len()).map(|(_, id)| id)
    }

    /// Which question may be meant, or which there are.
    pub(crate) fn nearest_dimension(&self, text: &str) -> String {
        if self.is_quiet.load(Ordering::Relaxed) {
            return String::new();
        }
        let seen = as_it_looks(text);
        let text = seen.as_deref().unwrap_or(text);
        let meant = self.asked_in(text).or_else(|| {
            let asked = text.trim_end_matches(|c: char| !c.is_alphanumeric());
            let name = closest(asked, self.names().map(|(name, _)| name))?;
            self.names().find(|(known, _)| *known == name).map(|(_, id)| id)
        });
        match meant {
            Some(id) => format!("did you mean `{id}`?"),
            None => format!("write {}", one_of(self.registry.dimensions.iter().map(|one| one.id.text()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{Dimension, DimensionFile, Dimensions, Required};

    use super::*;

    #[test]
    fn questions_go_by_each_of_their_names() {
        let dimension = |id: &str, label: &str, slug: &str| Dimension {
            id: id.parse::<DimensionId>().unwrap().into(),
            label: label.to_owned().into(),
            slug: slug.parse::<model::Slug>().unwrap().into(),
            question: format!("Does it have {label}?").into(),
            ..Dimension::default()
        };
        let dimensions = vec![
            dimension("soc2_type2", "SOC 2 Type II", "soc2-type-2"),
            dimension("hipaa_baa", "HIPAA BAA", "hipaa-baa"),
            dimension("baa", "Hipaa-BAA", "b"),
        ];
        let dimensions = Dimensions::new(DimensionFile { dimensions: Required::Known(dimensions) });
        let registry = Registry { dimensions, ..Registry::default() };
        let names = NameIndex::new(&registry);
        for text in ["SOC 2 Type II", "soc2-type-2", "SOC2_TYPE2", "does it have soc 2 type ii?"] {
            assert_eq!(names.dimension(text).unwrap(), Some("soc2_type2"), "{text}");
        }
        assert_eq!(names.dimension("soc2_type2").unwrap(), None);
        assert_eq!(names.dimension("new_question").unwrap(), None);
        let refused = |text: &str| {
            names.dimension(text).map_err(|invalid| (invalid.message, invalid.help.into_owned()))
        };
        let told = |message: &str, help: &str| Err((message.to_owned(), help.to_owned()));
        assert_eq!(
            refused("HIPAA BAA"),
            told("`HIPAA BAA` is the name of several questions", "write `hipaa_baa` or `baa`")
        );
        let unknown = "`Do you have a SOC 2 Type II report?` is not a question of the registry";
        assert_eq!(
            refused("Do you have a SOC 2 Type II report?"),
            told(unknown, "did you mean `soc2_type2`?")
        );
    }
}
