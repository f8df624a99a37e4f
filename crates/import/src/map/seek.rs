//! Finds the row of the headers in a table.

use std::cmp::Reverse;

use crate::map::header::{bare, is_known, name_of};
use crate::map::mapping::Mapping;
use crate::read::grid::{Grid, Row};

/// How many rows are looked at for the one that holds the headers.
pub(crate) const SOUGHT: usize = 30;

/// How many cells of a row are headers of known columns.
pub(crate) fn known(row: Row<'_>, mapping: &Mapping) -> usize {
    row.cells().filter(|cell| mapping.knows(cell.text) || is_known(&name_of(bare(cell.text)))).count()
}

/// The index of the row of headers, which has the most known columns, and how many these are.
pub(crate) fn seek(grid: &Grid, mapping: &Mapping) -> Option<(usize, usize)> {
    let rows = grid.rows(0..grid.len()).filter(|row| !row.is_blank()).take(SOUGHT);
    let best = rows.map(|row| (row.index(), known(row, mapping))).min_by_key(|(_, known)| Reverse(*known));
    best.filter(|(_, known)| *known > 0)
}
