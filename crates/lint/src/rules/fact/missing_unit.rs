use diagnostics::{Severity, one_of};
use model::{Fact, FactSpec, FieldPath};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/missing-unit", Severity::Warning, include_str!("missing_unit.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (key, fact) in cell.facts() {
        // Under a declared key or another name of one, other rules judge.
        if !is_quantity(fact) || cell.declared(key).is_some() || cell.synonym(key, fact).is_some() {
            continue;
        }
        let specs = cell.dictionary().unwrap_or_default().iter();
        let meant: Vec<_> =
            specs.filter(|spec| bare(spec) == Some(key)).map(|spec| spec.key.text()).collect();
        if meant.is_empty() {
            continue;
        }
        raise
            .at(
                cell.key(FieldPath::of("facts").key(key)),
                format!("the fact `{key}` of {} does not say its unit", cell.name()),
            )
            .help(format!("name the unit in the key: write {}", one_of(meant)));
    }
}

/// The key of a declared quantity without its unit: `retention` of `retention_days`.
fn bare(spec: &FactSpec) -> Option<&str> {
    spec.key.text().strip_suffix(spec.unit.known()?.as_str())?.strip_suffix('_')
}

/// A number, or a text that begins with one: `30 days`.
fn is_quantity(fact: &Fact) -> bool {
    match fact {
        Fact::Integer(_) | Fact::Decimal(_) => true,
        Fact::Text(text) => text.trim_start().starts_with(|c: char| c.is_ascii_digit()),
        Fact::Bool(_) | Fact::Date(_) | Fact::List(_) => false,
    }
}
