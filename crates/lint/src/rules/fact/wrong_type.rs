use diagnostics::Severity;
use model::{Fact, FactSpec, FactType, FieldPath};

use crate::facts::{Stated, describe, misfit};
use crate::filler::is_filler_fact;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/wrong-type", Severity::Error, include_str!("wrong_type.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for &Stated { key, fact, spec, .. } in &cell.stated {
        let Some(spec) = spec else { continue };
        let Some(misfit) = misfit(spec, fact) else { continue };
        let path = FieldPath::of("facts").key(key);
        let path = match misfit.item {
            Some(item) => path.index(item),
            None => path,
        };
        let wanted = &misfit.wanted;
        raise
            .at(cell.at(path), format!("the fact `{key}` of {} is {}, not {wanted}", cell.name(), misfit.is))
            .help(help(spec, fact));
    }
}

fn help(spec: &FactSpec, fact: &Fact) -> String {
    match (fact, spec.kind.get()) {
        _ if is_filler_fact(fact) => "leave the fact out: what is not known is none".to_owned(),
        (Fact::Text(text), Some(FactType::Date)) if text.parse::<model::Date>().is_ok() => {
            format!("write {text} without quotes")
        }
        _ => format!("write {}", describe(spec)),
    }
}
