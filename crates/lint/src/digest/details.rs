//! The parts of a digest that only rules about changes need.

use model::{
    Cell, Date, Evidence, Exception, Fact, Geography, Optional, Review, Role, Url, Verdict, Via, Vocabulary,
};

use super::words::words;
use crate::address::without_trackers;
use crate::facts::{StatedFact, cleaned, settled, trimmed};
use crate::{CellContext, EntityContext};

/// More of a stored cell, for a comparison with another state of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Details {
    /// What it says besides its grade, as safe fixes leave it: tier, route, default, geography, parts, facts
    /// and exceptions. In the order of their paths.
    pub(crate) terms: Vec<Term>,
    /// Its reviews; none where they could not be read.
    pub(crate) reviews: Option<Vec<ReviewDigest>>,
    /// The ids of its flags; none where they could not be read.
    pub(crate) flags: Option<Vec<String>>,
    /// Its evidence, in order; none where not all of it could be read.
    pub(crate) pages: Option<Vec<PageDigest>>,
}

/// A thing that a cell says, in a form in which two can be compared; nothing where it could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// Its path in the cell, such as `tier` and `facts.retention_days`.
    pub(crate) path: Box<str>,
    pub(crate) says: Option<Box<str>>,
}

/// A person's decision about a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReviewDigest {
    pub(crate) on: Option<Date>,
    pub(crate) verdict: Option<Verdict>,
    /// Who decided; empty where that is not said.
    pub(crate) by: String,
    /// The flag that it closes; empty where it closes none.
    pub(crate) flag: String,
    /// Whether it says why.
    pub(crate) has_reason: bool,
    /// Whether all by which it is known could be read.
    pub(crate) is_read: bool,
}

/// An evidence of a cell, and what it says of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageDigest {
    /// The identity of its address.
    pub(crate) url: Option<Box<str>>,
    /// The words of its title.
    pub(crate) title: Option<Box<str>>,
    pub(crate) role: Option<Role>,
    /// The words of its quote.
    pub(crate) quote: Option<Box<str>>,
    /// The identity of the address of its archived copy.
    pub(crate) copy: Option<Box<str>>,
    /// Whether it has an own reading.
    pub(crate) is_own: bool,
    /// Whether it was read, in whatever way.
    pub(crate) is_read: bool,
    /// The day of the attempt to read it.
    pub(crate) on: Option<Date>,
    /// How it was read.
    pub(crate) via: Option<Via>,
}

impl Details {
    pub(crate) fn of(context: &EntityContext<'_>, id: &str, cell: &Cell) -> Self {
        let reviews = || cell.reviews.items().iter().map(ReviewDigest::of).collect();
        let flags = || {
            let ids = cell.flags.items().iter().map(|flag| Some(flag.id.known()?.as_str().to_owned()));
            ids.collect()
        };
        let pages = || cell.evidence.items().iter().map(PageDigest::of).collect();
        Self {
            terms: terms(&CellContext::new(context, id, cell)),
            reviews: (!cell.reviews.is_unread()).then(reviews),
            flags: (!cell.flags.is_unread()).then(flags).flatten(),
            pages: cell.knows_readings().then(pages),
        }
    }
}

impl ReviewDigest {
    fn of(review: &Review) -> Self {
        Self {
            on: review.on.get(),
            verdict: review.verdict.get(),
            by: cleaned(review.by.text()).into_owned(),
            flag: cleaned(review.flag.text()).into_owned(),
            has_reason: !review.reason.text().trim().is_empty(),
            is_read: review.on.known().is_some()
                && review.verdict.known().is_some()
                && !review.by.is_unread()
                && !review.flag.is_unread(),
        }
    }

    /// Returns whether `later` is this review, or may be it. A person or a flag may be added, but not taken away or
    /// exchanged.
    pub(crate) fn is_kept_by(&self, later: &Self) -> bool {
        let keeps = |was: &str, is: &str| was.is_empty() || was == is;
        let is_same = self.on == later.on
            && self.verdict == later.verdict
            && keeps(&self.by, &later.by)
            && keeps(&self.flag, &later.flag);
        is_same || !self.is_read || !later.is_read
    }
}

