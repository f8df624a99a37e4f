use diagnostics::{Edit, FixKind, Severity, slips};
use model::FieldPath;

use super::reader_fact::is_reader_fact;
use crate::facts::Stated;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/misspelt-key", Severity::Warning, include_str!("misspelt_key.md"), check)
        .fixable(FixKind::Unsafe);

/// The most letters by which a misspelt key differs, and the shortest key in which two slips are likely.
const SLIPS: usize = 2;
const LONG_KEY: usize = 8;

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for stated in cell.stated.iter().filter(|one| one.spec.is_none() && one.synonym.is_none()) {
        if is_reader_fact(cell, stated) {
            continue;
        }
        let place = || cell.at(FieldPath::of("facts").key(stated.key));
        if let Some(meant) = meant(cell, stated) {
            let draft = raise
                .at(
                    diagnostics::Place::key(place()),
                    format!("the fact `{}` of {} is not declared", stated.key, cell.name()),
                )
                .help(format!("did you mean `{meant}`?"));
            if !cell.states(meant) {
                draft.fix(format!("rename it to `{meant}`"), false, vec![Edit::Rename(place(), meant.to_owned())]);
            }
        } else if let Some(question) = declared_elsewhere(cell, stated.key) {
            raise
                .at(
                    diagnostics::Place::key(place()),
                    format!("the fact `{}` of {} is declared for `{question}` alone", stated.key, cell.name()),
                )
                .help(format!("move it to the cell `{question}`, or write a key of this question"));
        }
    }
}

/// The declared key that was probably meant: of the same question, and one or two letters away.
fn meant<'a>(cell: &CellContext<'a>, stated: &Stated<'_>) -> Option<&'a str> {
    let most = if stated.key.len() < LONG_KEY { 1 } else { SLIPS };
    let own = letters(stated.key);
    let keys = cell.dictionary()?.iter().map(|spec| spec.key.text()).filter(|key| !key.is_empty());
    // Most keys are far apart, which is seen sooner than measured: a slip changes the length by one letter at
    // most, and takes one letter out and puts another in.
    let keys = keys
        .filter(|key| key.len().abs_diff(stated.key.len()) <= most)
        .filter(|key| (letters(key) ^ own).count_ones() as usize <= 2 * most);
    let near = keys.filter_map(|key| Some((slips(key, stated.key, most)?, key)));
    near.min().map(|(_, key)| key)
}

/// Which letters a key has, a bit each; letters that share a bit only make keys look closer.
fn letters(key: &str) -> u64 {
    key.bytes().fold(0, |letters, byte| letters | 1 << (byte % 64))
}

/// The one other question that declares the key.
fn declared_elsewhere<'a>(cell: &CellContext<'a>, key: &str) -> Option<&'a str> {
    cell.dictionary()?;
    let mut questions = cell.owner.shared.settings.dimensions.declaring(key);
    let question = questions.next()?.id.text();
    questions.next().is_none().then_some(question)
}
