//! Freshness: until when an answer is current, by its reading and by its facts, and how near or far that day is.

use crate::{Cell, Date, Dimension, Fact, FactFormat, FactSpec, FieldPath, Optional, Status};

/// The last day on which a cell is current, by one of the things that it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct End<'c> {
    /// The day.
    pub day: Date,
    /// What ends.
    pub of: Ground<'c>,
}

/// What an answer rests on for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground<'c> {
    /// The reading of its pages, or a confirmation: its as-of date.
    Reading,
    /// The fact of this key, such as the end of a certificate.
    Fact(&'c str),
}

/// How near a last day is, in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// It is far away.
    Current,
    /// It comes within `due_soon_days`.
    DueSoon,
    /// It is past.
    Past,
    /// It has been past for more than `far_past_days`.
    FarPast,
}

impl Ground<'_> {
    /// Its id for programs: `reading`, or the field of the cell, `facts.valid_until`.
    pub fn id(&self) -> String {
        match self {
            Self::Reading => "reading".to_owned(),
            Self::Fact(key) => FieldPath::of("facts").key(*key).to_string(),
        }
    }
}

impl Dimension {
    /// The days after which an answer is due to be read again, unless its question states them.
    pub const DEFAULT_STALE_AFTER_DAYS: i64 = 180;
    /// The days before its last day from which on an answer is due soon, unless its question states them.
    pub const DEFAULT_DUE_SOON_DAYS: i64 = 30;
    /// An answer is far past its last day after this many further limits, unless its question states the days.
    pub const DEFAULT_FAR_PAST_LIMITS: i64 = 2;

    /// The days after which an answer is due to be read again; nothing where they could not be read.
    pub fn stale_limit(&self) -> Option<i64> {
        or_default(&self.stale_after_days, || Some(Self::DEFAULT_STALE_AFTER_DAYS))
    }

    /// The days before its last day from which on an answer is due soon; nothing where they could not be read.
    pub fn due_soon_limit(&self) -> Option<i64> {
        or_default(&self.due_soon_days, || Some(Self::DEFAULT_DUE_SOON_DAYS))
    }

    /// The days after its last day from which on an answer is far past it; nothing where they could not be read.
    pub fn far_past_limit(&self) -> Option<i64> {
        let limits = || Some(self.stale_limit()?.saturating_mul(Self::DEFAULT_FAR_PAST_LIMITS));
        or_default(&self.far_past_days, limits)
    }

    /// How near a last day is on a day. A limit that could not be read is taken as not reached.
    pub fn stage(&self, last: Date, today: Date) -> Stage {
        match last.days_since(today) {
            left if left >= 0 => match self.due_soon_limit() {
                Some(days) if left <= days => Stage::DueSoon,
                _ => Stage::Current,
            },
            left => match self.far_past_limit() {
                Some(days) if -left > days => Stage::FarPast,
                _ => Stage::Past,
            },
        }
    }
}

fn or_default(stated: &Optional<i64>, default: impl FnOnce() -> Option<i64>) -> Option<i64> {
    match stated {
        Optional::Absent => default(),
        Optional::Unread => None,
        Optional::Known(days) => Some(*days),
    }
}

impl Cell {
    /// The last day by its as-of date: that day plus the limit of its question.
    pub fn reading_end(&self, dimension: &Dimension) -> Option<Date> {
        Some(self.as_of()?.plus_days(dimension.stale_limit()?))
    }

    /// The last days by its facts. Only an answer that says yes, at least in part, rests on them.
    pub fn fact_ends<'c>(&'c self, dimension: &'c Dimension) -> impl Iterator<Item = End<'c>> {
        let rests =
            matches!(self.status.get(), Some(Status::YesPublic | Status::YesSalesGated | Status::Partial));
        let specs = dimension.facts.items().iter().filter(move |_| rests);
        specs.filter_map(|spec| {
            let days = spec.valid_for_days.get()?;
            let key = spec.key.known()?.as_str();
            let day = spec.counted_from(self.fact(key)?, self.as_of())?.plus_days(days);
            Some(End { day, of: Ground::Fact(key) })
        })
    }

    /// Its last day, and what ends on it: the earliest of those by its reading and by its facts. An undated cell has
    /// one only by a fact.
    pub fn end<'c>(&'c self, dimension: &'c Dimension) -> Option<End<'c>> {
        let reading = self.reading_end(dimension).map(|day| End { day, of: Ground::Reading });
        reading.into_iter().chain(self.fact_ends(dimension)).min()
    }

    /// The last day on which it counts as current, and what ends on it. An undated cell is never current.
    pub fn current_end<'c>(&'c self, dimension: &'c Dimension) -> Option<End<'c>> {
        self.as_of()?;
        self.end(dimension)
    }

    /// The last day on which it counts as current.
    pub fn current_until(&self, dimension: &Dimension) -> Option<Date> {
        Some(self.current_end(dimension)?.day)
    }
}