impl PageDigest {
    fn of(evidence: &Evidence) -> Self {
        let words = |text: &Optional<String>| text.known().and_then(|text| words(text));
        Self {
            url: evidence.url.known().map(page),
            title: words(&evidence.title),
            role: evidence.counted_role(),
            quote: words(&evidence.quote),
            copy: evidence.archived_url.known().map(page),
            is_own: evidence.has_own_reading(),
            is_read: evidence.is_read(),
            on: evidence.fetch.known().and_then(|fetch| fetch.on.get()),
            via: evidence.via(),
        }
    }

    /// Returns whether title, role and quote are those of another.
    pub(crate) fn reads_like(&self, other: &Self) -> bool {
        (&self.title, self.role, &self.quote) == (&other.title, other.role, &other.quote)
    }
}

/// Returns the page of an address. A fix takes out trackers and what readers cannot see, `https` is written
/// for `http`, and the page stays the same.
fn page(url: &Url) -> Box<str> {
    let identity = url.identity();
    let seen = cleaned(&identity);
    match seen.strip_prefix("http:") {
        Some(rest) => without_trackers(&format!("https:{rest}")).into(),
        None => without_trackers(&seen).into(),
    }
}

fn terms(cell: &CellContext<'_>) -> Vec<Term> {
    let mut terms = Vec::new();
    word(&mut terms, "tier", &cell.tier);
    word(&mut terms, "route", &cell.route);
    word(&mut terms, "default", &cell.default);
    term(&mut terms, "geography", &cell.geography, |areas| {
        let mut codes: Vec<_> = areas.iter().copied().map(Geography::code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ").into()
    });
    term(&mut terms, "exceptions", &cell.exceptions, |all| {
        let mut all: Vec<_> = all.iter().map(said_by_exception).collect();
        all.sort();
        all.join("\n").into()
    });
    each(&mut terms, "parts", &cell.parts, |key, answer| {
        let says = answer.known().map(|answer| answer.id().into());
        Term { path: format!("parts.{key}").into(), says }
    });
    each(&mut terms, "facts", &cell.facts, |key, fact| match cell.stated(key) {
        Some(stated) => fact_term(stated),
        None => Term {
            path: format!("facts.{key}").into(),
            says: fact.known().map(|fact| format!("{:?}", unordered(trimmed(fact.clone()))).into()),
        },
    });
    terms.sort_by(|a, b| a.path.cmp(&b.path));
    terms
}

fn fact_term(stated: &StatedFact<'_>) -> Term {
    let (key, fact) = settled(stated);
    Term { path: format!("facts.{key}").into(), says: Some(format!("{:?}", unordered(fact)).into()) }
}

/// A fact in which the order of a list makes no difference.
fn unordered(mut fact: Fact) -> Fact {
    if let Fact::List(items) = &mut fact {
        items.sort();
    }
    fact
}

fn term<T>(terms: &mut Vec<Term>, path: &str, field: &Optional<T>, says: impl FnOnce(&T) -> Box<str>) {
    if !field.is_absent() {
        terms.push(Term { path: path.into(), says: field.known().map(says) });
    }
}

fn word<T: Vocabulary + Copy>(terms: &mut Vec<Term>, path: &str, field: &Optional<T>) {
    term(terms, path, field, |word| word.id().into());
}

fn each<K: AsRef<str>, T>(
    terms: &mut Vec<Term>,
    path: &str,
    map: &Optional<std::collections::BTreeMap<K, T>>,
    of: impl Fn(&str, &T) -> Term,
) {
    match map {
        Optional::Absent => {}
        Optional::Unread => terms.push(Term { path: path.into(), says: None }),
        Optional::Known(map) => terms.extend(map.iter().map(|(key, value)| of(key.as_ref(), value))),
    }
}

/// For which models an exception holds, their grade and their facts.
fn said_by_exception(exception: &Exception) -> String {
    let models = exception.models.known().into_iter().flatten();
    let mut models: Vec<_> = models.map(|model| cleaned(model)).collect();
    models.sort();
    let facts = exception.facts.known().into_iter().flatten();
    let facts: Vec<_> =
        facts.map(|(key, fact)| (key, fact.known().map(|fact| unordered(trimmed(fact.clone()))))).collect();
    format!("{models:?} {:?} {facts:?}", exception.status)
}
