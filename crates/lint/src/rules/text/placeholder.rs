use std::borrow::Cow;

use diagnostics::{Severity, printable, quoted};
use model::{FactSpec, TextKind, is_unseen};

use crate::filler::{is_filler, mark};
use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/placeholder", Severity::Warning, include_str!("placeholder.md"), check);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    if matches!(text.kind, TextKind::Quote | TextKind::Address | TextKind::Code) {
        return;
    }
    if is_filler(text.text) {
        if is_spoken_of(text) {
            return;
        }
        let says = if text.text.trim().is_empty() {
            "is empty".to_owned()
        } else {
            format!("only says {}", quoted(text.text.trim()))
        };
        let help = match text.kind {
            TextKind::Fact => "leave it out: if a value is not known, there is no fact",
            TextKind::Name => "write the name",
            _ => "write the text, or leave it out",
        };
        raise.at(text.subject(), format!("{} {says}", text.name())).help(help);
    } else if text.shows(Sign::Mark)
        && let Some(range) = mark(text.text)
    {
        let found = quoted(&text.text[range.clone()]);
        raise
            .at(text.within(range), format!("{} still holds {found}", text.name()))
            .help("write what is missing, or remove it");
    }
}

/// Returns whether an empty text counts as left out, or another rule reports it.
fn is_spoken_of(text: &TextContext<'_>) -> bool {
    let says = text.text.trim();
    // It has only characters that are not allowed here.
    let is_barred = || matches!(printable(says), Cow::Owned(_)) || says.contains(is_unseen);
    if !says.contains(char::is_alphanumeric) && is_barred() {
        return true;
    }
    if let Some((cell, key)) = text.fact() {
        let is_value = |spec: &FactSpec| spec.one_of.items().iter().any(|value| value == text.text);
        let Some(stated) = cell.stated(key) else { return false };
        return cell.is_of_reader(stated) || cell.is_mismatched(key) || stated.spec.is_some_and(is_value);
    }
    let counts_as_absent = matches!(text.kind, TextKind::Headline | TextKind::Prose | TextKind::Remark);
    says.is_empty() && (counts_as_absent || text.is_below("allow"))
}
