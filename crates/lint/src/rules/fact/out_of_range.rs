use diagnostics::Severity;
use model::{Fact, FactSpec, FieldPath};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/out-of-range", Severity::Error, include_str!("out_of_range.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for stated in &cell.stated {
        let Some((value, limit)) = stated.spec.and_then(|spec| beyond(spec, stated.fact)) else { continue };
        raise
            .at(
                cell.at(FieldPath::of("facts").key(stated.key)),
                format!("the fact `{}` of {} is {value}, which is {limit}", stated.key, cell.name()),
            )
            .help("write the number that the page states, or leave the fact out");
    }
}

/// Returns the number, and the declared limit that it exceeds.
fn beyond(spec: &FactSpec, fact: &Fact) -> Option<(String, String)> {
    let (number, value) = match fact {
        Fact::Integer(number) => (*number as f64, number.to_string()),
        Fact::Decimal(number) => (number.to_f64(), number.to_string()),
        _ => return None,
    };
    match (spec.minimum.get(), spec.maximum.get()) {
        (Some(minimum), _) if number < minimum as f64 => Some((value, format!("less than {minimum}"))),
        (_, Some(maximum)) if number > maximum as f64 => Some((value, format!("more than {maximum}"))),
        _ => None,
    }
}
