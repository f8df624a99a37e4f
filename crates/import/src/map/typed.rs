//! Checks that the type of a cell fits its column. A spreadsheet turns texts into numbers, dates
//! and errors by itself: what it shows then is not what was meant, and the original is lost.

use diagnostics::quoted;
use model::Url;

use crate::read::grid::{Cell, CellKind};
use crate::read::invalid_cell::InvalidCell;

/// What a column wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A text.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Integer,
    /// The address of a page.
    Address,
}

const AS_TEXT: &str = "format the cell as text, and write the value again";
const AS_DAY: &str = "write only the day, such as 2026-07-05, as a date or as text";
const A_VALUE: &str = "write the value, or leave the cell empty";

/// What spreadsheets show where a formula failed.
const ERRORS: &[&str] = &[
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#GETTING_DATA",
    "#ERROR!",
];

/// What is wrong with the kind of a cell, if anything.
#[inline]
pub(crate) fn mistyped(cell: &Cell<'_>, wanted: Wanted) -> Option<InvalidCell> {
    if cell.kind == CellKind::Text && wanted != Wanted::Address && !may_be_error(cell.text) {
        return None;
    }
    looked_at(cell, wanted)
}

/// Returns whether two spellings of an address lead to one page.
fn is_same_page(one: &str, other: &str) -> bool {
    let url = |text: &str| text.trim().parse::<Url>().ok();
    url(one).zip(url(other)).is_some_and(|(one, other)| one.identity() == other.identity())
}

fn looked_at(cell: &Cell<'_>, wanted: Wanted) -> Option<InvalidCell> {
    let text = cell.text.trim();
    let detail = cell.detail.map(quoted);
    let wrong = |message: String, help: &'static str| Some(InvalidCell::new(message, help));
    match (cell.kind, wanted) {
        (CellKind::Refused, _) => cell.invalid.cloned(),
        (CellKind::Text, _) if is_error(text) => {
            wrong(format!("{} is the error value of a spreadsheet", quoted(text)), A_VALUE)
        }
        (CellKind::Text, Wanted::Address) if cell.detail.is_some_and(|target| is_same_page(text, target)) => {
            None
        }
        (CellKind::Text, Wanted::Address) => detail.map(|target| match text.contains("://") {
            true => InvalidCell::new(
                format!("the text links to another address, {target}"),
                "write the address itself, without a link",
            ),
            false => InvalidCell::new(
                format!("the text is not an address, and links to {target}"),
                if cell.detail.is_some_and(|target| target.contains("://")) {
                    "write the address itself, or use the links of the texts with `--take-links`"
                } else {
                    "write the address of the page"
                },
            ),
        }),
        (CellKind::Text | CellKind::Integer, Wanted::Text | Wanted::Integer)
        | (CellKind::Text | CellKind::Date, Wanted::Date)
        | (CellKind::Integer, Wanted::Address) => None,
        (CellKind::Integer | CellKind::Number, Wanted::Date) => wrong(
            format!("the number {} is here instead of a date", quoted(text)),
            "format the cell as a date, or write the day as text, such as 2026-07-05",
        ),
        (CellKind::Number, _) => wrong(
            match detail {
                Some(look) => format!("the number {} is shown in another format ({look})", quoted(text)),
                None => format!("the number {} is not whole, or too large to be exact", quoted(text)),
            },
            AS_TEXT,
        ),
        (CellKind::Month, Wanted::Date) => {
            wrong(format!("the date is shown only as a month, {}", quoted(text)), AS_DAY)
        }
        (CellKind::Date | CellKind::Month, _) => {
            wrong("this is a date, which a spreadsheet may have made".to_owned(), AS_TEXT)
        }
        (CellKind::Time, Wanted::Date) => wrong(format!("{} is not only a day", quoted(text)), AS_DAY),
        (CellKind::Time, _) => wrong("this is a time, which a spreadsheet may have made".to_owned(), AS_TEXT),
        (CellKind::Boolean, _) => wrong(format!("this is the truth value {}", quoted(text)), AS_TEXT),
        (CellKind::Error, _) => wrong(format!("the cell shows the error {}", quoted(text)), A_VALUE),
        (CellKind::Uncalculated, _) => wrong(
            format!("the formula {} has no stored value", quoted(text)),
            "open the file in a spreadsheet program and save it there, or write the value",
        ),
    }
}

/// A look at the first byte, since nearly all cells are texts without a fault. Without this, an import of 11,000 rows of
/// CSV costs 3.6 % more instructions.
fn may_be_error(text: &str) -> bool {
    !matches!(text.as_bytes(), [b'a'..=b'z' | b'0'..=b'9' | b'A'..=b'D' | b'F'..=b'Z', ..])
}

fn is_error(text: &str) -> bool {
    let is_numbered = text
        .strip_prefix("Err:")
        .is_some_and(|rest| rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_digit()));
    is_numbered || text.starts_with('#') && ERRORS.contains(&text)
}
