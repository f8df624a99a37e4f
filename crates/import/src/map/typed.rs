//! Whether what a cell holds is what its column wants. A spreadsheet turns texts into numbers, dates
//! and errors by itself: what it shows then is not what was meant, and nobody can tell what was.

use diagnostics::quoted;

use crate::read::grid::{Cell, CellKind};

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

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// What is wrong.
    pub(crate) message: String,
    /// What to write.
    pub(crate) help: &'static str,
}

const AS_TEXT: &str = "format the cell as text, and write it as it is to read";
const AS_DAY: &str = "write the day alone, such as 2026-07-05, as a date or as text";
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
pub(crate) fn misfit(cell: &Cell<'_>, wanted: Wanted) -> Option<Misfit> {
    if cell.kind == CellKind::Text && wanted != Wanted::Address && !may_be_error(cell.text) {
        return None;
    }
    let text = cell.text.trim();
    let detail = cell.detail.map(quoted);
    let wrong = |message: String, help| Some(Misfit { message, help });
    match (cell.kind, wanted) {
        (CellKind::Text, _) if is_error(text) => {
            wrong(format!("{} is what a spreadsheet shows for an error", quoted(text)), A_VALUE)
        }
        (CellKind::Text, Wanted::Address) => detail.map(|target| Misfit {
            message: match text.contains("://") {
                true => format!("the text links to another address, {target}"),
                false => format!("the text is no address, and links to {target}"),
            },
            help: "write the address itself, without a link",
        }),
        (CellKind::Text | CellKind::Integer, Wanted::Text | Wanted::Integer)
        | (CellKind::Text | CellKind::Date, Wanted::Date)
        | (CellKind::Integer, Wanted::Address) => None,
        (CellKind::Integer | CellKind::Number, Wanted::Date) => wrong(
            format!("the number {} stands here, not a date", quoted(text)),
            "format the cell as a date, or write the day as text, such as 2026-07-05",
        ),
        (CellKind::Number, _) => wrong(
            match detail {
                Some(look) => format!("the number {} shows in another form ({look})", quoted(text)),
                None => format!("the number {} is not whole, or too large to be exact", quoted(text)),
            },
            AS_TEXT,
        ),
        (CellKind::Date, _) => {
            wrong("a date stands here, and a spreadsheet may have made it".to_owned(), AS_TEXT)
        }
        (CellKind::Time, Wanted::Date) => wrong(format!("{} is not a day alone", quoted(text)), AS_DAY),
        (CellKind::Time, _) => {
            wrong("a time stands here, and a spreadsheet may have made it".to_owned(), AS_TEXT)
        }
        (CellKind::Boolean, _) => wrong(format!("the truth value {} stands here", quoted(text)), AS_TEXT),
        (CellKind::Error, _) => wrong(format!("the cell shows the error {}", quoted(text)), A_VALUE),
        (CellKind::Uncalculated, _) => wrong(
            format!("the formula {} has no stored value", quoted(text)),
            "open the file in a spreadsheet program and save it there, or write the value",
        ),
    }
}

/// A look at the first byte, since nearly all cells are texts without a fault.
fn may_be_error(text: &str) -> bool {
    !matches!(text.as_bytes(), [b'a'..=b'z' | b'0'..=b'9' | b'A'..=b'D' | b'F'..=b'Z', ..])
}

fn is_error(text: &str) -> bool {
    let is_numbered = text
        .strip_prefix("Err:")
        .is_some_and(|rest| rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_digit()));
    is_numbered || text.starts_with('#') && ERRORS.contains(&text)
}
