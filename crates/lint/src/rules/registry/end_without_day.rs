use diagnostics::{Severity, quoted};
use model::{Entity, FactFormat, FactSpec, FactType, FieldPath, Subject};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("registry/end-without-day", Severity::Error, include_str!("end_without_day.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    for dimension in registry.env.shared.dimensions.iter() {
        for (nth, spec) in dimension.facts.items().iter().enumerate() {
            if spec.valid_for_days.is_absent() || may_be_day(spec) {
                continue;
            }
            let (id, fact) = (dimension.id.text(), spec.key.text());
            raise
                .at(
                    Subject::field(
                        Entity::Dimension(id.to_owned()),
                        FieldPath::of("facts").index(nth).key("valid_for_days"),
                    ),
                    format!(
                        "the fact {} of question {} is no day, so nothing is valid for a number of days after it",
                        quoted(fact),
                        quoted(id)
                    ),
                )
                .identity(format!("facts[{fact}].valid_for_days"))
                .help("leave it out, or declare the fact with `type = \"date\"`, or with `format = \"month_day\"`");
        }
    }
}

/// Whether a declared fact is a date, or days of a year. What could not be read may be.
fn may_be_day(spec: &FactSpec) -> bool {
    let is_date = spec.kind.get().is_none_or(|kind| kind == FactType::Date);
    is_date || spec.format.is_unread() || spec.format.is(FactFormat::MonthDay)
}
