//! The facts of a cell, each with what its dimension says of it.

use model::{Cell, Dimension, Fact, FactSpec, Synonym};

use super::{dictionary, is_meant};

/// A fact that is stated and could be read, with what the dimension says of its key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StatedFact<'a> {
    /// Its key.
    pub(crate) key: &'a str,
    /// Its value.
    pub(crate) fact: &'a Fact,
    /// Its declaration.
    pub(crate) spec: Option<&'a FactSpec>,
    /// The declared fact of which it is another name, if it is not declared itself and its value is one
    /// that is meant.
    pub(crate) synonym: Option<(&'a FactSpec, &'a Synonym)>,
}

impl<'a> StatedFact<'a> {
    /// The facts of a cell, by key. One walk along the dictionary serves all of them.
    pub(crate) fn all(cell: &'a Cell, dimension: Option<&'a Dimension>) -> Vec<Self> {
        let facts = cell.facts.known().into_iter().flatten();
        let known = facts.filter_map(|(key, fact)| Some((key.as_str(), fact.known()?)));
        let mut stated: Vec<_> =
            known.map(|(key, fact)| Self { key, fact, spec: None, synonym: None }).collect();
        for spec in dimension.and_then(dictionary).unwrap_or_default() {
            let key = spec.key.text();
            if let Some(one) = find(&mut stated, key) {
                one.spec = one.spec.or(Some(spec));
            }
            for synonym in spec.synonyms.items() {
                let one = find(&mut stated, synonym.key.text()).filter(|one| is_meant(synonym, one.fact));
                if let Some(one) = one {
                    one.synonym = one.synonym.or(Some((spec, synonym)));
                }
            }
        }
        stated.iter_mut().filter(|one| one.spec.is_some()).for_each(|one| one.synonym = None);
        stated
    }
}

/// The fact with a key, of facts in the order of their keys.
fn find<'s, 'a>(stated: &'s mut [StatedFact<'a>], key: &str) -> Option<&'s mut StatedFact<'a>> {
    let at = stated.binary_search_by_key(&key, |one| one.key).ok()?;
    stated.get_mut(at)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::{FactType, Key, Optional, Required};
    use proptest::prelude::*;

    use super::*;

    fn any_key() -> impl Strategy<Value = Key> {
        prop::sample::select(vec!["a", "b", "ab", "ba"]).prop_map(|key| key.parse().unwrap())
    }

    fn any_spec() -> impl Strategy<Value = FactSpec> {
        let when = prop::option::of(prop::sample::select(vec![FactType::Bool, FactType::Integer]));
        let synonym = (any_key(), when).prop_map(|(key, when)| Synonym {
            key: key.into(),
            when: when.into(),
            ..Synonym::default()
        });
        (any_key(), prop::collection::vec(synonym, 0..4)).prop_map(|(key, synonyms)| FactSpec {
            key: key.into(),
            synonyms: Optional::Known(synonyms),
            ..FactSpec::default()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn one_walk_finds_what_looking_up_each_fact_finds(
            specs in prop::collection::vec(any_spec(), 0..4),
            facts in prop::collection::btree_map(any_key(), any::<bool>(), 0..4),
        ) {
            let fact = |is_bool| if is_bool { Fact::Bool(true) } else { Fact::Integer(1) };
            let facts: BTreeMap<_, Required<_>> =
                facts.into_iter().map(|(key, is_bool)| (key, fact(is_bool).into())).collect();
            let cell = Cell { facts: Optional::Known(facts), ..Cell::default() };
            let dimension = Dimension { facts: Optional::Known(specs), ..Dimension::default() };
            for stated in StatedFact::all(&cell, Some(&dimension)) {
                let spec = dimension.fact(stated.key);
                let means = |(_, one): &(&FactSpec, &Synonym)| one.key.text() == stated.key && is_meant(one, stated.fact);
                let specs = dimension.facts.items().iter().filter(|_| spec.is_none());
                let mut synonyms = specs.flat_map(|spec| spec.synonyms.items().iter().map(move |one| (spec, one)));
                prop_assert_eq!(stated.spec, spec);
                prop_assert_eq!(stated.synonym, synonyms.find(means));
            }
        }
    }
}
