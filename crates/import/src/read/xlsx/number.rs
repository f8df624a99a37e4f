//! Numbers, and the days and times that some of them are.

use model::Date;

use super::styles::Format;
use crate::read::grid::CellKind;

/// The last day that a spreadsheet knows: 9999-12-31, counted from 1899-12-30.
const LAST_DAY: i64 = 2_958_465;
/// From 1904-01-01 to 1899-12-30, the two days from which workbooks count.
const EPOCHS_APART: i64 = 1462;

/// The kind and text of a number in a format.
pub(super) fn read(value: f64, format: &Format, is_1904: bool) -> (CellKind, String) {
    match format {
        Format::Plain => CellKind::of_number(value),
        Format::Other(_) => (CellKind::Number, CellKind::of_number(value).1),
        Format::Time => (CellKind::Time, CellKind::of_number(value).1),
        Format::Day | Format::Month => {
            // As spreadsheets show it: to the second.
            let seconds = (value * 86_400.0).round() as i64;
            match (day(seconds.div_euclid(86_400), is_1904), seconds.rem_euclid(86_400)) {
                (Some(date), 0) if *format == Format::Month => {
                    let day = date.to_string();
                    (CellKind::Month, day.rsplit_once('-').map_or("", |(month, _)| month).to_owned())
                }
                (Some(date), 0) => (CellKind::Date, date.to_string()),
                (Some(date), rest) => (CellKind::Time, format!("{date} {}", time(rest))),
                (None, _) => (CellKind::Time, CellKind::of_number(value).1),
            }
        }
    }
}

/// The day of a number of days. The calendar of 1900 has a day 60, 1900-02-29, that never was; those before it
/// count from one day later.
fn day(count: i64, is_1904: bool) -> Option<Date> {
    let count = count.saturating_add(if is_1904 { EPOCHS_APART } else { 0 });
    let first = if is_1904 { EPOCHS_APART } else { 1 };
    if !(first..=LAST_DAY).contains(&count) || count == 60 {
        return None;
    }
    let shift = i64::from(count < 60);
    Date::new(1899, 12, 30).map(|zero| zero.plus_days(count + shift))
}

fn time(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_days_where_their_format_says_so() {
        let day = |value, is_1904| read(value, &Format::Day, is_1904);
        let date = |text: &str| (CellKind::Date, text.to_owned());
        assert_eq!(day(46208.0, false), date("2026-07-05"));
        assert_eq!(day(44746.0, true), date("2026-07-05"));
        assert_eq!(day(1.0, false), date("1900-01-01"));
        assert_eq!(day(59.0, false), date("1900-02-28"));
        assert_eq!(day(61.0, false), date("1900-03-01"));
        assert_eq!(day(0.0, true), date("1904-01-01"));
        assert_eq!(day(2_958_465.0, false), date("9999-12-31"));
        for none in [60.0, 0.0, -1.0, 2_958_466.0, f64::MAX] {
            assert_eq!(day(none, false).0, CellKind::Time, "{none}");
        }
        let time = |text: &str| (CellKind::Time, text.to_owned());
        assert_eq!(day(46_208.604_166_666_664, false), time("2026-07-05 14:30:00"));
        assert_eq!(day(46_173.999_999_999_8, false), date("2026-06-01"));
        assert_eq!(day(46_174.000_000_000_2, false), date("2026-06-01"));
        assert_eq!(day(46_173.999_98, false), time("2026-05-31 23:59:58"));
        assert_eq!(read(46_143.0, &Format::Month, false), (CellKind::Month, "2026-05".to_owned()));
    }
}
