//! What is recorded of a look at a page.

use model::{Date, FetchOutcome, Optional, PageVisit, Url, Via, VisitVia};

use crate::Sha256;

/// One look at a page by a machine. It is never a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The address that is cited.
    pub url: Url,
    /// The day of the visit; for a copy, the day of the copy.
    pub on: Date,
    /// What came of it.
    pub outcome: FetchOutcome,
    /// The status of the last answer, where there was one.
    pub http_status: Option<u16>,
    /// `direct` or `archive`.
    pub via: Via,
    /// Where redirects led, if there were any.
    pub final_url: Option<Url>,
    /// The permanent address of the copy that was read.
    pub archived_url: Option<Url>,
    /// The hash of the text, where it was read.
    pub sha256: Option<Sha256>,
    /// What made the text: `html-1`.
    pub extractor: Option<String>,
    /// The length of the body, in bytes.
    pub bytes: Option<u64>,
}

impl Visit {
    /// Whether the page was read.
    pub fn is_read(&self) -> bool {
        self.outcome == FetchOutcome::Ok
    }

    /// Whether it says what became of the page. A refusal or a failure does not.
    pub fn is_conclusive(&self) -> bool {
        matches!(self.outcome, FetchOutcome::Ok | FetchOutcome::NotFound)
    }

    /// Whether two visits came to the same: of a run of these, only the first and the last are kept.
    pub fn is_like(&self, other: &Self) -> bool {
        self.url.identity() == other.url.identity() && PageVisit::from(self).is_like(&other.into())
    }

    /// A visit as a registry states it; nothing where a part of it could not be read.
    pub fn of(stated: &PageVisit) -> Option<Self> {
        /// What is stated, in its own type; nothing where it has another form.
        fn optional<T, V>(stated: &Optional<T>, read: impl Fn(&T) -> Option<V>) -> Option<Option<V>> {
            match stated {
                Optional::Known(value) => read(value).map(Some),
                Optional::Absent => Some(None),
                Optional::Unread => None,
            }
        }
        Some(Self {
            url: stated.url.known()?.clone(),
            on: stated.on.get()?,
            outcome: stated.outcome.get()?,
            http_status: optional(&stated.http_status, |status| u16::try_from(*status).ok())?,
            via: match stated.via.get()? {
                VisitVia::Direct => Via::Direct,
                VisitVia::Archive => Via::Archive,
            },
            final_url: optional(&stated.final_url, |url| Some(url.clone()))?,
            archived_url: optional(&stated.archived_url, |url| Some(url.clone()))?,
            sha256: optional(&stated.sha256, |hash| hash.parse().ok())?,
            extractor: optional(&stated.extractor, |name| Some(name.clone()))?,
            bytes: optional(&stated.bytes, |bytes| u64::try_from(*bytes).ok())?,
        })
    }
}

impl From<&Visit> for PageVisit {
    fn from(visit: &Visit) -> Self {
        let via = if visit.via == Via::Archive { VisitVia::Archive } else { VisitVia::Direct };
        Self {
            url: visit.url.clone().into(),
            on: visit.on.into(),
            outcome: visit.outcome.into(),
            http_status: visit.http_status.map(i64::from).into(),
            via: via.into(),
            final_url: visit.final_url.clone().into(),
            archived_url: visit.archived_url.clone().into(),
            sha256: visit.sha256.map(|hash| hash.to_string()).into(),
            extractor: visit.extractor.clone().into(),
            bytes: visit.bytes.and_then(|bytes| i64::try_from(bytes).ok()).into(),
        }
    }
}

