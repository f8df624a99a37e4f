//! Visits: what machines saw when they looked at the pages that cells cite. A visit is never a reading: only a person
//! makes one.

use std::collections::{BTreeMap, HashMap};

use crate::limits::MAX_VISITS;
use crate::record::record;
use crate::{Date, Evidence, FetchOutcome, Optional, Required, Sighting, Url, VisitVia};

record! {
    /// What machines saw when they looked at the pages of one host.
    #[schemars(title = "Visits")]
    pub struct Visits {
        /// The visits; those of one page from the oldest to the newest.
        #[schemars(extend("maxItems" = MAX_VISITS))]
        visits: Optional<Vec<PageVisit>>,
    }
}

record! {
    /// One look at a page by a machine. It is never a reading. Of a run of visits with the same result, the first and
    /// the last are kept.
    #[schemars(rename = "Visit")]
    pub struct PageVisit (at most MAX_VISITS) {
        /// The address of the page, as cells cite it.
        url: Required<Url> as Address,
        /// The day of the visit; for a copy, the day of the copy.
        on: Required<Date>,
        /// The result.
        outcome: Required<FetchOutcome>,
        /// The HTTP status code of the last response (RFC 9110).
        http_status: Optional<i64>,
        /// Whether the page itself was opened, or an archived copy of it.
        via: Required<VisitVia>,
        /// The address to which redirects led.
        final_url: Optional<Url> as Address,
        /// The permanent address of an archived copy that shows what was seen.
        archived_url: Optional<Url> as Address,
        /// The SHA-256 hash of the extracted text, as 64 lower-case hexadecimal digits.
        sha256: Optional<String> as Code,
        /// The program that extracted the text, with its version. Hashes of different extractors are not comparable.
        extractor: Optional<String> as Code,
        /// The size of the response body in bytes.
        bytes: Optional<i64>,
    }
}

impl PageVisit {
    /// The address that names its page, if it could be read.
    pub fn page(&self) -> Option<String> {
        Some(self.url.known()?.identity().into_owned())
    }

    /// Returns whether two visits of a page have the same result. Of a run of these, the first and the last are kept.
    pub fn is_like(&self, other: &Self) -> bool {
        self.outcome == other.outcome
            && self.via == other.via
            && self.sha256 == other.sha256
            && self.extractor == other.extractor
            && self.final_url == other.final_url
    }

    /// Returns the address of another page, if redirects led there.
    pub fn elsewhere(&self) -> Option<&Url> {
        let page = self.url.known()?.page_key();
        self.final_url.known().filter(|to| to.page_key() != page)
    }

    /// Returns whether both saw the same text: both succeeded, with the same hash by the same extractor.
    fn saw_same_text(&self, other: &Self) -> bool {
        let seen = |one: &Self| Some((one.sha256.known()?.clone(), one.extractor.known()?.clone()));
        self.outcome.is(FetchOutcome::Ok)
            && other.outcome.is(FetchOutcome::Ok)
            && seen(self).is_some_and(|text| Some(text) == seen(other))
    }
}

/// The visits of all pages, to be found by page.
#[derive(Debug, Clone, Default)]
pub struct PageVisits(HashMap<String, Vec<PageVisit>>);

impl PageVisits {
    /// The visits of all hosts whose day is known.
    pub fn new(hosts: &BTreeMap<String, Visits>) -> Self {
        let mut pages: HashMap<String, Vec<PageVisit>> = HashMap::new();
        let known = hosts.values().flat_map(|host| host.visits.items());
        for visit in known.filter(|visit| visit.on.known().is_some()) {
            if let Some(page) = visit.page() {
                pages.entry(page).or_default().push(visit.clone());
            }
        }
        // Of one day, the order of the file counts.
        pages.values_mut().for_each(|visits| visits.sort_by_key(|visit| visit.on.get()));
        Self(pages)
    }

    /// The visits of a page, from the oldest to the newest.
    pub fn of(&self, url: &Url) -> &[PageVisit] {
        self.0.get(&*url.identity()).map_or(&[], Vec::as_slice)
    }

