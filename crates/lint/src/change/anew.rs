//! Finds what was read, confirmed or decided between two states of an answer.

use model::{Date, Optional, Verdict};

use super::Answer;
use crate::digest::details::{PageDigest, ReviewDigest};

impl Answer<'_> {
    /// Returns whether a page was read since: an own reading under an address that had none, or a later one under
    /// an address that had one. Unknown where readings could not be read.
    pub(crate) fn is_read_anew(&self) -> Option<bool> {
        let (old, new) = (self.known_pages()?, self.pages()?.1);
        let last = self.last_known_day(&old);
        Some(new.iter().filter(|page| page.is_own && page.url.is_some()).any(|page| {
            let mut before = own_readings(&old, page).peekable();
            let is_later = |was: &PageDigest| match was.on.or(last) {
                // A day that is added to a reading says when that was, unless it is after all that was known.
                Some(day) => page.on > Some(day),
                None => page.on.is_some(),
            };
            before.peek().is_none() || before.all(is_later)
        }))
    }

    /// Returns whether the words of a page that was read before settle the question, as a person says who corrected
    /// the cell since.
    pub(crate) fn is_corrected_by_quote(&self) -> Option<bool> {
        let (old, new) = (self.known_pages()?, self.pages()?.1);
        let is_reasoned = |review: &&ReviewDigest| {
            review.verdict == Some(Verdict::Corrected) && !review.by.is_empty() && review.has_reason
        };
        let is_corrected = self.new_reviews()?.iter().any(is_reasoned);
        let has_new_quote = |page: &&PageDigest| {
            let mut before = own_readings(&old, page).peekable();
            page.quote.is_some() && before.peek().is_some() && before.all(|was| was.quote != page.quote)
        };
        Some(is_corrected && new.iter().filter(|page| page.is_own).any(|page| has_new_quote(&page)))
    }

    /// Returns whether anything says that a person looked at the answer since: a reading, a later `verified_on` or a
    /// review. One that states no `verified_on` any more does not claim to be verified.
    pub(crate) fn is_verified_anew(&self) -> bool {
        let is_dated_later = match (&self.old.verified_on, &self.new.verified_on) {
            (Optional::Known(old), Optional::Known(new)) => new > old,
            (Optional::Absent, Optional::Absent) => false,
            _ => true,
        };
        is_dated_later
            || self.is_read_anew().unwrap_or(true)
            || self.new_reviews().is_none_or(|reviews| !reviews.is_empty())
    }

    /// The reviews that are new; nothing where reviews could not be read.
    fn new_reviews(&self) -> Option<Vec<&ReviewDigest>> {
        let (old, new) = self.details()?;
        let (mut known, new) = (old.reviews.clone()?, new.reviews.as_ref()?);
        if let Some(stood) = self.stood.and_then(|stood| stood.details.as_ref()) {
            known.extend(stood.reviews.clone()?);
        }
        Some(unmatched(new, &known, |new, old| old.is_kept_by(new)))
    }

    /// The removed reviews; none if reviews could not be read.
    pub(crate) fn lost_reviews(&self) -> Option<Vec<&ReviewDigest>> {
        let (old, new) = self.details()?;
        let (old, new) = (old.reviews.as_ref()?, new.reviews.as_ref()?);
        Some(unmatched(old, new, ReviewDigest::is_kept_by))
    }

    /// The evidence of both; nothing where not all of it could be read.
    pub(crate) fn pages(&self) -> Option<(&[PageDigest], &[PageDigest])> {
        let (old, new) = self.details()?;
        Some((old.pages.as_deref()?, new.pages.as_deref()?))
    }

    /// The evidence of the old answer, and of what was where the answer is now.
    pub(crate) fn known_pages(&self) -> Option<Vec<&PageDigest>> {
        let (old, _) = self.pages()?;
        let mut known: Vec<_> = old.iter().collect();
        if let Some(stood) = self.stood.and_then(|stood| stood.details.as_ref()) {
            known.extend(stood.pages.as_ref()?);
        }
        Some(known)
    }

    /// The last day on which the old answer was read or verified.
    fn last_known_day(&self, pages: &[&PageDigest]) -> Option<Date> {
        let read = pages.iter().filter(|page| page.is_own).filter_map(|page| page.on).max();
        read.max(self.old.verified_on.get())
    }
}

/// The own readings of a page in an older answer.
fn own_readings<'p>(old: &'p [&'p PageDigest], page: &'p PageDigest) -> impl Iterator<Item = &'p PageDigest> {
    old.iter().copied().filter(|was| was.is_own && was.url == page.url)
}

/// The items without their own partner among others. Partners that are equal are found first.
fn unmatched<'i, T: PartialEq>(
    items: &'i [T],
    others: &[T],
    is_partner: impl Fn(&T, &T) -> bool,
) -> Vec<&'i T> {
    let mut free: Vec<&T> = others.iter().collect();
    let mut left: Vec<&T> = items.iter().collect();
    let equal = |one: &T, other: &T| one == other;
    for matches in [&equal as &dyn Fn(&T, &T) -> bool, &is_partner] {
        left.retain(|item| match free.iter().position(|other| matches(item, other)) {
            Some(at) => {
                free.swap_remove(at);
                false
            }
            None => true,
        });
    }
    left
}
