//! Cells in tables: the columns, and how a list or a map becomes one text.
//!
//! The code that writes tables and the code that reads them both follow this page.
//!
//! **Lists** are separated by commas, `EU, US` on output. An item that is empty, holds a comma, a
//! double quote or a control character (a line break is one), or begins or ends with a space is
//! in double quotes.
//!
//! **Facts and parts** are `key=value; key=value`. The first `=` ends the key, `;` ends the value,
//! and double quotes protect both characters. A value is typed when it is written as TOML writes
//! `true` or `false`, a decimal number, a date, a text in double quotes, or a list of such texts in
//! brackets; any other value is a text as it is. So a text is in double quotes if it
//! would otherwise be typed, is empty, begins or ends with a blank, begins with `"` or `[`, or holds
//! `;`, a double quote or a control character.
//!
//! **Quoted texts** escape as TOML's basic strings do: `\"`, `\\`, `\n`, `\t` and `\uXXXX` on
//! output, every escape of TOML 1.0 on input. Unlike in TOML, a line break may also be written as it is.
//!
//! An empty list, map or text looks the same as an absent one: all are a blank table cell.

mod columns;
mod facts;
mod guard;
mod list;
mod quoting;
mod whole;

use std::ops::Range;

pub use columns::{
    CELL_COLUMNS, EVIDENCE_VIEW_COLUMNS, EvidenceField, MATRIX_VIEW_COLUMNS, OFFERING_COLUMNS,
    ORGANIZATION_COLUMNS, PLATFORM_COLUMNS, cell_columns, evidence_column, evidence_of_column,
};
pub use facts::{FactEntry, read_facts, write_facts, write_parts};
pub use guard::{GUARD_MARK, guard, unguard};
pub use list::{read_list, write_list};
pub use whole::{WHOLE_MARK, whole_digest};

/// What is wrong in the text of a table cell, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct TabularError {
    /// The bytes of the text that are wrong.
    pub at: Range<usize>,
    /// What is wrong and what to write, in a clause without capital and full stop.
    pub what: String,
}

impl TabularError {
    fn new(at: Range<usize>, what: impl Into<String>) -> Self {
        Self { at, what: what.into() }
    }
}
