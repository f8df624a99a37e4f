//! Readings: what was read of a cell's sources, and what that supports.
//!
//! An attempt says what came of looking at a page; a *reading* is an attempt with the outcome `ok`. An
//! *own reading* is one of the page itself or of a copy of it, not of an excerpt or of a report.

use std::collections::HashSet;

use crate::{
    Cell, Confidence, Date, Dimension, Doubt, Evidence, FetchOutcome, Flag, Optional, PartAnswer, Role,
    Status, Via,
};

/// What supports the `verified_on` of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// An own reading of the page or of an archived copy, not later than the confirmation.
    Own,
    /// A secondary source of the cell that reports a reading of the same day.
    Reported,
}

impl Evidence {
    /// Returns whether it was read, in whatever way.
    pub fn is_read(&self) -> bool {
        self.counted_outcome() == Some(FetchOutcome::Ok)
    }

    /// Returns whether it has an own reading: `ok`, and opened, read in a copy, or read in a way that is not
    /// stated.
    pub fn has_own_reading(&self) -> bool {
        let own = |via: &Optional<Via>| {
            via.is_absent() || matches!(via.get(), Some(Via::Direct | Via::Archive | Via::StoredCopy))
        };
        self.is_read() && self.fetch.known().is_some_and(|fetch| own(&fetch.via))
    }

    /// Returns whether the page itself or an archived copy of it was read.
    pub fn has_traceable_reading(&self) -> bool {
        self.is_read() && matches!(self.via(), Some(Via::Direct | Via::Archive))
    }

    /// How it was read, where that is stated.
    pub fn via(&self) -> Option<Via> {
        self.fetch.known()?.via.get()
    }

    /// The day of its own reading; for a copy, the day of the copy.
    pub fn own_reading_on(&self) -> Option<Date> {
        self.fetch.known().filter(|_| self.has_own_reading())?.on.get()
    }

    /// Returns whether outcome and way of its attempt are known, so that a missing reading is no gap of ours.
    fn knows_reading(&self) -> bool {
        match &self.fetch {
            Optional::Absent => true,
            Optional::Unread => false,
            Optional::Known(fetch) => {
                fetch.outcome.known().is_some() && !fetch.via.is_unread() && !fetch.on.is_unread()
            }
        }
    }
}

impl Cell {
    /// The evidence with an own reading.
    pub fn own_readings(&self) -> impl Iterator<Item = &Evidence> {
        self.evidence.items().iter().filter(|evidence| evidence.has_own_reading())
    }

    /// Returns whether it has an own reading.
    pub fn has_own_reading(&self) -> bool {
        self.own_readings().next().is_some()
    }

    /// Returns whether everything about its readings could be read from the file. Rules that miss a reading are
    /// silent otherwise.
    pub fn knows_readings(&self) -> bool {
        !self.evidence.is_unread() && self.evidence.items().iter().all(Evidence::knows_reading)
    }

    /// Returns whether a reading supports a high confidence: a page of the graded company or of an authority, opened
    /// or read in an archived copy.
    pub fn bears_high_confidence(&self) -> bool {
        let graded = |one: &&Evidence| matches!(one.counted_role(), Some(Role::Primary | Role::Authority));
        self.evidence.items().iter().filter(graded).any(Evidence::has_traceable_reading)
    }

    /// The secondary evidence with an own reading that reports the reading of `evidence`.
    pub fn reporter_of(&self, evidence: &Evidence) -> Option<&Evidence> {
        let fetch = evidence.fetch.known().filter(|fetch| fetch.via.is(Via::Reported))?;
        let url = fetch.reported_by.known()?.identity();
        self.own_readings().find(|one| {
            one.counted_role() == Some(Role::Secondary)
                && one.url.known().is_some_and(|other| other.identity() == url)
        })
    }

