use diagnostics::{Edit, Applicability, Severity};
use model::{Fact, FieldPath, Value};

use crate::facts::{StatedFact, describe, mismatch, retyped};
use crate::filler::is_filler_fact;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/wrong-type", Severity::Error, include_str!("wrong_type.md"), check)
        .fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for &StatedFact { key, fact, spec, .. } in &cell.stated {
        let Some(spec) = spec else { continue };
        let Some(mismatch) = mismatch(spec, fact) else { continue };
        let path = FieldPath::of("facts").key(key);
        let path = match mismatch.item {
            Some(item) => path.index(item),
            None => path,
        };
        let subject = cell.at(path);
        let wanted = &mismatch.wanted;
        let message = format!("the fact `{key}` of {} is {}, not {wanted}", cell.name(), mismatch.is);
        let draft = raise.at(subject.clone(), message);
        match (retyped(spec, fact), fact) {
            (Some(value), Fact::Text(text)) => {
                let edit = Edit::Set(subject, Value::from(&value));
                draft.help(format!("write {text} without quotes")).fix("remove the quotes", Applicability::Safe, vec![edit]);
            }
            _ if is_filler_fact(fact) => {
                draft.help("leave out the fact: if a value is not known, there is no fact");
            }
            _ => {
                draft.help(format!("write {}", describe(spec)));
            }
        }
    }
}
