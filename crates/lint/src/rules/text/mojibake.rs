use diagnostics::{Edit, Applicability, Severity, quoted};
use model::TextKind;

use crate::garbled::{By, Garbled, garbled};
use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/mojibake", Severity::Warning, include_str!("mojibake.md"), check)
        .fixable(Applicability::Safe);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    if !text.shows(Sign::Garbled) || text.kind == TextKind::Code {
        return;
    }
    let found = garbled(text.text);
    let Some(first) = found.first() else { return };
    let written = quoted(&text.text[first.range.clone()]);
    let more = if found.len() > 1 { format!(" and {} more", found.len() - 1) } else { String::new() };
    let (what, how) = match first.by {
        By::Encoding => (format!("{written}{more}"), ", UTF-8 that was read as Windows-1252"),
        By::Loss => (format!("U+FFFD{more}"), ", which replaces a character that could not be read"),
        By::Escape => (format!("{written}{more}"), ", which is HTML source code"),
    };
    let help = match &first.meant {
        Some(meant) => format!("write {}", shown(meant)),
        None => "write the correct characters; the source shows them".to_owned(),
    };
    let draft = raise
        .at(text.within(first.range.clone()), format!("{} holds {what}{how}", text.name()))
        .help(help);
    let edit = |one: &Garbled| Some(Edit::Replace(text.subject(), one.range.clone(), one.meant.clone()?));
    let edits: Vec<_> = found.iter().filter_map(edit).collect();
    if !edits.is_empty() {
        // A text may be about an escape, and a change gives another address.
        let is_safe = found.iter().all(|one| one.by != By::Escape) && text.kind != TextKind::Address;
        draft.fix("write the correct characters", Applicability::safe_if(is_safe), edits);
    }
}

/// What was meant, with a name where it cannot be seen.
fn shown(meant: &str) -> String {
    match meant {
        "\u{a0}" => "a blank".to_owned(),
        meant => quoted(meant),
    }
}
