//! Calendar days.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A day of the Gregorian calendar, without time or zone, written `YYYY-MM-DD` (RFC 3339
/// `full-date`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A text that names no day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a calendar day: write YYYY-MM-DD")]
pub struct InvalidDate(pub String);

impl Date {
    /// The day with these numbers, if the calendar has it and its year has four digits.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if !(0..=9999).contains(&year) {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The current day where the caller is, as the system or the variable `TZ` says; in UTC where neither
    /// does.
    pub fn today() -> Self {
        Self(jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::system()).date())
    }

    /// The number of days from `earlier` to this day; negative when `earlier` is later.
    pub fn days_since(self, earlier: Self) -> i64 {
        let span = self.0.duration_since(earlier.0);
        span.as_hours() / 24
    }

    /// The day `days` later; the last day of the year 9999 where that is beyond it.
    pub fn plus_days(self, days: i64) -> Self {
        let last = civil::date(9999, 12, 31);
        let sum = jiff::Span::new().try_days(days).and_then(|span| self.0.checked_add(span));
        Self(sum.unwrap_or(last).min(last))
    }

    /// The first day after this one with this month and day, `MM-DD`; in a year without a 29 February, the day before
    /// it. Nothing where no year has the day.
    pub fn next_yearly(self, month_day: &str) -> Option<Self> {
        // A leap year has every day.
        let [_, month, day] = numbers(&format!("2024-{month_day}"))?.map(|number| number as i8);
        Self::new(2024, month, day)?;
        let in_year = |year| Self::new(year, month, day).or_else(|| Self::new(year, month, day - 1));
        [self.year(), self.year() + 1].into_iter().filter_map(in_year).find(|day| *day > self)
    }
}

/// The year, month and day of a text in the form `YYYY-MM-DD`, whether or not the calendar has that day.
pub(crate) fn numbers(text: &str) -> Option<[i16; 3]> {
    let bytes = text.as_bytes();
    let is_shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse().ok();
    is_shaped.then(|| Some([number(0..4)?, number(5..7)?, number(8..10)?])).flatten()
}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        numbers(text)
            .and_then(|[year, month, day]| Self::new(year, month as i8, day as i8))
            .ok_or_else(|| InvalidDate(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "description": "A calendar day, YYYY-MM-DD.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_real_days() {
        assert_eq!("2026-07-05".parse::<Date>().unwrap().to_string(), "2026-07-05");
        for bad in
            ["2026-02-30", "2026-7-5", "05.07.2026", "2026-07-05T00:00", "", "2026-13-01", "+026-01-01"]
        {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn counts_days() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(day("2026-03-01").days_since(day("2026-02-27")), 2);
        assert_eq!(day("2026-02-27").days_since(day("2026-03-01")), -2);
        assert_eq!(day("2026-02-27").plus_days(180), day("2026-08-26"));
        assert_eq!(day("9999-12-31").plus_days(i64::MAX), day("9999-12-31"));
    }

    #[test]
    fn finds_the_next_day_of_a_year() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        for (from, month_day, next) in [
            ("2026-07-05", "09-30", Some("2026-09-30")),
            ("2026-09-30", "09-30", Some("2027-09-30")),
            ("2026-07-05", "03-31", Some("2027-03-31")),
            ("2026-07-05", "02-29", Some("2027-02-28")),
            ("2027-02-28", "02-29", Some("2028-02-29")),
            ("2026-07-05", "02-30", None),
            ("2026-07-05", "9-30", None),
            ("9999-12-31", "01-01", None),
        ] {
            assert_eq!(day(from).next_yearly(month_day), next.map(day), "{from} {month_day}");
        }
    }
}
