//! Syntax errors as people look for them: in the order of the text, one a fault.

mod brackets;
mod lines;
mod older;

use std::ops::Range;

use toml::de::{DeTable, Error};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use self::brackets::Closed;
use self::lines::line_at;
pub use self::older::{NewerForm, newer_forms};
use crate::parse::Toml;

/// A fault for which a text is not TOML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// Where the fault is.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
}

/// Returns the faults for which a text is not TOML, in the order of the text. Where several begin at
/// one place, the parser's first is the cause of the others. One fault of the quotes makes the parser stop
/// at every line that they should hold; it is reported once, where it begins.
///
/// ```
/// use toml_splice::{Toml, syntax_errors};
///
/// let faults = syntax_errors(&Toml::parse("hosts = ['a'\nport = 1\n"));
/// assert_eq!((faults[0].span.start, faults[0].to_string().as_str()), (12, "unclosed array, expected `]`"));
/// assert_eq!(faults.len(), 1);
/// ```
pub fn syntax_errors(toml: &Toml<'_>) -> Vec<SyntaxError> {
    let faults = faults(toml.text(), toml.errors()).into_iter();
    faults.map(|(span, message)| SyntaxError { span, message }).collect()
}

/// Where the errors of a text are, and what they say, in the order of the text.
fn faults(text: &str, errors: &[Error]) -> Vec<(Range<usize>, String)> {
    let closed = Closed::new(text, errors);
    let place = |error: &Error| {
        let span = error.span().unwrap_or(0..0);
        let span = closed.origin(span.start)..closed.origin(span.end);
        // The parser reads TOML 1.1.
        let message =
            error.message().replace("`b`, `e`, `f`", "`b`, `f`").replace("`x`, `u`, `U`", "`u`, `U`");
        (at_line_end(text, span), message)
    };
    let beyond = beyond(&closed.text, &closed.errors);
    let missing = closed.missing().map(|(at, message)| (at..at, message.to_owned()));
    let mut errors: Vec<_> = missing.chain(closed.errors.iter().chain(&beyond).map(place)).collect();
    errors.sort_by_key(|(span, _)| span.start);
    errors.dedup_by_key(|(span, _)| span.start);
    let literals = literals(text);
    let mut reported = Vec::new();
    // The line of the last error, and whether it is text that should be in quotes.
    let mut last: Option<(Range<usize>, bool)> = None;
    for (span, message) in errors {
        if let Some((line, is_prose)) = &last
            && span.start <= line.end
        {
            if !is_prose {
                reported.push((span, message));
            }
            continue;
        }
        let goes_on = |line: &Range<usize>| matches!(&last, Some((before, true)) if is_blank(text, before.end..line.start));
        if let Some((opening, message)) = unclosed(text, &literals, span.start) {
            if !goes_on(&line_at(text, opening.start)) {
                reported.push((opening, message));
            }
            break;
        }
        let line = line_at(text, span.start);
        let goes_on = goes_on(&line);
        let is_bracket = message.starts_with("unclosed");
        if !goes_on {
            reported.push((span, message));
        }
        let content = &text[line.clone()];
        // From here on, what is in quotes and what is not may be the wrong way round.
        if TRIPLE_QUOTES.iter().any(|quotes| content.contains(quotes)) {
            break;
        }
        last = Some((line, goes_on || !is_bracket && !content.contains('=')));
    }
    reported
}

/// What the parser says of a line that has a key and no `=`. It looks at no value of the lines after it.
const NO_VALUE: &str = "key with no value";

/// The errors that the parser finds when the lines at which it gave up are blank.
fn beyond(text: &str, errors: &[Error]) -> Vec<Error> {
    let mut blanked = text.as_bytes().to_vec();
    let mut given_up = errors.iter().filter(|error| error.message().starts_with(NO_VALUE)).peekable();
    if given_up.peek().is_none() {
        return Vec::new();
    }
    for error in given_up {
        blanked[line_at(text, error.span().unwrap_or(0..0).start)].fill(b' ');
    }
    let blanked = String::from_utf8(blanked).unwrap_or_default();
    DeTable::parse_recoverable(&blanked).1
}

/// What opens and closes a text of several lines.
const TRIPLE_QUOTES: [&str; 2] = ["\"\"\"", "'''"];

/// The texts of several lines, with their quotes.
fn literals(text: &str) -> Vec<Range<usize>> {
    let is_literal = |kind| matches!(kind, TokenKind::MlBasicString | TokenKind::MlLiteralString);
    let tokens = Source::new(text).lex().filter(|token| is_literal(token.kind()));
    tokens.map(|token| token.span().start()..token.span().end()).collect()
}

/// The quotes that open a text of several lines and are not closed before the next table or the end, if
/// that is why the parser stops at `at`.
fn unclosed(text: &str, literals: &[Range<usize>], at: usize) -> Option<(Range<usize>, String)> {
    let line = line_at(text, at);
    let just_ended = |end: usize| end > line.start || is_blank(text, end..line.start);
    let before = literals.partition_point(|literal| literal.end <= at).checked_sub(1)?;
    let literal = literals[before].clone();
    if !just_ended(literal.end) {
        return None;
    }
    let opening = literal.start..literal.start + TRIPLE_QUOTES[0].len();
    let table = text[literal.clone()].lines().position(|line| {
        let line = line.trim();
        line.starts_with('[') && line.ends_with(']') && !line.contains([' ', '"', ','])
    });
    let first = text[..literal.start].lines().count();
    let message = match table {
        Some(table) => format!("the text that opens here runs on into the table at line {}", first + table),
        None if literal.end == text.len() => "the text that opens here is never closed".to_owned(),
        None => return None,
    };
    Some((opening, message))
}

