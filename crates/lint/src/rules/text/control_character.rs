use diagnostics::Severity;
use model::{TextKind, is_control};

use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/control-character", Severity::Error, include_str!("control_character.md"), check);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    let one_line = is_one_line(text.kind);
    let may_hold = text.shows(Sign::Control) || one_line && text.shows(Sign::LineBreak);
    if !may_hold {
        return;
    }
    // The rule untrimmed reports spaces at either end.
    let end = text.text.trim_end().len();
    let start = end.min(text.text.len() - text.text.trim_start().len());
    let inner = &text.text[start..end];
    let found = |c: char| is_control(c) && (c != '\n' || one_line);
    let Some((at, c)) = inner.char_indices().find(|(_, c)| found(*c)) else { return };
    let more = inner.chars().filter(|c| found(*c)).count() - 1;
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let help = if c == '\n' { "write it on one line" } else { "remove it, or write a space instead" };
    let place = text.within(start + at..start + at + c.len_utf8());
    raise.at(place, format!("{} holds {}{more}", text.name(), name(c))).help(help);
}

/// Returns whether a line break would break a list or a table. A headline has its own rule on that.
fn is_one_line(kind: TextKind) -> bool {
    use TextKind::{Code, Name, Person, Title};
    matches!(kind, Name | Title | Person | Code)
}

fn name(c: char) -> String {
    let code = u32::from(c);
    match c {
        '\n' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        _ => format!("the control character U+{code:04X}"),
    }
}
