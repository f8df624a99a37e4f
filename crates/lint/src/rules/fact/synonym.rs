use std::collections::BTreeMap;

use diagnostics::{Edit, FixKind, Severity};
use model::{Fact, FactSpec, FieldPath, Mend, Optional, Synonym, Value};

use crate::facts::{Stated, describe, misfit};
use crate::filler::is_filler_fact;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/synonym", Severity::Warning, include_str!("synonym.md"), check).fixable(FixKind::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let mut renamed = BTreeMap::new();
    for &Stated { key, fact, synonym, .. } in &cell.stated {
        // A fact that says nothing needs no better key: text/placeholder speaks.
        let Some((spec, synonym)) = synonym.filter(|_| !is_filler_fact(fact)) else { continue };
        let Some(name) = spec.key.known().map(|name| name.as_str()) else { continue };
        let path = FieldPath::of("facts").key(key);
        let message = format!("{} states `{name}` under another name, `{key}`", cell.name());
        let draft = raise.at(cell.key(path.clone()), message);
        let first = if cell.states(name) { Some(name) } else { renamed.get(name).copied() };
        if let Some(first) = first {
            draft
                .help(format!("say under `{name}` what both mean, and remove this"))
                .related(cell.key(FieldPath::of("facts").key(first)), "it is stated here, too");
        } else if let Some(value) = mended(spec, synonym, fact) {
            renamed.insert(name, key);
            let subject = cell.at(path);
            let mut edits = vec![Edit::Rename(subject.clone(), name.to_owned())];
            let mut title = format!("write `{name}`");
            if let (Fact::Bool(turned), true) = (&value, value != *fact) {
                title = format!("write `{name} = {turned}`");
                edits.push(Edit::Set(subject, Value::Bool(*turned)));
            }
            draft.help(title.clone()).fix(title, true, edits);
        } else {
            draft.help(format!("write it anew under `{name}`: {}", describe(spec)));
        }
    }
}

/// The value under the declared key, where it follows from the one that is there.
fn mended(spec: &FactSpec, synonym: &Synonym, fact: &Fact) -> Option<Fact> {
    let value = match (&synonym.mend, fact) {
        (Optional::Absent | Optional::Known(Mend::Rename), fact) => fact.clone(),
        (Optional::Known(Mend::Invert), Fact::Bool(value)) => Fact::Bool(!value),
        _ => return None,
    };
    // A list that is written as a text stays one: under its right key, list-in-text speaks of it.
    misfit(spec, &value).is_none().then_some(value)
}