    /// What supports a confirmation of this day, if anything does.
    pub fn bearing_of(&self, verified_on: Date) -> Option<Bearing> {
        let items = self.evidence.items();
        let day = |one: &Evidence| one.fetch.known().and_then(|fetch| fetch.on.get());
        if items.iter().any(|one| one.has_traceable_reading() && day(one).is_some_and(|on| on <= verified_on))
        {
            return Some(Bearing::Own);
        }
        let reported = |one: &Evidence| {
            one.is_read() && day(one) == Some(verified_on) && self.reporter_of(one).is_some()
        };
        items.iter().any(reported).then_some(Bearing::Reported)
    }

    /// The day of its confirmation and what supports it; `None` if there is none, or nothing supports it.
    pub fn verification(&self) -> Option<(Date, Bearing)> {
        let day = self.verified_on.get()?;
        Some((day, self.bearing_of(day)?))
    }

    /// The day of its newest dated own reading.
    pub fn newest_reading(&self) -> Option<Date> {
        self.own_readings().filter_map(Evidence::own_reading_on).max()
    }

    /// The as-of date: the later of its confirmation, if a reading supports it, and its
    /// newest dated own reading. A cell without one is undated.
    pub fn as_of(&self) -> Option<Date> {
        self.verification().map(|(day, _)| day).max(self.newest_reading())
    }

    /// The flags that no review closes.
    pub fn open_flags(&self) -> impl Iterator<Item = &Flag> {
        let flags = self.flags.items();
        let reviews = if flags.is_empty() { &[] } else { self.reviews.items() };
        let closed: HashSet<&str> = reviews.iter().map(|review| review.flag.text()).collect();
        flags.iter().filter(move |flag| flag.id.known().is_none_or(|id| !closed.contains(id.as_str())))
    }

    /// Why it is to be checked before anyone relies on it; only a public yes looks safe enough to need
    /// that.
    pub fn doubts(&self, dimension: &Dimension, today: Date) -> Vec<Doubt> {
        let mut doubts = self.lasting_doubts();
        let past = dimension.stale_limit().is_some()
            && self.current_until(dimension).is_none_or(|until| until < today);
        if past && self.status.is(Status::YesPublic) {
            doubts.push(Doubt::PastLimit);
        }
        doubts
    }

    /// Those of its doubts that hold on every day.
    pub fn lasting_doubts(&self) -> Vec<Doubt> {
        if !self.status.is(Status::YesPublic) {
            return Vec::new();
        }
        let parts = || self.parts.known().into_iter().flatten();
        [
            (Doubt::Confidence, !self.confidence.is(Confidence::High)),
            (Doubt::NotRead, !self.has_own_reading()),
            (Doubt::PartUnverified, parts().any(|(_, answer)| answer.is(PartAnswer::Unverified))),
            (Doubt::OpenFlag, self.open_flags().next().is_some()),
        ]
        .into_iter()
        .filter_map(|(doubt, holds)| holds.then_some(doubt))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fetch, Url};

    fn url(path: &str) -> Url {
        format!("https://a.example/{path}").parse().unwrap()
    }

    fn read(path: &str, role: Role, via: Option<Via>, on: Option<&str>) -> Evidence {
        let fetch = Fetch {
            outcome: FetchOutcome::Ok.into(),
            on: on.map(|day| day.parse().unwrap()).into(),
            via: via.into(),
            ..Fetch::default()
        };
        Evidence {
            url: url(path).into(),
            role: Optional::Known(role),
            fetch: Optional::Known(fetch),
            ..Evidence::default()
        }
    }

