use diagnostics::{Edit, Applicability, Severity};
use model::{Fact, FactSpec, FieldPath, Value};

use crate::facts::{StatedFact, describe, renamed};
use crate::filler::is_filler_fact;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/synonym", Severity::Warning, include_str!("synonym.md"), check).fixable(Applicability::Safe);

/// A fact under another name.
struct Found<'a> {
    key: &'a str,
    fact: &'a Fact,
    spec: &'a FactSpec,
    /// The declared key.
    name: &'a str,
    /// The value under the declared key, where it follows from the one that is there.
    value: Option<Fact>,
}

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let found: Vec<_> = cell.stated.iter().filter_map(Found::of).collect();
    for (at, one) in found.iter().enumerate() {
        let Found { key, fact, spec, name, value } = one;
        let path = FieldPath::of("facts").key(*key);
        let message = format!("{} states `{name}` under another name, `{key}`", cell.name());
        let draft = raise.at(cell.key(path.clone()), message);
        let others = || found.iter().filter(|other| other.name == *name && other.key != *key);
        let beside = if cell.states(name) {
            Some(*name)
        } else if others().any(|other| other.value != *value) {
            others().next().map(|other| other.key)
        } else {
            found[..at].iter().find(|other| other.name == *name).map(|other| other.key)
        };
        if let Some(beside) = beside {
            draft
                .help(format!("write one value under `{name}`, and remove this"))
                .related(cell.key(FieldPath::of("facts").key(beside)), "it is also stated here");
        } else if let Some(value) = value {
            let subject = cell.at(path);
            let mut edits = vec![Edit::Rename(subject.clone(), (*name).to_owned())];
            let mut title = format!("write `{name}`");
            if let (Fact::Bool(turned), true) = (value, value != *fact) {
                title = format!("write `{name} = {turned}`");
                edits.push(Edit::Set(subject, Value::Bool(*turned)));
            }
            draft.help(title.clone()).fix(title, Applicability::Safe, edits);
        } else {
            draft.help(format!("write a new value under `{name}`: {}", describe(spec)));
        }
    }
}

impl<'a> Found<'a> {
    fn of(stated: &StatedFact<'a>) -> Option<Self> {
        let &StatedFact { key, fact, synonym, .. } = stated;
        // The rule text/placeholder reports a fact without content.
        let (spec, synonym) = synonym.filter(|_| !is_filler_fact(fact))?;
        let name = spec.key.known()?.as_str();
        Some(Self { key, fact, spec, name, value: renamed(spec, synonym, fact) })
    }
}
