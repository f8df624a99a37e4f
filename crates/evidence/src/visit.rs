//! What is recorded of a look at a page.

use model::{Date, FetchOutcome, Url, Via};

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

    /// Whether two visits came to the same: of a run of these, only the first and the last are kept.
    pub fn is_like(&self, other: &Self) -> bool {
        let essence = |visit: &Self| {
            (visit.outcome, visit.via, visit.sha256, visit.extractor.clone(), visit.final_url.clone())
        };
        self.url.identity() == other.url.identity() && essence(self) == essence(other)
    }
}

/// Adds a visit to those of its page, which are in order of their days. Of a run that came to the same, the first and
/// the last are kept. A visit that is known already, or older than the last one, changes nothing. Returns whether
/// anything changed.
pub fn record(visits: &mut Vec<Visit>, new: Visit) -> bool {
    let same_page = |visit: &Visit| visit.url.identity() == new.url.identity();
    let known: Vec<usize> = (0..visits.len()).filter(|at| same_page(&visits[*at])).collect();
    let Some(&last) = known.last() else {
        visits.push(new);
        return true;
    };
    if visits[last].on > new.on || (visits[last].on == new.on && visits[last].is_like(&new)) {
        return false;
    }
    let run = known.len().checked_sub(2).map(|at| known[at]);
    let extends = visits[last].is_like(&new) && run.is_some_and(|first| visits[first].is_like(&new));
    if extends {
        visits[last] = new;
    } else {
        visits.insert(last + 1, new);
    }
    true
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
            let mut visits = Vec::new();
            let mut all = Vec::new();
            let mut day = 0;
            for (later, what) in looks {
                day += later;
                let outcome = if what == 0 { FetchOutcome::NotFound } else { FetchOutcome::Ok };
                let new = visit(day, outcome, &what.to_string());
                if record(&mut visits, new.clone()) {
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
        let mut visits = vec![visit(5, FetchOutcome::Ok, "a")];
        assert!(!record(&mut visits, visit(4, FetchOutcome::NotFound, "")));
        assert!(!record(&mut visits, visit(5, FetchOutcome::Ok, "a")));
        assert_eq!(visits.len(), 1);
    }
}
