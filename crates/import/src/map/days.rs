//! Days as tables write them. One that begins with its year is a day everywhere; of others only the person who
//! wrote it knows which number is the month, so `--dates` or a profile says it.

use diagnostics::quoted;
use model::{Date, DateOrder, Vocabulary};

use crate::read::invalid_cell::InvalidCell;

/// Why a text is not taken for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is one if the month comes first, or if the day does, or both.
    Order { day_first: bool, month_first: bool },
    /// It is none.
    NoDay,
}

/// Reads a day. A time of midnight, as programs add it, is left out.
pub(crate) fn read(text: &str, order: Option<DateOrder>) -> Result<Date, Unread> {
    let Some(numbers) = numbers(without_midnight(text)) else { return Err(Unread::NoDay) };
    let [first, second, third] = numbers;
    let date = |year: Number, month: Number, day: Number| {
        let is_full = year.digits == 4 && month.digits <= 2 && day.digits <= 2;
        is_full.then(|| Date::new(year.value, month.value as i8, day.value as i8)).flatten()
    };
    if first.digits == 4 {
        return date(first, second, third).ok_or(Unread::NoDay);
    }
    let (day_first, month_first) = (date(third, second, first), date(third, first, second));
    let read = match order {
        Some(DateOrder::Dmy) => day_first,
        Some(DateOrder::Mdy) => month_first,
        Some(DateOrder::Ymd) | None => None,
    };
    read.ok_or(match (day_first, month_first) {
        (None, None) => Unread::NoDay,
        (day, month) => Unread::Order { day_first: day.is_some(), month_first: month.is_some() },
    })
}

#[derive(Clone, Copy)]
struct Number {
    value: i16,
    digits: usize,
}

/// The three numbers of a day, separated by the same mark twice.
fn numbers(text: &str) -> Option<[Number; 3]> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = text.split(mark).map(|part| {
        let is_number = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Some(Number { value: part.parse().ok()?, digits: part.len() })).flatten()
    });
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

/// The text without `00:00:00` and its like at its end.
fn without_midnight(text: &str) -> &str {
    let Some((day, time)) = text.split_once(['T', ' ']) else { return text };
    let time = time.trim();
    let time = time.strip_suffix('Z').or_else(|| time.strip_suffix("+00:00")).unwrap_or(time);
    let is_zero = |time: &str| {
        time.contains(':') && time.chars().all(|c| matches!(c, '0' | ':' | '.')) && time.len() >= "0:00".len()
    };
    let is_twelve = matches!(time, "12:00 AM" | "12:00:00 AM");
    if is_zero(time) || is_twelve { day } else { text }
}

/// What the days of a column look like that were not read.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    /// How many there are, and how many of them are days in each order.
    all: usize,
    day_first: usize,
    month_first: usize,
    /// One that shows the order, else any.
    example: Option<(String, bool)>,
}

impl Looks {
    /// Takes in a text that was not read for want of an order.
    pub(crate) fn add(&mut self, text: &str, day_first: bool, month_first: bool) {
        self.all += 1;
        self.day_first += usize::from(day_first);
        self.month_first += usize::from(month_first);
        let is_telling = day_first != month_first;
        if self.example.as_ref().is_none_or(|(_, told)| is_telling && !told) {
            self.example = Some((text.to_owned(), is_telling));
        }
    }

    /// The orders in which all of them are days.
    pub(crate) fn orders(&self) -> Vec<DateOrder> {
        let counts = [(DateOrder::Dmy, self.day_first), (DateOrder::Mdy, self.month_first)];
        let fits = counts.into_iter().filter(|(_, count)| self.all > 0 && *count == self.all);
        fits.map(|(order, _)| order).collect()
    }

    /// One of them.
    pub(crate) fn example(&self) -> &str {
        self.example.as_ref().map_or("", |(text, _)| text)
    }

