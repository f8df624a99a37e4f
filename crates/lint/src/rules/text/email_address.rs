use std::ops::Range;

use diagnostics::Severity;
use model::TextKind;

use crate::texts::Sign;
use crate::{Raise, Rule, TextContext};

pub(crate) static RULE: Rule =
    Rule::text("text/email-address", Severity::Warning, include_str!("email_address.md"), check);

fn check(text: &TextContext<'_>, raise: &mut Raise<'_>) {
    if !text.shows(Sign::At) || matches!(text.kind, TextKind::Quote | TextKind::Contact | TextKind::Address) {
        return;
    }
    let Some(range) = email(text.text) else { return };
    let help = match text.kind {
        TextKind::Person => "write a name or an account instead",
        _ => "name the page or the form for requests instead",
    };
    raise.at(text.within(range), format!("{} holds an e-mail address", text.name())).help(help);
}

/// Returns the first e-mail address of a text, by its form (the common part of RFC 5321).
fn email(text: &str) -> Option<Range<usize>> {
    let of_name = |c: char| c.is_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(c);
    let of_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    text.match_indices('@').find_map(|(at, _)| {
        let name = &text[..at];
        let name = name[name.trim_end_matches(of_name).len()..].trim_start_matches(['.', '\'', '`']);
        let host = &text[at + 1..];
        let host = host[..host.len() - host.trim_start_matches(of_host).len()].trim_end_matches(['.', '-']);
        let (before, top) = host.rsplit_once('.')?;
        let is_top = top.chars().count() > 1 && top.chars().all(char::is_alphabetic);
        let range = at - name.len()..at + 1 + host.len();
        // Neither `https://name@host` nor `@name@host` is one.
        let is_mail = !name.is_empty()
            && !before.is_empty()
            && !name.contains('/')
            && !text[..range.start].ends_with('@');
        (is_mail && is_top).then_some(range)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found() {
        let found = |text: &'static str| email(text).map(|range| &text[range]);
        assert_eq!(found("Ask (jane.doe+x@mail.acme.example)."), Some("jane.doe+x@mail.acme.example"));
        assert_eq!(found("mailto:sales@acme.example"), Some("sales@acme.example"));
        for text in [
            "pkg@1.2.3",
            "@name",
            "a @ b.c",
            "https://medium.com/@me.you/x",
            "@jane@social.example",
            "x@localhost",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
