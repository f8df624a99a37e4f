use std::ops::Range;

use diagnostics::Severity;
use model::TextKind;

use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/bare-url", Severity::Info, include_str!("bare_url.md"), check);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    use TextKind::{Fact, Headline, Name, Prose, Title};
    if !text.shows(Sign::Address) || !matches!(text.kind, Name | Title | Headline | Prose | Fact) {
        return;
    }
    let Some(range) = address(text.text) else { return };
    // A fact may be an address.
    if text.kind == Fact && text.text[range.clone()].len() == text.text.trim().len() {
        return;
    }
    let help = match text.kind {
        Title => "write the title that the page has",
        _ => "write what the page says, and cite the address as evidence",
    };
    raise.at(text.within(range), format!("{} holds a bare address", text.name())).help(help);
}

/// The first address of a text.
fn address(text: &str) -> Option<Range<usize>> {
    let colon = text.find("://")?;
    let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
    let start = text[..colon].trim_end_matches(scheme).len();
    let rest = &text[colon + 3..];
    let length =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(rest.len());
    let rest = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
    (start < colon && !rest.is_empty()).then_some(start..colon + 3 + rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found() {
        let found = |text: &'static str| address(text).map(|range| &text[range]);
        assert_eq!(found("See (https://acme.example/a?b=c)."), Some("https://acme.example/a?b=c"));
        assert_eq!(found("Note: see acme.example"), None);
        assert_eq!(found("a :// b"), None);
    }
}
