//! Facts that a question does not declare, each key judged once for all cells.

use std::sync::OnceLock;

use diagnostics::slips;

use crate::CellContext;

/// What a reader does with a page, as the last word of a key.
const DOINGS: &[&str] = &[
    "checked",
    "confirmed",
    "fetched",
    "found",
    "looked",
    "opened",
    "read",
    "searched",
    "seen",
    "verified",
    "viewed",
];

/// Keys that describe a search, whatever their last word.
const SEARCHES: &[&str] = &[
    "conflict",
    "conflicting_sources",
    "conflicts",
    "search",
    "search_result",
    "search_results",
    "searches",
];

/// The most letters by which a misspelt key differs, and the shortest key in which two slips are likely.
const SLIPS: usize = 2;
const LONG_KEY: usize = 8;

/// What an undeclared key seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seems {
    /// Any key: what is not declared is allowed.
    Plain,
    /// What its reader did with a page.
    OfReader,
    /// A declared key, misspelt or of another question.
    Meant,
}

/// The undeclared keys of a question: the first few are kept, since cells mostly state the same ones. Looking
/// one up waits for no other thread. Without this, a lint of 1,000 offerings costs 1.4 % more instructions.
#[derive(Debug, Default)]
pub(crate) struct UndeclaredFacts([OnceLock<(Box<str>, Seems)>; 16]);

impl UndeclaredFacts {
    fn seems(&self, key: &str, judge: impl Fn() -> Seems) -> Seems {
        let kept = self.0.iter().map(|place| place.get_or_init(|| (key.into(), judge())));
        let found = kept.into_iter().find(|(kept, _)| **kept == *key);
        found.map_or_else(&judge, |(_, seems)| *seems)
    }
}

impl<'a> CellContext<'a> {
    /// What a key seems to be that the question does not declare.
    pub(crate) fn seems(&self, key: &str) -> Seems {
        let judge = || {
            if self.dictionary().is_none() {
                Seems::Plain
            } else if tells_of_reader(key) {
                Seems::OfReader
            } else if self.meant(key).is_some() || self.declared_elsewhere(key).is_some() {
                Seems::Meant
            } else {
                Seems::Plain
            }
        };
        self.undeclared.map_or_else(judge, |undeclared| undeclared.seems(key, judge))
    }

    /// The declared key that was probably meant: of the same question, and one or two letters away.
    pub(crate) fn meant(&self, wrong: &str) -> Option<&'a str> {
        let most = if wrong.len() < LONG_KEY { 1 } else { SLIPS };
        let own = letters(wrong);
        let keys = self.dictionary()?.iter().map(|spec| spec.key.text()).filter(|key| !key.is_empty());
        // Most keys are far apart, which is seen sooner than measured: a slip changes the length by one letter at
        // most, and takes one letter out and puts another in. If each key is checked again, to measure all would
        // cost a lint a quarter of its instructions.
        let keys = keys
            .filter(|key| key.len().abs_diff(wrong.len()) <= most)
            .filter(|key| (letters(key) ^ own).count_ones() as usize <= 2 * most);
        let near = keys.filter_map(|key| Some((slips(key, wrong, most)?, key)));
        near.min().map(|(_, key)| key)
    }

    /// The one other question that declares a key.
    pub(crate) fn declared_elsewhere(&self, key: &str) -> Option<&'a str> {
        self.dictionary()?;
        let mut questions = self.owner.env.shared.dimensions.declaring(key);
        let question = questions.next()?.id.text();
        questions.next().is_none().then_some(question)
    }
}

/// Which letters a key has, a bit each; letters that share a bit only make keys look closer.
fn letters(key: &str) -> u64 {
    key.bytes().fold(0, |letters, byte| letters | 1 << (byte % 64))
}

/// Returns whether a key describes what a reader did.
pub(crate) fn tells_of_reader(key: &str) -> bool {
    let key = key.strip_suffix("_on").unwrap_or(key);
    let last = key.rsplit('_').next().unwrap_or(key);
    DOINGS.contains(&last) || SEARCHES.contains(&key)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn knows_what_readers_do() {
        for key in
            ["list_read", "certificate_seen", "searched", "search_result", "list_checked_on", "conflict"]
        {
            assert!(tells_of_reader(key), "{key}");
        }
        for key in ["read_only", "web_search_days", "spread", "seen_by_default", "conflict_resolution"] {
            assert!(!tells_of_reader(key), "{key}");
        }
    }

    #[test]
    fn each_of_the_first_keys_is_judged_once() {
        let undeclared = UndeclaredFacts::default();
        let judged = Cell::new(0);
        let seems = |key: &str, seems| {
            undeclared.seems(key, || {
                judged.set(judged.get() + 1);
                seems
            })
        };
        for _ in 0..3 {
            assert_eq!(seems("list_read", Seems::OfReader), Seems::OfReader);
            assert_eq!(seems("scope", Seems::Plain), Seems::Plain);
        }
        assert_eq!(judged.get(), 2);
        for at in 0..20 {
            assert_eq!(seems(&format!("key_{at}"), Seems::Meant), Seems::Meant);
        }
        assert_eq!(seems("list_read", Seems::Plain), Seems::OfReader);
    }
}
