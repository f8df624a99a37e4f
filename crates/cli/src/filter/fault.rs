//! Faults of an expression, with their places.

use std::ops::Range;

use cel::ParseErrors;
use diagnostics::{cut, printable, quoted};
use textwrap::core::display_width;

/// The prefix of the lines of an excerpt.
const INDENT: &str = "  ";

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Fault {
    /// What is wrong, in words.
    pub(crate) message: String,
    /// The bytes of the expression that it is about; empty at the end, all where no part is to blame.
    pub(crate) place: Range<usize>,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, place: Range<usize>) -> Self {
        Self { message: message.into(), place }
    }

    /// The line of the expression with the place marked below it, in at most `width` columns. Nothing
    /// where there is nothing to mark.
    pub(crate) fn excerpt(&self, expression: &str, width: usize) -> Option<String> {
        if expression.trim().is_empty() || self.place == (0..0) {
            return None;
        }
        let at = floor(expression, self.place.start);
        let start = expression[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = expression[start..].lines().next().unwrap_or_default();
        let at = (at - start).min(line.len());
        let end = floor(line, self.place.end.saturating_sub(start)).max(at);
        let room = width.saturating_sub(INDENT.len()).max(20);
        // A line that is too long is shown from shortly before the place.
        let mut before = printable(&line[..at]).into_owned();
        let is_long = display_width(&before) + display_width(&printable(&line[at..])) > room;
        if is_long && display_width(&before) > room / 2 {
            let kept: Vec<_> = before.chars().rev().take(room / 4).collect();
            before = format!("…{}", kept.into_iter().rev().collect::<String>());
        }
        let column = display_width(&before);
        let left = room.saturating_sub(column).max(1);
        let after = printable(&line[at..]);
        let carets = display_width(&printable(&line[at..end])).clamp(1, left);
        Some(format!(
            "{INDENT}{before}{}\n{INDENT}{}{}",
            cut(&after, left),
            " ".repeat(column),
            "^".repeat(carets)
        ))
    }

    /// The first syntax error that the parser reports.
    pub(super) fn of_syntax(expression: &str, errors: &ParseErrors) -> Self {
        // The rest follows from it, or speaks of the parser's own tree.
        let of_syntax = |message: &str| message.strip_prefix("Syntax error: ").map(ToOwned::to_owned);
        let mut told = errors.errors.iter().filter_map(|error| Some((error, of_syntax(&error.msg)?)));
        let (error, message) = match (told.next(), errors.errors.first()) {
            (Some(found), _) => found,
            (None, Some(error)) => (error, error.msg.clone()),
            (None, None) => return Self::new("the expression cannot be read", 0..expression.len()),
        };
        let start = offset(expression, error.pos);
        let rest = &expression[start..];
        let token =
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum::<usize>();
        let token = token.max(rest.chars().next().map_or(0, char::len_utf8));
        let place = start..start + token;
        let found = &expression[place.clone()];
        let message = match found {
            _ if message.starts_with("missing ")
                && let Some(missing) = message.split('\'').nth(1) =>
            {
                format!("{} is missing here", quoted(missing))
            }
            _ if message.contains("has() macro") => {
                "has() needs a field: has(cells.hipaa_baa.tier)".to_owned()
            }
            "" if expression.trim().is_empty() => "the expression is empty".to_owned(),
            "" => "the expression ends too early".to_owned(),
            "\"" | "'" => "the text that begins here does not end, or has an unknown escape".to_owned(),
            "=" => "`=` is not an operator: write `==` to compare".to_owned(),
            "&" => "`&` is not an operator: write `&&`".to_owned(),
            "|" => "`|` is not an operator: write `||`".to_owned(),
            "and" | "AND" => format!("{} is not an operator: write `&&`", quoted(found)),
            "or" | "OR" => format!("{} is not an operator: write `||`", quoted(found)),
            "not" | "NOT" => format!("{} is not an operator: write `!`", quoted(found)),
            _ if message.starts_with("invalid ") => format!("{}: {}", quoted(found), printable(&message)),
            _ => format!("{} is not expected here", quoted(found)),
        };
        Self::new(message, place)
    }
}

/// The byte offset of a line and column, both from 1; columns count characters.
fn offset(expression: &str, (line, column): (isize, isize)) -> usize {
    let number = |from_one: isize| usize::try_from(from_one - 1).unwrap_or_default();
    let start = expression.split_inclusive('\n').take(number(line)).map(str::len).sum::<usize>();
    let before = expression[start..].chars().take(number(column)).map(char::len_utf8).sum::<usize>();
    start + before
}

/// The nearest boundary of a character at or before an offset.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset.min(text.len()))
}
