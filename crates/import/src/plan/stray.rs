//! Rows that are no rows of the table: headers repeated further down, headers of another table, totals.

use model::tabular::{
    CELL_COLUMNS, OFFERING_COLUMNS, ORGANIZATION_COLUMNS, PLATFORM_COLUMNS, evidence_of_column,
};

use crate::fault::Fault;
use crate::map::header::{Kind, name_of};
use crate::map::mapped::Mapped;
use crate::read::grid::{Cell, Row};
use crate::rules::STRAY_ROW;

/// A row that is no row of the table.
pub(crate) struct Stray {
    pub(crate) fault: Fault,
    /// Whether what is below it belongs to another table.
    pub(crate) is_end: bool,
}

/// How a row of totals begins.
const TOTALS: [&str; 6] = ["total", "subtotal", "sum", "grand_total", "average", "count"];

/// What a row is, if it is no row of the table.
pub(crate) fn stray(mapped: &Mapped, row: Row<'_>) -> Option<Stray> {
    let first = row.cells().next().map(|cell| name_of(cell.text))?;
    let is_same = |cell: &Cell<'_>| {
        let header = mapped.header_of(cell.column);
        !header.is_empty() && name_of(header) == name_of(cell.text)
    };
    // The tables of entities all begin with `id`, and an entity may be called like a column.
    if mapped.header.kind != Kind::Cells && !row.cells().next().is_some_and(|cell| is_same(&cell)) {
        return None;
    }
    let cells = row.cells().count();
    let same = row.cells().filter(is_same).count();
    let headers = row.cells().filter(|cell| is_same(cell) || is_column(&name_of(cell.text))).count();
    let fault =
        |message: &str, help: &str| Fault::at(STRAY_ROW, mapped.table.row(row), message.to_owned(), help);
    if same > 1 && same * 2 > cells {
        return Some(Stray { fault: fault("the row repeats the headers", "delete the row"), is_end: false });
    }
    if headers > 1 && headers * 2 > cells {
        let message = "the row has the headers of another table; nothing below it was checked";
        return Some(Stray { fault: fault(message, "give that table its own sheet or file"), is_end: true });
    }
    let word = first.split(|c: char| !c.is_alphabetic() && c != '_').next().unwrap_or_default();
    let is_total =
        TOTALS.contains(&word.trim_end_matches('_')) && row.cells().all(|cell| cell.text.len() < 40);
    is_total.then(|| Stray {
        fault: fault("the row looks like a row of totals", "delete the row: each row must name its owner"),
        is_end: false,
    })
}

/// Returns whether any table has a column of this name.
fn is_column(name: &str) -> bool {
    let known = [CELL_COLUMNS, &ORGANIZATION_COLUMNS, &PLATFORM_COLUMNS, &OFFERING_COLUMNS];
    name == "offering"
        || known.iter().any(|columns| columns.contains(&name))
        || evidence_of_column(name).is_some()
}
