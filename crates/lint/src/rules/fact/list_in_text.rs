use diagnostics::{Edit, Applicability, Severity, cut, printable};
use model::{Fact, FieldPath, Value};

use crate::facts::{StatedFact, describe, is_list_in_text, listed};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/list-in-text", Severity::Warning, include_str!("list_in_text.md"), check)
        .fixable(Applicability::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for &StatedFact { key, fact, spec, .. } in &cell.stated {
        let (Fact::Text(text), Some(spec)) = (fact, spec) else { continue };
        if !is_list_in_text(spec, fact) {
            continue;
        }
        let subject = cell.at(FieldPath::of("facts").key(key));
        let draft = raise
            .at(subject.clone(), format!("the fact `{key}` of {} is a list written as a text", cell.name()));
        let Some((items, plain)) = listed(spec, text) else {
            draft.help(format!("write {}", describe(spec)));
            continue;
        };
        let written: Vec<_> = items.iter().map(|item| format!("{item:?}")).collect();
        let written = printable(&cut(&written.join(", "), 200)).into_owned();
        let title = format!("write `{key} = [{written}]`");
        let perhaps = if plain { "" } else { ", if these are the items" };
        let edit = Edit::Set(subject, Value::texts(items));
        draft.help(format!("{title}{perhaps}")).fix(title, Applicability::safe_if(plain), vec![edit]);
    }
}
