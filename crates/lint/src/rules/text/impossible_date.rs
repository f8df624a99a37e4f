use diagnostics::Severity;

use crate::{DateContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::date("text/impossible-date", Severity::Error, include_str!("impossible_date.md"), check);

/// The years that are possible in the registry: from the start of the web to the latest year for which
/// anyone plans.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

fn check(date: &DateContext<'_>, raise: &mut Raise<'_>) {
    if YEARS.contains(&date.date.year()) {
        return;
    }
    raise
        .at(date.subject(), format!("{} is {}, which cannot be true", date.name(), date.date))
        .help("write the correct date: programs write 1899-12-30, 1904-01-01 or 1970-01-01 if they have none");
}
