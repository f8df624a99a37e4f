//! Days in other forms than `YYYY-MM-DD`.

use crate::Date;
use crate::date::numbers;

/// The names of the months, by language; a name counts from its third letter on.
const MONTHS: [[&str; 12]; 4] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
];

/// Returns the days that a text may mean, such as `30.11.2026`, `11/30/2026`, `2026-11-3` or `30 Nov 2026`: none where it
/// is no day, two where the day and the month could change places. A year has four digits.
pub fn days_meant(text: &str) -> Vec<Date> {
    let is_mark = |c: char| matches!(c, ' ' | '.' | '/' | '-' | ',');
    let words: Vec<_> = text.trim().split(is_mark).filter(|word| !word.is_empty()).collect();
    let [first, second, third] = words.as_slice() else { return Vec::new() };
    let date = |year: Option<i16>, month: Option<i8>, day: Option<i8>| Date::new(year?, month?, day?);
    let meant = if let Some(month) = month(second) {
        [date(year(third), Some(month), day(first)), date(year(first), Some(month), day(third))]
    } else if let Some(month) = month(first) {
        [date(year(third), Some(month), day(second)), None]
    } else if year(first).is_some() {
        [date(year(first), number(second), number(third)), None]
    } else {
        // With full stops the day is first everywhere.
        let month_first = date(year(third), number(first), number(second)).filter(|_| !text.contains('.'));
        [date(year(third), number(second), number(first)), month_first]
    };
    let mut meant: Vec<_> = meant.into_iter().flatten().collect();
    meant.dedup();
    meant
}

/// Why the calendar does not have the day that a text in the form `YYYY-MM-DD` names: "November has 30 days". None for a
/// day that it has, and for a text of another form.
pub fn no_such_day(text: &str) -> Option<String> {
    let [year, month, day] = numbers(text)?;
    let has = |day: i16| Date::new(year, month as i8, day as i8).is_some();
    if has(day) {
        return None;
    }
    let name = usize::try_from(month).ok()?.checked_sub(1).and_then(|at| MONTHS[0].get(at));
    Some(match name {
        None if month == 0 => "months count from 01".to_owned(),
        None => "a year has 12 months".to_owned(),
        Some(_) if day == 0 => "days count from 01".to_owned(),
        Some(name) => {
            let last = (28..=31).rev().find(|last| has(*last))?;
            let name = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
            let name = if month == 2 { format!("{name} {year}") } else { name };
            format!("{name} has {last} days")
        }
    })
}

fn month(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let is_meant =
        |name: &&str| name.starts_with(&word) && word.chars().count() >= 3.min(name.chars().count());
    let of = |names: &[&str; 12]| {
        let mut found = (1..).zip(names).filter(|(_, name)| is_meant(name));
        let only = found.next();
        only.filter(|_| found.next().is_none()).map(|(number, _)| number)
    };
    MONTHS.iter().find_map(of)
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten()
}

fn number(word: &str) -> Option<i8> {
    (word.len() <= 2).then(|| word.parse().ok()).flatten()
}

/// The day of a month, as a number or as in `1st`.
fn day(word: &str) -> Option<i8> {
    let ending = ["st", "nd", "rd", "th", "er"].iter().find_map(|ending| word.strip_suffix(ending));
    number(ending.unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_forms_of_a_day_are_known() {
        for text in [
            "30.11.2026",
            "30/11/2026",
            "11/30/2026",
            "30-11-2026",
            "2026/11/30",
            "2026.11.30",
            "30 November 2026",
            "30 Nov 2026",
            "30-Nov-2026",
            "November 30, 2026",
            "Nov. 30th, 2026",
            "30. November 2026",
            "30 novembre 2026",
            "30 noviembre 2026",
            "2026 November 30",
        ] {
            let meant: Vec<_> = days_meant(text).iter().map(ToString::to_string).collect();
            assert_eq!(meant, ["2026-11-30"], "{text}");
        }
        assert_eq!(days_meant("2026-11-3").len(), 1);
        assert_eq!(days_meant("3/4/2026").len(), 2);
        assert_eq!(days_meant("4/4/2026").len(), 1);
        assert_eq!(days_meant("1er août 2026").len(), 1);
        for text in ["", "30.2.2026", "30 2026", "yes_public", "30 Ju 2026", "1.2.3", "30.11.26", "a b c"] {
            assert_eq!(days_meant(text), [], "{text}");
        }
    }
}
