//! The usual slips of people who write TOML by hand: what is said of each. How each is recognised and corrected is in
//! the modules beside this one. To add one, give it a line in both functions here and have a reader note it; the page of
//! `schema/syntax` shows it.

use std::borrow::Cow;

use model::{Date, no_such_day};

/// A usual slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// A blank that no key ends with, or a character that has no width.
    Blank(char),
    /// Quotes as word processors write them.
    Quotes(char),
    /// No quotes around a text.
    Unquoted,
    NoOpening,
    NoClosing,
    /// A text ends with another quote than it begins with.
    Mismatched,
    /// A quote within a text.
    Inner,
    /// A backslash within double quotes that begins no escape.
    Backslash,
    /// A text of several lines between quotes for one line.
    SeveralLines,
    /// A headline, which is one line, on several.
    SplitLine,
    /// A text of several lines that ends with one quote.
    OneQuote,
    /// A text of several lines that does not end.
    NeverClosed,
    /// A sign between key and value that is not `=`.
    Sign(&'static str),
    /// No sign between key and value.
    NoSign,
    /// A blank within a key.
    KeyBlank,
    /// A key without a value.
    NoValue,
    /// A word for "no value".
    Nothing,
    /// A day in another form.
    Day,
    /// A day of which the month cannot be known.
    UncertainDay(Date, Date),
    /// A day that the calendar does not have, by its year, month and day.
    NoSuchDay([i16; 3]),
    /// A day with a time.
    TimeOfDay,
    /// What is no day in the place of one.
    NoDay,
    /// `True` or `FALSE`.
    TrueFalse,
    /// `yes` or `no` where a text and a truth value may be meant.
    YesNo,
    /// A comma or semicolon after a value.
    Comma,
    /// No comma between the items of a list or table.
    NoComma,
    Semicolon,
    /// Several texts without brackets.
    NoBrackets,
    /// A list without its last bracket.
    ListEnd,
    /// A table in braces without the last brace.
    BraceEnd,
    /// One bracket where a list of tables has two.
    OneBracket,
    /// Brackets of a header that do not match.
    Brackets,
    /// A header that is followed by something else.
    AfterHeader,
}

impl Slip {
    /// What is wrong, of a key or of the name in a header.
    pub(super) fn message(self, name: &str) -> String {
        match self {
            Self::Blank(c) => format!("this line holds {}, a character that cannot be seen", code(c)),
            Self::Quotes(c) => {
                format!("{name} has typographic quotes, as word processors write them (`{c}`)")
            }
            Self::Unquoted => format!("the text of {name} is not in quotes"),
            Self::NoOpening => format!("the text of {name} has no opening quote"),
            Self::NoClosing => format!("the text of {name} has no closing quote"),
            Self::Mismatched => format!("the text of {name} does not end with the quote it begins with"),
            Self::Inner => format!("a quote within the text of {name} ends it"),
            Self::Backslash => format!("a backslash in the text of {name} is no valid escape"),
            Self::SeveralLines => format!("the text of {name} has several lines between quotes for one line"),
            Self::SplitLine => format!("the text of {name} is on several lines"),
            Self::OneQuote => {
                format!("the text of {name} begins with three quotes and does not end with three")
            }
            Self::NeverClosed => format!("the text of {name} begins with three quotes and never ends"),
            Self::Sign(sign) => format!("{name} is followed by `{sign}` instead of `=`"),
            Self::NoSign => format!("the `=` after {name} is missing"),
            Self::KeyBlank => format!("the key {name} has a blank in it"),
            Self::NoValue => format!("{name} has no value"),
            Self::Nothing => format!("{name} has a word for \"no value\", which TOML does not have"),
            Self::Day | Self::UncertainDay(..) => format!("the date of {name} is not written year-month-day"),
            Self::NoSuchDay([year, month, day]) => {
                let text = format!("{year:04}-{month:02}-{day:02}");
                let why = no_such_day(&text).unwrap_or_default();
                format!("the date of {name}, {text}, is no day: {why}")
            }
            Self::TimeOfDay => format!("the date of {name} has a time of day"),
            Self::NoDay => format!("{name} is not a date"),
            Self::TrueFalse => format!("{name} is not `true` or `false` in small letters"),
            Self::YesNo => format!("{name} is neither `true` or `false` nor a text in quotes"),
            Self::Comma => format!("a comma or semicolon follows the value of {name}"),
            Self::NoComma => format!("a comma is missing between two values of {name}"),
            Self::Semicolon => format!("a semicolon is between two values of {name}"),
            Self::NoBrackets => format!("{name} has several texts that are not in brackets"),
            Self::ListEnd => format!("the list of {name} has no closing bracket"),
            Self::BraceEnd => format!("the table of {name} has no closing brace"),
            Self::OneBracket => format!("{name} is a list of blocks, and its header has one bracket"),
            Self::Brackets => format!("the brackets of the header {name} do not match"),
            Self::AfterHeader => format!("something follows the header {name} on its line"),
        }
    }

    /// What to do, in general; empty where the corrected line says it all.
    pub(super) fn advice(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Blank(_) => {
                "delete the character: it often comes from a web page or a word processor, and looks like a blank or like nothing"
            }
            Self::Quotes(_) => "type straight quotes",
            Self::Inner => "a `\"` within a text is written `\\\"`",
            Self::Backslash => "a backslash in double quotes is written `\\\\`",
            Self::SeveralLines => "a text of several lines begins and ends with three quotes",
            Self::SplitLine => "a headline is one line; a note of several begins and ends with three quotes",
            Self::OneQuote => "end it with three quotes",
            Self::NeverClosed => "write three quotes where it ends",
            Self::NoValue => "write a value after the `=`, or delete the line",
            Self::Nothing => "delete the line: a key that is not there has no value",
            Self::Day => "a date is year, month and day, without quotes",
            Self::UncertainDay(one, other) => {
                return format!(
                    "write {one} or {other}, whichever is meant: year, month and day, without quotes"
                )
                .into();
            }
            Self::NoSuchDay(_) => "write the day that is meant",
            Self::TimeOfDay => "a date is year, month and day",
            Self::NoDay => "write year, month and day, such as 2026-11-30, without quotes",
            Self::YesNo => "write `true` or `false`, or a text in quotes",
            Self::Comma => "each key has a line of its own, without a comma at its end",
            Self::OneBracket => "a list has two brackets on each side of its headers",
            Self::AfterHeader => "a header has a line of its own",
            _ => "",
        })
    }
}

/// A character by its number, and its name where people know it.
fn code(c: char) -> String {
    let name = match c {
        '\u{a0}' => " (no-break space)",
        '\u{202f}' => " (narrow no-break space)",
        '\u{200b}' => " (zero-width space)",
        '\u{ad}' => " (soft hyphen)",
        '\u{feff}' => " (byte-order mark)",
        _ => "",
    };
    format!("U+{:04X}{name}", u32::from(c))
}