    /// What the visits say of a source since its own reading, and the day of the visit that says it. Failed attempts
    /// say nothing: a site that refuses a machine may still have the page.
    pub fn sighting(&self, evidence: &Evidence) -> Option<(Sighting, Date)> {
        let visits = self.of(evidence.url.known()?);
        let is_sure = |visit: &&PageVisit| {
            // What another page says, to which a redirect leads, is not what this one says.
            matches!(visit.outcome.get(), Some(FetchOutcome::Ok | FetchOutcome::NotFound))
                && visit.elsewhere().is_none()
        };
        let newest = visits.iter().rfind(is_sure)?;
        let on = newest.on.get()?;
        let read = evidence.own_reading_on();
        if read.is_some_and(|read| on <= read) {
            return None;
        }
        if newest.outcome.is(FetchOutcome::NotFound) {
            return Some((Sighting::NotFound, on));
        }
        // What was read is known from the last visit that is not newer than the reading.
        let when_read = visits.iter().rfind(|visit| {
            visit.outcome.is(FetchOutcome::Ok)
                && visit.elsewhere().is_none()
                && read.is_some_and(|read| visit.on.get() <= Some(read))
        });
        let is_unchanged = when_read.is_some_and(|visit| visit.saw_same_text(newest));
        Some((if is_unchanged { Sighting::Unchanged } else { Sighting::StillThere }, on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fetch, Via};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn visit(on: &str, outcome: FetchOutcome, text: &str, extractor: &str) -> PageVisit {
        PageVisit {
            url: "https://a.example/x".parse::<Url>().unwrap().into(),
            on: day(on).into(),
            outcome: outcome.into(),
            via: VisitVia::Direct.into(),
            sha256: Some(text.to_owned()).filter(|text| !text.is_empty()).into(),
            extractor: Some(extractor.to_owned()).into(),
            ..PageVisit::default()
        }
    }

    fn sighting(visits: Vec<PageVisit>, read: Option<&str>) -> Option<(Sighting, Date)> {
        let host = Visits { visits: Some(visits).into() };
        let pages = PageVisits::new(&[("a.example".to_owned(), host)].into());
        let fetch = |on: &str| Fetch {
            outcome: FetchOutcome::Ok.into(),
            via: Some(Via::Archive).into(),
            on: Some(day(on)).into(),
            ..Fetch::default()
        };
        let url = "https://A.example:443/x".parse::<Url>().unwrap().into();
        pages.sighting(&Evidence { url, fetch: read.map(fetch).into(), ..Evidence::default() })
    }

    #[test]
    fn unchanged_needs_two_successful_visits_with_one_hash_of_one_extractor() {
        use FetchOutcome::{Blocked, NotFound, Ok};
        let read = Some("2026-08-22");
        let first = || visit("2026-08-22", Ok, "a", "html-1");
        let on = |state: Sighting| Some((state, day("2026-11-29")));
        let then = |second: PageVisit| sighting(vec![first(), second], read);
        assert_eq!(then(visit("2026-11-29", Ok, "a", "html-1")), on(Sighting::Unchanged));
        assert_eq!(then(visit("2026-11-29", Ok, "b", "html-1")), on(Sighting::StillThere));
        assert_eq!(then(visit("2026-11-29", Ok, "a", "html-2")), on(Sighting::StillThere));
        assert_eq!(then(visit("2026-11-29", NotFound, "", "html-1")), on(Sighting::NotFound));
        assert_eq!(then(visit("2026-11-29", Blocked, "", "html-1")), None);
        let without_hash = || visit("2026-08-22", Ok, "", "html-1");
        let later = PageVisit { on: day("2026-11-29").into(), ..without_hash() };
        assert_eq!(sighting(vec![without_hash(), later], read), on(Sighting::StillThere));
    }

    #[test]
    fn what_was_read_is_the_last_text_up_to_the_reading() {
        use FetchOutcome::{Blocked, Ok};
        let on = |state: Sighting| Some((state, day("2026-11-29")));
        let newest = || visit("2026-11-29", Ok, "a", "html-1");
        let before = visit("2026-07-01", Ok, "a", "html-1");
        let other = visit("2026-08-01", Ok, "b", "html-1");
        let failed = visit("2026-10-01", Blocked, "", "html-1");
        assert_eq!(
            sighting(vec![before.clone(), failed, newest()], Some("2026-08-22")),
            on(Sighting::Unchanged)
        );
        let changed = vec![newest(), before.clone(), other];
        assert_eq!(sighting(changed, Some("2026-08-22")), on(Sighting::StillThere));
        let since = visit("2026-09-01", Ok, "a", "html-1");
        assert_eq!(sighting(vec![since, newest()], Some("2026-08-22")), on(Sighting::StillThere));
        assert_eq!(sighting(vec![before, newest()], None), on(Sighting::StillThere), "it was not read");
        assert_eq!(sighting(vec![newest()], Some("2026-11-29")), None);
    }

    #[test]
    fn what_another_page_says_is_not_seen_of_this_one() {
        let redirected = |to: &str| {
            let final_url = Some(to.parse::<Url>().unwrap()).into();
            PageVisit { final_url, ..visit("2026-03-01", FetchOutcome::Ok, "b", "html-1") }
        };
        let first = || visit("2026-01-01", FetchOutcome::Ok, "a", "html-1");
        let slash = sighting(vec![first(), redirected("https://www.a.example/x/")], Some("2026-01-02"));
        assert_eq!(slash, Some((Sighting::StillThere, day("2026-03-01"))));
        assert_eq!(sighting(vec![first(), redirected("https://a.example/")], Some("2026-01-02")), None);
    }
}
