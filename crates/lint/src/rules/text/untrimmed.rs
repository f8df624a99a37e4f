use diagnostics::{Edit, Applicability, Severity};

use crate::filler::is_filler;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/untrimmed", Severity::Warning, include_str!("untrimmed.md"), check)
        .fixable(Applicability::Safe);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    let whole = text.text;
    // Most texts begin and end with a letter or a full stop.
    if let [first, .., last] = whole.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return;
    }
    let (start, end) = (whole.len() - whole.trim_start().len(), whole.trim_end().len());
    if end == 0 || start == 0 && end == whole.len() {
        return;
    }
    // The rule placeholder reports a text without content; a fact that needs a new value keeps nothing.
    if is_filler(whole) || text.fact().is_some_and(|(cell, key)| cell.is_mismatched(key)) {
        return;
    }
    let blanks = [0..start, end..whole.len()].into_iter().filter(|range| !range.is_empty());
    let subject = text.subject();
    let edits: Vec<_> =
        blanks.clone().map(|range| Edit::Replace(subject.clone(), range, String::new())).collect();
    let (place, ends) = match (start, end) {
        (0, _) => (text.within(end..whole.len()), "ends in"),
        (_, end) if end == whole.len() => (text.within(0..start), "begins with"),
        _ => (subject.into(), "begins and ends with"),
    };
    raise.at(place, format!("{} {ends} spaces", text.name())).help("remove the spaces").fix(
        "remove the spaces",
        Applicability::Safe,
        edits,
    );
}
