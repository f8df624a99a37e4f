//! The keys of the tables, and which column refers to which.

use super::answers::ANSWERS;
use super::exceptions::EXCEPTIONS;
use super::matrix::MATRIX;
use super::visits::VISITS;

/// A column, or several, that hold the key of another table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    /// The columns that hold the key.
    pub(super) columns: &'static [&'static str],
    /// The table that is referred to.
    pub(super) table: &'static str,
}

/// The columns that together name a row.
pub(super) fn primary(table: &str) -> &'static [&'static str] {
    match table {
        "cells" => &["owner", "dimension"],
        "evidence" | EXCEPTIONS => &["owner", "dimension", "n"],
        ANSWERS => &["offering", "dimension"],
        MATRIX => &["offering"],
        VISITS => &["host", "n"],
        _ => &["id"],
    }
}

/// What the rows of a table refer to. The owner of a cell is in one of three tables, so that no
/// reference can say it.
pub(super) fn foreign(table: &str) -> &'static [Reference] {
    match table {
        "platforms" => &[Reference { columns: &["operator"], table: "organizations" }],
        "offerings" => &[
            Reference { columns: &["developer"], table: "organizations" },
            Reference { columns: &["platform"], table: "platforms" },
        ],
        "evidence" | EXCEPTIONS => &[Reference { columns: &["owner", "dimension"], table: "cells" }],
        MATRIX | ANSWERS => &[Reference { columns: &["offering"], table: "offerings" }],
        _ => &[],
    }
}
