use diagnostics::{Severity, one_of};
use model::{Fact, FactSpec, FieldPath};

use crate::facts::StatedFact;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/missing-unit", Severity::Warning, include_str!("missing_unit.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for &StatedFact { key, fact, spec, synonym } in &cell.stated {
        // Other rules check declared keys and their synonyms.
        if spec.is_some() || synonym.is_some() || !is_quantity(fact) {
            continue;
        }
        let specs = cell.dictionary().unwrap_or_default().iter();
        let meant: Vec<_> = specs.filter(|spec| is_bare(key, spec)).map(|spec| spec.key.text()).collect();
        if meant.is_empty() {
            continue;
        }
        raise
            .at(
                cell.key(FieldPath::of("facts").key(key)),
                format!("the fact `{key}` of {} has no unit", cell.name()),
            )
            .help(format!("name the unit in the key: write {}", one_of(meant)));
    }
}

/// Returns whether it is the key of a declared quantity without its unit: `retention` of `retention_days`.
fn is_bare(key: &str, spec: &FactSpec) -> bool {
    let rest = spec.unit.known().and_then(|unit| Some((spec.key.text().strip_prefix(key)?, unit)));
    rest.is_some_and(|(rest, unit)| rest.strip_prefix('_') == Some(unit))
}

/// A number, or a text that begins with one: `30 days`.
fn is_quantity(fact: &Fact) -> bool {
    match fact {
        Fact::Integer(_) | Fact::Decimal(_) => true,
        Fact::Text(text) => text.trim_start().starts_with(|c: char| c.is_ascii_digit()),
        Fact::Bool(_) | Fact::Date(_) | Fact::List(_) => false,
    }
}
