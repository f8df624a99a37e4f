use diagnostics::Severity;
use model::turns_direction;

use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/bidirectional", Severity::Error, include_str!("bidirectional.md"), check);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    if !text.shows(Sign::Turn) {
        return;
    }
    let Some((at, c)) = text.text.char_indices().find(|(_, c)| turns_direction(*c)) else { return };
    let more = text.text.chars().filter(|c| turns_direction(*c)).count() - 1;
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    raise
        .at(
            text.within(at..at + c.len_utf8()),
            format!("{} holds U+{:04X}{more}, which changes the direction of text", text.name(), u32::from(c)),
        )
        .help("remove it: scripts that are written from right to left do not need it here");
}
