//! Syntax errors as people look for them: in the order of the text, one a fault.

use std::ops::Range;

use toml::de::Error;

/// Where the errors of a text are, and what they say, in the order of the text. Where several begin at
/// one place, the parser's first is the cause of the others.
pub(crate) fn syntax_errors(text: &str, errors: &[Error]) -> Vec<(Range<usize>, String)> {
    let place = |error: &Error| (at_line_end(text, error.span().unwrap_or(0..0)), error.message().to_owned());
    let mut told: Vec<_> = errors.iter().map(place).collect();
    told.sort_by_key(|(span, _)| span.start);
    told.dedup_by_key(|(span, _)| span.start);
    told
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

    fn told(text: &str) -> Vec<(Range<usize>, String)> {
        let (_, errors) = toml::de::DeTable::parse_recoverable(text);
        syntax_errors(text, &errors)
    }

    #[test]
    fn line_ends_make_no_difference() {
        for text in
            ["id = \"x\nb = 1\n", "id = 'x\nb = 1\n", "a = \"\\u12\n", "[a\nb = 1\n", "id = \nb = 2\n"]
        {
            let with_returns = told(&text.replace('\n', "\r\n"));
            assert_eq!(told(text).first(), with_returns.first(), "{text:?}");
            assert_eq!(told(text).len(), with_returns.len(), "{text:?}");
        }
        assert_eq!(told("id = \"x\"\rname = 1")[0].0, 8..9);
    }

    #[test]
    fn errors_are_in_the_order_of_the_text() {
        let starts: Vec<_> = told("= 1\nid = 2 3\nx = [1,,2]\n").iter().map(|(span, _)| span.start).collect();
        assert_eq!(starts, [0, 9, 20]);
    }
}