/// The visits of a page with another one, in order of their days; nothing where it is known already, or older than one
/// that says what became of the page. Of a run that came to the same, the first and the last are kept.
pub fn record(visits: &[Visit], new: &Visit) -> Option<Vec<Visit>> {
    let at = visits.iter().rposition(|visit| visit.on <= new.on).map_or(0, |at| at + 1);
    let (before, after) = visits.split_at(at);
    let is_known = |visit: &Visit| visit.on == new.on && visit.is_like(new);
    if after.iter().any(Visit::is_conclusive) || before.iter().any(is_known) {
        return None;
    }
    let mut all = [before, std::slice::from_ref(new), after].concat();
    let is_inner = |all: &[Visit], at: usize| {
        at > 0 && at + 1 < all.len() && all[at - 1].is_like(&all[at]) && all[at].is_like(&all[at + 1])
    };
    // The new one and its neighbours are those that may have come to be within a run.
    for at in (at.saturating_sub(1)..=at + 1).rev() {
        if is_inner(&all, at) {
            all.remove(at);
        }
    }
    (all != visits).then_some(all)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn visit(day: i64, outcome: FetchOutcome, text: &str) -> Visit {
        let read = outcome == FetchOutcome::Ok;
        Visit {
            url: "https://example.com/terms".parse().unwrap(),
            on: Date::new(2026, 1, 1).unwrap().plus_days(day),
            outcome,
            http_status: Some(if read { 200 } else { 404 }),
            via: Via::Direct,
            final_url: None,
            archived_url: None,
            sha256: read.then(|| Sha256::of(text.as_bytes())),
            extractor: read.then(|| "html-1".to_owned()),
            bytes: None,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        /// However long a run is, its first and last visit are kept, and nothing else is lost.
        #[test]
        fn runs_keep_their_ends(looks in prop::collection::vec((0i64..3, 0u8..3), 0..40)) {
            let mut visits: Vec<Visit> = Vec::new();
            let mut all = Vec::new();
            let mut day = 0;
            for (later, what) in looks {
                day += later;
                let outcome = if what == 0 { FetchOutcome::NotFound } else { FetchOutcome::Ok };
                let new = visit(day, outcome, &what.to_string());
                if let Some(recorded) = record(&visits, &new) {
                    visits = recorded;
                    all.push(new);
                }
            }
            let mut expected: Vec<Visit> = Vec::new();
            for (at, one) in all.iter().enumerate() {
                let like = |other: Option<&Visit>| other.is_some_and(|other| other.is_like(one));
                let inner = like(at.checked_sub(1).and_then(|at| all.get(at))) && like(all.get(at + 1));
                if !inner {
                    expected.push(one.clone());
                }
            }
            prop_assert_eq!(visits, expected);
        }
    }

    #[test]
    fn an_older_visit_changes_nothing() {
        let visits = [visit(5, FetchOutcome::Ok, "a")];
        assert_eq!(record(&visits, &visit(4, FetchOutcome::NotFound, "")), None);
        assert_eq!(record(&visits, &visit(5, FetchOutcome::Ok, "a")), None);
    }

    #[test]
    fn a_copy_that_is_older_than_a_refusal_is_recorded_before_it() {
        let refused = [visit(5, FetchOutcome::Ok, "a"), visit(9, FetchOutcome::Blocked, "")];
        let copy = visit(7, FetchOutcome::Ok, "b");
        let recorded = record(&refused, &copy).unwrap();
        assert_eq!(recorded, [refused[0].clone(), copy, refused[1].clone()]);
        assert_eq!(record(&recorded, &visit(6, FetchOutcome::Ok, "c")), None);
    }

    #[test]
    fn a_visit_is_stated_and_read_again_without_loss() {
        let mut full = visit(5, FetchOutcome::Ok, "a");
        full.via = Via::Archive;
        full.final_url = "https://example.com/other".parse().ok();
        full.archived_url = "https://archive.example/1".parse().ok();
        full.bytes = Some(12);
        for one in [full, visit(6, FetchOutcome::NotFound, "")] {
            assert_eq!(Visit::of(&PageVisit::from(&one)), Some(one));
        }
        let mut damaged = PageVisit::from(&visit(5, FetchOutcome::Ok, "a"));
        damaged.sha256 = Some("none".to_owned()).into();
        assert_eq!(Visit::of(&damaged), None);
    }
}
