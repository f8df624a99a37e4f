//! Names of the order in which dates are written: `dmy`, and the forms that people and programs write.

use model::{DateOrder, Vocabulary};

/// The order that a name of one says: `dmy`, and as people and programs write forms of dates, `dd/mm/yyyy`,
/// `%d.%m.%Y` or `day, month, year`.
///
/// # Errors
///
/// When it says none that can be read. The message says what to write.
pub fn date_order(name: &str) -> Result<DateOrder, String> {
    let folded = name.to_lowercase();
    let parts: Vec<&str> =
        folded.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty()).collect();
    let parts = match parts.as_slice() {
        [one] => runs(one),
        several => several.to_vec(),
    };
    let part = |part: &&str| match *part {
        "d" | "dd" | "day" => Some('d'),
        "m" | "mm" | "month" => Some('m'),
        "y" | "yy" | "yyyy" | "year" => Some('y'),
        _ => None,
    };
    let order =
        |parts: &[&str]| parts.iter().map(part).collect::<Option<String>>()?.parse::<DateOrder>().ok();
    if parts.contains(&"yy") || name.contains("%y") {
        let meant =
            order(&parts).map(|order| format!(", and then give `{}`", order.id())).unwrap_or_default();
        return Err(format!(
            "a year of two digits cannot be read: write years of four digits in the table{meant}"
        ));
    }
    if let Some(order) = order(&parts) {
        return Ok(order);
    }
    let is_day_name = |part: &&str| matches!(*part, "ddd" | "dddd" | "eee" | "eeee" | "a" | "weekday");
    let is_month_name = |part: &&str| matches!(*part, "mmm" | "mmmm" | "b" | "mon");
    let is_time = |part: &&str| matches!(*part, "h" | "hh" | "s" | "ss" | "z" | "am" | "pm" | "t");
    let why = if parts.iter().any(is_month_name) {
        "months must be numbers"
    } else if parts.iter().any(is_day_name) {
        "a day of the week cannot be read"
    } else if parts.iter().any(is_time) {
        "a time of day cannot be read"
    } else {
        "it is no order of day, month and year"
    };
    let numbers: Vec<&str> = parts
        .iter()
        .filter(|part| !is_day_name(part) && !is_time(part))
        .map(|part| if is_month_name(part) { "m" } else { part })
        .take(3)
        .collect();
    Err(match order(&numbers) {
        Some(meant) => format!("{why}: did you mean `{}` ({})?", meant.id(), meant.label()),
        None => {
            let all = DateOrder::ALL.iter().map(|order| format!("`{}` ({})", order.id(), order.label()));
            format!("{why}: write {}", all.collect::<Vec<_>>().join(", "))
        }
    })
}

/// The runs of one letter in a word, `dd`, `mm` and `yyyy` of `ddmmyyyy`; a word of more letters is one.
fn runs(word: &str) -> Vec<&str> {
    let is_form = word.chars().all(|c| matches!(c, 'd' | 'm' | 'y'));
    if !is_form {
        return vec![word];
    }
    let bytes = word.as_bytes();
    bytes.chunk_by(|one, next| one == next).filter_map(|run| std::str::from_utf8(run).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_goes_by_the_forms_that_people_write() {
        for (order, names) in [
            (
                DateOrder::Dmy,
                &["dmy", "DD/MM/YYYY", "d.m.yyyy", "%d/%m/%Y", "day, month, year", "ddmmyyyy"][..],
            ),
            (DateOrder::Mdy, &["mdy", "mm/dd/yyyy", "M/d/yyyy", "%m-%d-%Y", "month/day/year"]),
            (DateOrder::Ymd, &["ymd", "yyyy-mm-dd", "YYYY/M/D", "%Y-%m-%d"]),
        ] {
            for name in names {
                assert_eq!(date_order(name), Ok(order), "{name}");
            }
        }
        let refused = |name: &str| date_order(name).unwrap_err();
        assert_eq!(refused("dd mmm yyyy"), "months must be numbers: did you mean `dmy` (day, month, year)?");
        assert_eq!(
            refused("dddd, mm/dd/yyyy"),
            "a day of the week cannot be read: did you mean `mdy` (month, day, year)?"
        );
        assert_eq!(
            refused("dd/mm/yy"),
            "a year of two digits cannot be read: write years of four digits in the table, and then give `dmy`"
        );
        assert!(refused("%d/%m/%y").starts_with("a year of two digits"));
        let all = "write `ymd` (year, month, day), `dmy` (day, month, year), `mdy` (month, day, year)";
        for name in ["dddd", "yyyy", "", "us", "ddyyyy", "é"] {
            assert!(refused(name).ends_with(all), "{name}: {}", refused(name));
        }
        assert!(refused("dddd").starts_with("a day of the week cannot be read"));
        assert!(refused("yyyy-mm-dd hh:mm").ends_with("did you mean `ymd` (year, month, day)?"));
    }
}