fn is_blank(text: &str, range: Range<usize>) -> bool {
    text.get(range).is_some_and(|between| between.trim().is_empty())
}

/// The parser counts the carriage return of a line break to what comes before, and points after one
/// that has no line feed.
fn at_line_end(text: &str, span: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let is_return = |at: usize| bytes.get(at) == Some(&b'\r');
    let is_break = |at: usize| is_return(at) && bytes.get(at + 1) == Some(&b'\n');
    match span.start.checked_sub(1) {
        _ if is_break(span.start) => span.start..span.start,
        Some(before) if span.is_empty() && is_break(before) => before..before,
        Some(before) if span.is_empty() && is_return(before) => before..span.start,
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(text: &str) -> Vec<(Range<usize>, String)> {
        faults(text, Toml::parse(text).errors())
    }

    #[test]
    fn line_ends_make_no_difference() {
        for text in
            ["id = \"x\nb = 1\n", "id = 'x\nb = 1\n", "a = \"\\u12\n", "[a\nb = 1\n", "id = \nb = 2\n"]
        {
            let with_returns = reported(&text.replace('\n', "\r\n"));
            assert_eq!(reported(text).first(), with_returns.first(), "{text:?}");
            assert_eq!(reported(text).len(), with_returns.len(), "{text:?}");
        }
        assert_eq!(reported("id = \"x\"\rname = 1")[0].0, 8..9);
    }

    #[test]
    fn a_fault_of_the_quotes_is_reported_where_it_begins() {
        let good = "note = \"\"\"\nOne.\n\nTwo (a = b).\nThree.\"\"\"\nn = 1\n\n[a.b]\nnote = \"\"\"\nFour.\nFive.\"\"\"\n";
        let line = |text: &str| {
            let reported = reported(text);
            reported.iter().map(|(span, _)| text[..span.start].lines().count().max(1)).collect::<Vec<_>>()
        };
        assert_eq!(line(good), [0; 0]);
        let no_opening = good.replacen("note = \"\"\"", "note = \"\"", 1);
        assert_eq!(reported(&no_opening).len(), 1, "{:?}", reported(&no_opening));
        let no_closing = good.replacen("Three.\"\"\"", "Three.", 1);
        assert_eq!(reported(&no_closing)[0].0, 7..10);
        assert_eq!(reported(&no_closing)[0].1, "the text that opens here runs on into the table at line 8");
        assert_eq!(reported(&no_closing).len(), 1);
        let never = good.replacen("Five.\"\"\"", "Five.", 1);
        assert_eq!(reported(&never).len(), 1);
        assert!(never[reported(&never)[0].0.start..].starts_with("\"\"\"\nFour"), "{:?}", reported(&never));
    }

    #[test]
    fn a_line_without_equals_sign_hides_no_later_fault() {
        let text = "developer \"é\"\n[cells.a.facts]\nretention_days = 030\nzdr = True\nzdr = 1\nzdr = 2\n";
        let starts: Vec<_> =
            reported(text).iter().map(|(span, _)| text[span.start..].split('\n').next().unwrap()).collect();
        assert_eq!(starts, ["\"é\"", "030", "True", "zdr = 1", "zdr = 2"]);
    }

    #[test]
    fn an_open_bracket_hides_nothing_and_invents_nothing() {
        let lines = |text: &str| {
            let of = |(span, message): (Range<usize>, String)| {
                (text[..span.start].matches('\n').count() + 1, message.split(',').next().unwrap().to_owned())
            };
            reported(text).into_iter().map(of).collect::<Vec<_>>()
        };
        let reported = |all: &[(usize, &str)]| {
            all.iter().map(|(line, message)| (*line, (*message).to_owned())).collect::<Vec<_>>()
        };
        let rest = "r = 030\n\n[[a.e]]\nu = 1\nt = 1\n\n[[a.e]]\nu = 1\nt = 2\n\n[b]\nu = 1\nu = 2\n";
        let number = "unexpected leading zero";
        for (line, open, message) in [
            (2, "[a.f]\ns = [\"x\"", "unclosed array"),
            (3, "[a.f]\ns = [\n  \"x\", # why", "unclosed array"),
            (2, "[a.f]\ns = [[\"x\"]", "unclosed array"),
            (1, "[a.f", "unclosed table"),
            (1, "[[a.f]", "unclosed array table"),
            (1, "[[a.f", "unclosed array table"),
        ] {
            let at = open.matches('\n').count();
            let expected = [(line, message), (at + 2, number), (at + 14, "duplicate key")];
            let found = lines(&format!("{open}\n{rest}"));
            let found: Vec<_> = found
                .into_iter()
                .map(|(line, message)| {
                    (line, if message.contains("zero") { number.to_owned() } else { message })
                })
                .collect();
            assert_eq!(found, reported(&expected), "{open}");
        }
        let closed = lines("a = [1 = 2]\nb = [\n  1,\n  2\n]\n");
        assert!(!closed.is_empty() && closed.iter().all(|(line, _)| *line == 1), "{closed:?}");
    }

    #[test]
    fn only_escapes_of_toml_1_0_are_offered() {
        let message = &reported("n = \"a\\h\"\n")[0].1;
        assert!(message.contains("expected `b`, `f`, `n`") && !message.contains("`x`"), "{message}");
    }

    #[test]
    fn errors_are_in_the_order_of_the_text() {
        let starts: Vec<_> =
            reported("= 1\nid = 2 3\nx = [1,,2]\n").iter().map(|(span, _)| span.start).collect();
        assert_eq!(starts, [0, 9, 20]);
    }
}