impl FactSpec {
    /// The day from which its days of validity count: its date or, for the days of a year on which periods end, the
    /// first of them after the as-of date.
    fn counted_from(&self, fact: &Fact, as_of: Option<Date>) -> Option<Date> {
        let next = |text: &String| as_of?.next_yearly(text);
        match fact {
            Fact::Date(day) => Some(*day),
            Fact::Text(text) if self.format.is(FactFormat::MonthDay) => next(text),
            Fact::List(days) if self.format.is(FactFormat::MonthDay) => days.iter().filter_map(next).min(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Evidence, Fetch, FetchOutcome, Via};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn spec(key: &str, format: Option<FactFormat>, valid_for_days: i64) -> FactSpec {
        let valid_for_days = Optional::Known(valid_for_days);
        FactSpec {
            key: key.parse::<crate::Key>().unwrap().into(),
            format: format.into(),
            valid_for_days,
            ..FactSpec::default()
        }
    }

    fn dimension() -> Dimension {
        let facts = vec![
            spec("valid_until", None, 0),
            spec("report_date", None, 365),
            spec("period_ends", Some(FactFormat::MonthDay), 90),
        ];
        Dimension { facts: Optional::Known(facts), ..Dimension::default() }
    }

    /// A yes as of 2026-07-05 with a fact.
    fn cell(key: &str, fact: Fact) -> Cell {
        let fetch = Fetch {
            outcome: FetchOutcome::Ok.into(),
            on: Optional::Known(day("2026-07-05")),
            via: Optional::Known(Via::Direct),
            ..Fetch::default()
        };
        let evidence = Evidence { fetch: Optional::Known(fetch), ..Evidence::default() };
        Cell {
            status: Status::YesSalesGated.into(),
            facts: Optional::Known([(key.parse().unwrap(), fact.into())].into()),
            evidence: Optional::Known(vec![evidence]),
            ..Cell::default()
        }
    }

    /// The last day of a cell with a fact, and what ends.
    fn end(key: &str, fact: Fact) -> String {
        let (cell, dimension) = (cell(key, fact), dimension());
        let end = cell.end(&dimension).unwrap();
        assert_eq!(cell.current_until(&dimension), Some(end.day));
        format!("{} by {}", end.day, end.of.id())
    }

    #[test]
    fn the_earliest_of_reading_and_facts_ends_an_answer() {
        let list = |days: &[&str]| Fact::List(days.iter().map(|one| (*one).to_owned()).collect());
        let ends = [
            ("valid_until", Fact::Date(day("2026-09-30"))),
            ("valid_until", Fact::Date(day("2028-09-30"))),
            ("report_date", Fact::Date(day("2025-10-01"))),
            ("period_ends", list(&["03-31", "09-30"])),
            ("period_ends", list(&["03-31"])),
            ("period_ends", Fact::Text("08-31".to_owned())),
            ("period_ends", list(&["2026", "13-01"])),
            ("announced_on", Fact::Date(day("2020-01-01"))),
        ];
        assert_eq!(
            ends.map(|(key, fact)| end(key, fact)),
            [
                "2026-09-30 by facts.valid_until",
                "2027-01-01 by reading",
                "2026-10-01 by facts.report_date",
                "2026-12-29 by facts.period_ends",
                "2027-01-01 by reading",
                "2026-11-29 by facts.period_ends",
                "2027-01-01 by reading",
                "2027-01-01 by reading",
            ]
        );
    }

    #[test]
    fn only_what_says_yes_rests_on_its_facts() {
        let dimension = dimension();
        let mut one = cell("valid_until", Fact::Date(day("2026-09-30")));
        for (status, rests) in [
            (Status::YesPublic, true),
            (Status::Partial, true),
            (Status::Unclear, false),
            (Status::NoPublicEvidence, false),
            (Status::No, false),
        ] {
            one.status = status.into();
            assert_eq!(one.fact_ends(&dimension).count(), usize::from(rests), "{status:?}");
        }
    }

    #[test]
    fn an_undated_cell_is_never_current_and_yet_its_certificate_ends() {
        let dimension = dimension();
        let undated =
            Cell { evidence: Optional::Absent, ..cell("valid_until", Fact::Date(day("2030-01-01"))) };
        assert_eq!(undated.current_until(&dimension), None);
        assert_eq!(undated.end(&dimension).unwrap().of, Ground::Fact("valid_until"));
        let periods = Fact::List(vec!["09-30".to_owned()]);
        let undated = Cell { evidence: Optional::Absent, ..cell("period_ends", periods) };
        assert_eq!(undated.end(&dimension), None, "nothing says after which day periods count");
    }

    #[test]
    fn stages_begin_on_their_days() {
        let (last, dimension) = (day("2026-12-31"), Dimension::default());
        for (today, stage) in [
            ("2026-11-30", Stage::Current),
            ("2026-12-01", Stage::DueSoon),
            ("2026-12-31", Stage::DueSoon),
            ("2027-01-01", Stage::Past),
            ("2027-12-26", Stage::Past),
            ("2027-12-27", Stage::FarPast),
        ] {
            assert_eq!(dimension.stage(last, day(today)), stage, "{today}");
        }
        let unread = Dimension {
            due_soon_days: Optional::Unread,
            stale_after_days: Optional::Unread,
            ..Dimension::default()
        };
        assert_eq!(unread.stage(last, last), Stage::Current);
        assert_eq!(unread.stage(last, day("2030-01-01")), Stage::Past);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn stages_only_grow_with_time(
            limits in proptest::array::uniform3(proptest::option::of(-400i64..800)),
            days in proptest::collection::vec(-1500i64..1500, 2),
        ) {
            let [stale, soon, far] = limits.map(Optional::from);
            let dimension =
                Dimension { stale_after_days: stale, due_soon_days: soon, far_past_days: far, ..Dimension::default() };
            let last = day("2026-12-31");
            let [first, second] = [days[0].min(days[1]), days[0].max(days[1])].map(|days| last.plus_days(days));
            prop_assert!(dimension.stage(last, first) <= dimension.stage(last, second));
        }
    }
}
