use diagnostics::Severity;

use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/in-future", Severity::Error, include_str!("in_future.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for (at, visit) in visits.items().iter().enumerate() {
        let Some(on) = visit.on.get().filter(|on| visits.env.is_to_come(*on)) else { continue };
        raise
            .at(visits.field(at, "on"), format!("{} is of {on}, but today is {}", visits.name(at), visits.env.today))
            .help("write the day of the visit, as YYYY-MM-DD");
    }
}
