use diagnostics::Severity;

use crate::{DateContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::date("text/impossible-date", Severity::Error, include_str!("impossible_date.md"), check);

/// The years in which anything that the registry records can happen: since the web exists, as far ahead as
/// anyone plans.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

fn check(date: &DateContext<'_>, raise: &mut Raise<'_>) {
    if YEARS.contains(&date.date.year()) {
        return;
    }
    raise
        .at(date.subject(), format!("{} is {}, which cannot be true", date.name(), date.date))
        .help("write the day that was meant: programs write 1899-12-30, 1904-01-01 or 1970-01-01 where they have none");
}
