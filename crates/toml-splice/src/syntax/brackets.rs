//! Brackets that are opened and not closed: what follows is read as if they were, so that one fault is reported
//! once and hides no other.

use toml::de::{DeTable, Error};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::lines::line_at;

/// How many brackets of a text are closed, each by another look at the whole of it.
const MAX_CLOSED: usize = 16;
/// How many errors about arrays are looked at, each by another look at what is before it.
const MAX_LOOKS: usize = 64;

/// A text with its open brackets closed.
pub(super) struct Closed {
    pub(super) text: String,
    /// What the parser says of that text.
    pub(super) errors: Vec<Error>,
    /// Where brackets were inserted, in the order of the text, and what was wrong there.
    inserted: Vec<(usize, &'static str, String)>,
}

impl Closed {
    pub(super) fn new(text: &str, errors: &[Error]) -> Self {
        let mut closed = Self { text: text.to_owned(), errors: errors.to_vec(), inserted: Vec::new() };
        let mut looks = MAX_LOOKS;
        for _ in 0..MAX_CLOSED {
            let found = closed.errors.iter().find_map(|error| open_bracket(&closed.text, error, &mut looks));
            let Some((at, bracket, message)) = found else { break };
            closed.text.insert_str(at, bracket);
            for (before, ..) in closed.inserted.iter_mut().filter(|(before, ..)| *before >= at) {
                *before += bracket.len();
            }
            closed.inserted.push((at, bracket, message));
            closed.inserted.sort_unstable_by_key(|(at, ..)| *at);
            closed.errors = DeTable::parse_recoverable(&closed.text).1;
        }
        closed
    }

    /// Where a byte is in the text as it was.
    pub(super) fn origin(&self, at: usize) -> usize {
        let before = self.inserted.iter().take_while(|(start, ..)| *start < at);
        before.fold(at, |origin, (start, bracket, _)| origin - bracket.len().min(at - start))
    }

    /// Where brackets are missing in the text as it was, and what is wrong there.
    pub(super) fn missing(&self) -> impl Iterator<Item = (usize, &str)> {
        self.inserted.iter().map(|(at, _, message)| (self.origin(*at), message.as_str()))
    }
}

/// Where the bracket belongs that an error misses, and what is wrong there.
fn open_bracket(text: &str, error: &Error, looks: &mut usize) -> Option<(usize, &'static str, String)> {
    let (message, at) = (error.message(), error.span()?.start);
    if ["unclosed table,", "unclosed array table,"].iter().any(|unclosed| message.starts_with(unclosed)) {
        let line = line_at(text, at);
        let is_double = text[line.clone()].trim_start().starts_with("[[") && !text[..at].ends_with(']');
        return Some((at, if is_double { "]]" } else { "]" }, message.to_owned()));
    }
    if !message.contains("array") || message.contains("array table") {
        return None;
    }
    *looks = looks.checked_sub(1)?;
    let at = array_end(text, at)?;
    Some((at, "]", "unclosed array, expected `]`".to_owned()))
}

/// Where the array ends that is open at a byte and runs on into the next key or header; none where it is
/// closed before.
fn array_end(text: &str, at: usize) -> Option<usize> {
    // The arrays that are open, and whether each begins its line.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut last = None;
    let mut stop = None;
    let mut begins_line = true;
    for token in Source::new(text).lex() {
        let (start, end) = (token.span().start(), token.span().end());
        if open.is_empty() && start > at {
            return None;
        }
        if begins_line
            && let Some((first, is_header)) = open.first()
            && is_key_or_header(&text[line_at(text, start)])
        {
            let is_header = open.len() == 1 && *is_header;
            if is_header || last.is_none_or(|last| last <= *first) && start > at {
                open.clear();
            } else {
                stop = last;
                break;
            }
        }
        match token.kind() {
            TokenKind::LeftSquareBracket => open.push((start, begins_line)),
            TokenKind::RightSquareBracket => drop(open.pop()),
            TokenKind::Newline => begins_line = true,
            _ => {}
        }
        if !matches!(
            token.kind(),
            TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment | TokenKind::Eof
        ) {
            begins_line = false;
            last = Some(end);
        }
    }
    // More than are closed would leave the text as broken as it is.
    stop.or_else(|| last.filter(|_| !open.is_empty())).filter(|_| open.len() <= MAX_CLOSED)
}

/// Returns whether a line begins a key or a table.
fn is_key_or_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or(line).trim();
    let is_name = |text: &str| {
        let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '\t');
        !text.is_empty() && text.chars().all(is_bare)
    };
    let header = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let header = header.map(|name| name.trim_matches(['[', ']']).trim());
    header.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()) && is_name(name))
        || line.split_once('=').is_some_and(|(key, _)| is_name(key.trim()))
}
