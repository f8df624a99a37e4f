//! Who is named in a text.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use model::{Entity, Organization, Platform};

use crate::guesses::Guesses;

/// The names of all organizations and platforms by their first word, so that a text is compared only
/// with those that it may name.
#[derive(Debug, Default)]
pub struct EntityNames<'a> {
    by_first_word: HashMap<&'a str, Vec<(Entity, &'a str)>>,
    /// What is meant by misspelt ids.
    pub(crate) guesses: Guesses,
}

impl<'a> EntityNames<'a> {
    /// The names of these entities.
    pub fn new(
        organizations: &'a BTreeMap<String, Organization>,
        platforms: &'a BTreeMap<String, Platform>,
    ) -> Self {
        let mut names = Self::default();
        let organizations =
            organizations.iter().map(|(id, one)| (Entity::Organization(id.clone()), one.name.text()));
        let platforms = platforms.iter().map(|(id, one)| (Entity::Platform(id.clone()), one.name.text()));
        for (entity, name) in organizations.chain(platforms) {
            if let Some(first) = words(name).next() {
                names.by_first_word.entry(first).or_default().push((entity, name));
            }
        }
        names
    }

    /// Those whose name may be in one of the texts, in the order of the entities.
    pub(crate) fn near<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<(&Entity, &'a str)> {
        let heard: HashSet<&str> = texts.flat_map(words).collect();
        let found = heard.into_iter().filter_map(|word| self.by_first_word.get(word)).flatten();
        let mut near: Vec<(&Entity, &str)> = found.map(|(entity, name)| (entity, *name)).collect();
        near.sort_unstable();
        near
    }

    /// Returns whether an organization has this name.
    pub(crate) fn has_organization(&self, name: &str) -> bool {
        let alike = words(name).next().and_then(|first| self.by_first_word.get(first));
        let is_it =
            |(entity, known): &(Entity, &str)| matches!(entity, Entity::Organization(_)) && *known == name;
        alike.is_some_and(|alike| alike.iter().any(is_it))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Where a name is in a text as whole words.
pub(crate) fn find_words(text: &str, name: &str) -> Option<Range<usize>> {
    let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found = text.match_indices(name).map(|(start, _)| start..start + name.len());
    found.find(|range| {
        !joined(text[..range.start].chars().next_back()) && !joined(text[range.end..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_whole_words() {
        assert_eq!(find_words("Metadata of Meta's models", "Meta"), Some(12..16));
        assert_eq!(find_words("Metadata, PreMeta", "Meta"), None);
        assert_eq!(find_words("Mistral AI.", "Mistral AI"), Some(0..10));
    }

    #[test]
    fn only_names_that_begin_with_a_word_of_the_text_are_near() {
        let named = |name: &str| Organization { name: name.to_owned().into(), ..Organization::default() };
        let organizations =
            BTreeMap::from([("mistral".to_owned(), named("Mistral AI")), ("meta".to_owned(), named("Meta"))]);
        let platforms = BTreeMap::new();
        let names = EntityNames::new(&organizations, &platforms);
        let near = names.near(["Models of Mistral, and metadata."].into_iter());
        assert_eq!(near, [(&Entity::Organization("mistral".to_owned()), "Mistral AI")]);
        assert!(names.has_organization("Meta") && !names.has_organization("Mistral"));
    }
}
