use diagnostics::Severity;
use model::{Fact, FieldPath};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/after-verification", Severity::Warning, include_str!("after_verification.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if !cell.knows_readings() {
        return;
    }
    let Some((last, what)) = last_look(cell) else { return };
    for stated in &cell.stated {
        let may_lie_ahead = |spec: &model::FactSpec| spec.may_lie_ahead.is_unread() || spec.may_lie_ahead.is(true);
        let (Fact::Date(day), Some(_)) = (stated.fact, stated.spec.filter(|spec| !may_lie_ahead(spec))) else {
            continue;
        };
        if *day <= last {
            continue;
        }
        raise
            .at(
                cell.at(FieldPath::of("facts").key(stated.key)),
                format!("the fact `{}` of {} is dated {day}, after {what} of {last}", stated.key, cell.name()),
            )
            .help("record the reading that shows this day, or correct the day");
    }
}

/// Returns the newest dated reading, or else the day of the confirmation.
fn last_look(cell: &CellContext<'_>) -> Option<(model::Date, &'static str)> {
    let reading = cell.newest_reading().map(|day| (day, "the newest reading"));
    reading.or_else(|| Some((cell.verified_on.get()?, "the confirmation")))
}
