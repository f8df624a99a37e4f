use diagnostics::{Severity, quoted};
use model::TextKind;

use crate::residue::residue;
use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/tool-residue", Severity::Warning, include_str!("tool_residue.md"), check);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    if !text.shows(Sign::Residue) || matches!(text.kind, TextKind::Address | TextKind::Code) {
        return;
    }
    let Some(range) = residue(text.text) else { return };
    let mark = quoted(&text.text[range.clone()]);
    raise
        .at(text.within(range), format!("{} holds {mark}, which a chatbot leaves in text", text.name()))
        .help("remove it, and check the sentence before it against the source");
}
