use diagnostics::{Edit, Applicability, Severity};
use model::{TextKind, is_private, unseen};

use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/zero-width", Severity::Error, include_str!("zero_width.md"), check)
        .fixable(Applicability::Safe);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    if !text.shows(Sign::Unseen) {
        return;
    }
    let found = unseen(text.text);
    let Some(first) = found.first() else { return };
    let characters = || found.iter().flat_map(|range| text.text[range.clone()].chars());
    let code = characters().next().map_or(0, u32::from);
    let more = characters().count() - 1;
    let more = if more > 0 { format!(" and {more} more characters") } else { String::new() };
    let draft = raise
        .at(
            text.within(first.clone()),
            format!("{} holds U+{code:04X}{more}, which is invisible", text.name()),
        )
        .help("remove it");
    let kept = text.text.len() - found.iter().map(ExactSizeIterator::len).sum::<usize>();
    if kept > 0 {
        // A private-use character may be a symbol of some font, and an address without a character is another address.
        let is_safe = !characters().any(is_private) && text.kind != TextKind::Address;
        let edits = found.iter().map(|range| Edit::Replace(text.subject(), range.clone(), String::new()));
        draft.fix("remove the invisible characters", Applicability::safe_if(is_safe), edits.collect());
    }
}
