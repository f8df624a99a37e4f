//! Texts as every page shows them: code between backquotes, characters that do not show.

use std::borrow::Cow;

/// A text whose lines end with line feeds alone.
pub(crate) fn line_feeds(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Returns whether a character would not show, or would change how others show: controls, noncharacters, and
/// what steers the direction of text or breaks lines unseen.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
}

/// The visible form of a hidden character.
pub(crate) fn visible(c: char) -> String {
    format!("\u{27e8}U+{:04X}\u{27e9}", u32::from(c))
}

/// A piece of a text with `code` between backquotes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) is_code: bool,
    pub(crate) text: String,
}

/// A text split at its backquotes. One that is never closed stays a backquote.
pub(crate) fn spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut push = |is_code, text: &str| {
        if !text.is_empty() {
            spans.push(Span { is_code, text: text.to_owned() });
        }
    };
    let mut rest = text;
    while let Some((before, code, after)) = rest
        .split_once('`')
        .and_then(|(before, after)| after.split_once('`').map(|(code, after)| (before, code, after)))
    {
        push(false, before);
        push(true, code);
        rest = after;
    }
    push(false, rest);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backquotes_make_code() {
        let span = |is_code, text: &str| Span { is_code, text: text.to_owned() };
        assert_eq!(spans("a `b` c `d"), [span(false, "a "), span(true, "b"), span(false, " c `d")]);
        assert_eq!(spans(""), []);
    }
}
