use diagnostics::Severity;
use model::TextKind;

use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/too-long", Severity::Warning, include_str!("too_long.md"), check);

/// The most characters that a text may have. A headline has its own rule; an address is as long as its
/// owner made it.
fn limit(kind: TextKind) -> Option<usize> {
    match kind {
        TextKind::Name | TextKind::Person | TextKind::Code => Some(100),
        TextKind::Title => Some(200),
        TextKind::Fact | TextKind::Contact => Some(300),
        TextKind::Remark | TextKind::Quote => Some(1000),
        TextKind::Prose => Some(1500),
        TextKind::Guide => Some(3000),
        TextKind::Headline | TextKind::Address => None,
    }
}

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    let Some(limit) = limit(text.kind).filter(|limit| text.text.len() > *limit) else { return };
    let Some((over, _)) = text.text.char_indices().nth(limit) else { return };
    let length = text.text.chars().count();
    let help = match text.kind {
        TextKind::Quote => "quote only the sentence that answers the question",
        TextKind::Fact => "a fact is a value: move the rest to `note`",
        _ => "shorten it",
    };
    raise
        .at(
            text.within(over..text.text.len()),
            format!(
                "{} has {length} characters, {} more than the limit of {limit}",
                text.name(),
                length - limit
            ),
        )
        .help(help);
}