    /// Why none of them is taken. The same for each, so that they are reported together.
    pub(crate) fn invalid(&self) -> InvalidCell {
        let (example, fits) = (self.example(), self.orders());
        let form = |order: DateOrder| order.label().replace(", ", "/");
        let help = match fits.as_slice() {
            [order] => {
                let (id, form) = (order.id(), form(*order));
                let look = format!("the dates look like {form} ({})", quoted(example));
                format!("{look}: give `--dates {id}`, or `dates = \"{id}\"` in a profile")
            }
            [] => {
                "they are written in several orders: write year, month and day, such as 2026-07-05".to_owned()
            }
            _ => format!(
                "say which number of {} is the month: give `--dates dmy` or `--dates mdy`, or `dates` in a profile",
                quoted(example)
            ),
        };
        InvalidCell::new("the date does not begin with its year", help)
    }
}

/// Why a text is no day.
pub(crate) fn no_day(text: &str, order: Option<DateOrder>) -> InvalidCell {
    let message = format!("{} is not a day of the calendar", quoted(text));
    let help = match order {
        Some(order @ (DateOrder::Dmy | DateOrder::Mdy)) => {
            format!("write {} with a year of four digits, or 2026-07-05", order.label())
        }
        _ => "write year, month and day, such as 2026-07-05".to_owned(),
    };
    InvalidCell::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, order: Option<DateOrder>) -> Option<String> {
        read(text, order).ok().map(|date| date.to_string())
    }

    #[test]
    fn what_begins_with_the_year_is_a_day() {
        for text in [
            "2026-11-05",
            "2026/11/05",
            "2026/11/5",
            "2026.11.05",
            "2026-11-05 00:00:00",
            "2026-11-05T00:00:00Z",
            "2026-11-05 00:00:00.000",
            "2026-11-05T00:00:00+00:00",
            "2026-11-05 0:00",
        ] {
            assert_eq!(day(text, None).as_deref(), Some("2026-11-05"), "{text}");
        }
        for text in [
            "2026-13-01",
            "2026-02-30",
            "yesterday",
            "2026-11-05 10:00",
            "26-11-05",
            "2026-11",
            "2026/11-05",
            "2026-11-05-1",
            "20261-1-1",
        ] {
            assert_eq!(read(text, None), Err(Unread::NoDay), "{text}");
        }
    }

    #[test]
    fn other_orders_are_taken_only_where_they_are_told() {
        let (dmy, mdy) = (Some(DateOrder::Dmy), Some(DateOrder::Mdy));
        for text in ["20.11.2026", "20/11/2026", "20-11-2026", "20.11.2026 00:00", "2026-11-20"] {
            assert_eq!(day(text, dmy).as_deref(), Some("2026-11-20"), "{text}");
        }
        for text in ["11/20/2026", "11/20/2026 12:00:00 AM", "11/20/2026 0:00"] {
            assert_eq!(day(text, mdy).as_deref(), Some("2026-11-20"), "{text}");
        }
        assert_eq!(day("3/4/2026", dmy).as_deref(), Some("2026-04-03"));
        assert_eq!(day("3/4/2026", mdy).as_deref(), Some("2026-03-04"));
        let order = |day_first, month_first| Err(Unread::Order { day_first, month_first });
        assert_eq!(read("11/20/2026", None), order(false, true));
        assert_eq!(read("20/11/2026", Some(DateOrder::Ymd)), order(true, false));
        assert_eq!(read("3/4/2026", None), order(true, true));
        assert_eq!(read("20/11/2026", mdy), order(true, false));
        for none in ["11/20/26", "31.02.2026", "1.2.3"] {
            assert_eq!(read(none, dmy), Err(Unread::NoDay), "{none}");
        }
    }

    #[test]
    fn the_order_that_fits_every_date_is_named() {
        let help = |texts: &[&str]| {
            let mut looks = Looks::default();
            for text in texts {
                if let Err(Unread::Order { day_first, month_first }) = read(text, None) {
                    looks.add(text, day_first, month_first);
                }
            }
            looks.invalid().help.into_owned()
        };
        assert_eq!(
            help(&["3/4/2026", "11/20/2026"]),
            "the dates look like month/day/year (`11/20/2026`): give `--dates mdy`, or `dates = \"mdy\"` in a profile"
        );
        assert!(help(&["20.11.2026"]).contains("day/month/year (`20.11.2026`): give `--dates dmy`"));
        assert!(help(&["3/4/2026"]).starts_with("say which number of `3/4/2026` is the month"));
        assert!(help(&["20/11/2026", "11/20/2026"]).starts_with("they are written in several orders"));
    }
}
