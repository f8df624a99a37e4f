//! Why a file is refused as a whole, or a cell of it.

use std::borrow::Cow;

use diagnostics::{Finding, TableCell};

use crate::fault::{at_row, fault, letter};
use crate::limits::MAX_MARKS;
use crate::rules::UNREADABLE;

/// Why a file is refused, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The sheet.
    pub(crate) sheet: Option<String>,
    /// The row, from 1.
    pub(crate) row: Option<u32>,
    /// The column, from 0.
    pub(crate) column: Option<u16>,
    /// What the cell shows.
    pub(crate) text: Option<String>,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Cow<'static, str>,
}

impl From<Box<Refused>> for Refused {
    fn from(boxed: Box<Refused>) -> Self {
        *boxed
    }
}

impl Refused {
    /// A file is refused as a whole.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        let (message, help) = (message.into(), help.into());
        Self { sheet: None, row: None, column: None, text: None, message, help }
    }

    /// At a cell.
    pub(crate) fn at(self, row: u32, column: u16) -> Self {
        Self { row: Some(row), column: Some(column), ..self }
    }

    /// In a sheet.
    pub(crate) fn within(self, sheet: &str) -> Self {
        Self { sheet: Some(sheet.to_owned()), ..self }
    }

    /// As a finding of a file.
    pub(crate) fn finding(self, file: &str) -> Finding {
        let column = self.column.map(|column| letter(column.into()));
        let row = self.row.map(u64::from);
        let place = TableCell { sheet: self.sheet, column, text: self.text, ..at_row(file, row) };
        fault(UNREADABLE, place, self.message, &self.help)
    }
}

/// Refuses more marks of a kind than may be: what has so many of them, and what to do.
pub(crate) fn few_marks(count: usize, what: &str, help: &'static str) -> Result<(), Refused> {
    match count {
        ..=MAX_MARKS => Ok(()),
        _ => Err(Refused::new(what.replace("{}", &MAX_MARKS.to_string()), help)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_marks_may_be() {
        assert_eq!(few_marks(MAX_MARKS, "the sheet has more than {} links", "remove some"), Ok(()));
        let refused =
            few_marks(MAX_MARKS + 1, "the sheet has more than {} links", "remove some").unwrap_err();
        assert_eq!(
            (refused.message.as_str(), refused.help.as_ref()),
            ("the sheet has more than 100000 links", "remove some")
        );
    }
}