    fn cell(evidence: Vec<Evidence>) -> Cell {
        Cell { status: Status::YesPublic.into(), evidence: Optional::Known(evidence), ..Cell::default() }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_opened_or_copied_is_an_own_reading() {
        for (via, own, high) in [
            (None, true, false),
            (Some(Via::Direct), true, true),
            (Some(Via::Archive), true, true),
            (Some(Via::StoredCopy), true, false),
            (Some(Via::Snippet), false, false),
            (Some(Via::Reported), false, false),
        ] {
            let cell = cell(vec![read("a", Role::Primary, via, Some("2026-06-01"))]);
            assert_eq!((cell.has_own_reading(), cell.bears_high_confidence()), (own, high), "{via:?}");
            assert_eq!(cell.as_of().is_some(), own, "{via:?}");
        }
        let secondary = cell(vec![read("a", Role::Secondary, Some(Via::Direct), Some("2026-06-01"))]);
        assert!(secondary.has_own_reading() && !secondary.bears_high_confidence());
        assert!(!cell(vec![Evidence { url: url("a").into(), ..Evidence::default() }]).has_own_reading());
    }

    #[test]
    fn a_confirmation_needs_a_reading_that_is_not_later() {
        let opened = cell(vec![read("a", Role::Primary, Some(Via::Direct), Some("2026-06-01"))]);
        assert_eq!(opened.bearing_of(day("2026-06-01")), Some(Bearing::Own));
        assert_eq!(opened.bearing_of(day("2026-05-31")), None);
        let copy = cell(vec![read("a", Role::Primary, Some(Via::StoredCopy), Some("2026-06-01"))]);
        assert_eq!(copy.bearing_of(day("2026-06-02")), None);
        let undated = cell(vec![read("a", Role::Primary, Some(Via::Archive), None)]);
        assert_eq!(undated.bearing_of(day("2026-06-02")), None);
    }

    #[test]
    fn a_report_bears_a_confirmation_of_its_day_alone() {
        let mut reported = read("a", Role::Primary, Some(Via::Reported), Some("2026-06-01"));
        if let Optional::Known(fetch) = &mut reported.fetch {
            fetch.reported_by = Optional::Known("https://A.example:443/review".parse().unwrap());
        }
        let review = read("review", Role::Secondary, Some(Via::StoredCopy), Some("2026-06-01"));
        let whole = cell(vec![reported.clone(), review.clone()]);
        assert_eq!(whole.bearing_of(day("2026-06-01")), Some(Bearing::Reported));
        assert_eq!(whole.bearing_of(day("2026-06-02")), None);
        assert_eq!(cell(vec![reported.clone()]).bearing_of(day("2026-06-01")), None);
        let primary = Evidence { role: Optional::Known(Role::Primary), ..review };
        assert_eq!(cell(vec![reported, primary]).bearing_of(day("2026-06-01")), None);
    }

    #[test]
    fn as_of_is_the_later_of_reading_and_borne_confirmation() {
        let mut one = cell(vec![read("a", Role::Primary, Some(Via::Archive), Some("2026-06-01"))]);
        assert_eq!(one.as_of(), Some(day("2026-06-01")));
        one.verified_on = Optional::Known(day("2026-07-01"));
        assert_eq!(one.as_of(), Some(day("2026-07-01")));
        one.verified_on = Optional::Known(day("2026-05-01"));
        assert_eq!((one.verification(), one.as_of()), (None, Some(day("2026-06-01"))));
        one.evidence = Optional::Absent;
        assert_eq!(one.as_of(), None);
    }

    #[test]
    fn a_public_yes_says_why_it_is_to_be_checked() {
        let dimension = Dimension::default();
        let mut one = cell(vec![read("a", Role::Primary, Some(Via::Direct), Some("2026-06-01"))]);
        one.confidence = Optional::Known(Confidence::High);
        assert_eq!(one.doubts(&dimension, day("2026-11-28")), []);
        assert_eq!(one.doubts(&dimension, day("2026-11-29")), [Doubt::PastLimit]);
        one.parts = Optional::Known([("dpa".parse().unwrap(), PartAnswer::Unverified.into())].into());
        one.flags = Optional::Known(vec![Flag::default()]);
        one.evidence = Optional::Absent;
        one.confidence = Optional::Known(Confidence::Medium);
        let doubts =
            [Doubt::Confidence, Doubt::NotRead, Doubt::PartUnverified, Doubt::OpenFlag, Doubt::PastLimit];
        assert_eq!(one.doubts(&dimension, day("2026-06-01")), doubts);
        one.status = Status::Partial.into();
        assert_eq!(one.doubts(&dimension, day("2026-06-01")), []);
    }
}
