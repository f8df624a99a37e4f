//! Old findings, as they would be found now: things that go by another name are still the same.

use diagnostics::{Finding, identity};
use model::{Entity, FieldPath, Step};

use super::{ChangeContext, Fate};
use crate::EntityDigest;
use crate::digest::details::PageDigest;

impl ChangeContext<'_> {
    /// Turns a finding of the base revision into what it would be now: about the entity by its present id,
    /// and about an evidence of which only the address was corrected by its present address.
    pub fn follow(&self, finding: &mut Finding) {
        let subject = &mut finding.place.subject;
        let Fate::Lives(now, digest) = self.fate(&subject.entity) else { return };
        if let (Some(dimension), Some(path)) = (&subject.dimension, &subject.field) {
            let was = self.before.entities.get(&subject.entity);
            let named = was.map(|was| identity(path, &was.lists(Some(dimension))));
            // A rule may give its finding its own name.
            let is_named_so = named.is_some() && named == finding.identity;
            if let Some(at) = evidence_at(path).filter(|_| is_named_so)
                && let Some(now_at) = self.evidence_now(&subject.entity, digest, dimension, at)
            {
                let rest = path.steps().iter().skip(2).cloned();
                let head = [Step::Key("evidence".to_owned()), Step::Index(now_at)];
                let path: FieldPath = head.into_iter().chain(rest).collect();
                finding.identity = Some(identity(&path, &digest.lists(Some(dimension))));
            }
        }
        subject.entity = now.clone();
    }

    /// The index at which an evidence is now: where its page is cited or, where it is cited no longer and
    /// another was not cited before, where all else about it, its place too, is as it was.
    fn evidence_now(&self, was: &Entity, now: &EntityDigest, dimension: &str, at: usize) -> Option<usize> {
        fn pages<'e>(entity: &'e EntityDigest, dimension: &str) -> Option<&'e [PageDigest]> {
            entity.cells.get(dimension)?.details.as_ref()?.pages.as_deref()
        }
        let old = pages(self.before.entities.get(was)?, dimension)?;
        let new = pages(now, dimension)?;
        let was = old.get(at).filter(|page| page.url.is_some())?;
        // A page may be cited under several addresses.
        if new.get(at).is_some_and(|is| is.url == was.url) {
            return Some(at);
        }
        let cited =
            |pages: &[PageDigest], page: &PageDigest| pages.iter().position(|one| one.url == page.url);
        cited(new, was).or_else(|| {
            let is = new.get(at)?;
            let is_readdressed = is.url.is_some() && cited(old, is).is_none() && was.reads_like(is);
            is_readdressed.then_some(at)
        })
    }
}

/// The index of the evidence that a path leads into.
pub(crate) fn evidence_at(path: &FieldPath) -> Option<usize> {
    match path.steps() {
        [Step::Key(list), Step::Index(at), ..] if list == "evidence" => Some(*at),
        _ => None,
    }
}
