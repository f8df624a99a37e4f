//! A table whose columns are known: what its rows state, and where that is.

use std::ops::Range;

use diagnostics::TableCell;
use model::{Cell, Document, Evidence, FieldPath, Offering, Organization, Platform, Record as _, Step};
use rayon::prelude::*;

use crate::map::destination::Destination;
use crate::map::header::{Column, Kind};
use crate::map::layout::Layout;
use crate::map::made::Made;
use crate::map::typed::Wanted;
use crate::read::grid::{self, Grid, Row};
use crate::read::table::Table;

/// A table whose columns are known.
pub(crate) struct Mapped {
    pub(crate) table: Table,
    pub(crate) header: Layout,
    /// The rows that a profile makes of those of the table.
    made: Option<Made>,
    wanted: Vec<Wanted>,
    /// The keys of the records that the rows state.
    keys: &'static [&'static str],
    targets: Vec<Destination>,
}

impl Mapped {
    pub(crate) fn new(table: Table, header: Layout, made: Option<Made>) -> Self {
        let wanted = header.columns.iter().map(Column::wanted).collect();
        let keys = match header.kind {
            Kind::Cells => Cell::KEYS,
            Kind::Entities(Document::Organization) => Organization::KEYS,
            Kind::Entities(Document::Platform) => Platform::KEYS,
            Kind::Entities(_) => Offering::KEYS,
        };
        let targets = header.columns.iter().map(|column| Destination::of(column, keys)).collect();
        Self { table, header, made, wanted, keys, targets }
    }

    /// What the cells of a column are to hold.
    pub(crate) fn wanted(&self, column: usize) -> Wanted {
        self.wanted[column]
    }

    /// Where the texts of a column go in the records that the rows state.
    pub(crate) fn target(&self, column: usize) -> Destination {
        self.targets[column]
    }

    /// The keys of the records that the rows state.
    pub(crate) fn keys(&self) -> &'static [&'static str] {
        self.keys
    }

    /// The cells in the columns of the registry.
    pub(crate) fn grid(&self) -> &Grid {
        self.made.as_ref().map_or(&self.table.grid, |made| &made.grid)
    }

    pub(crate) fn grid_mut(&mut self) -> &mut Grid {
        self.made.as_mut().map_or(&mut self.table.grid, |made| &mut made.grid)
    }

    /// The rows that state something, blank ones too.
    pub(crate) fn rows(&self) -> impl DoubleEndedIterator<Item = Row<'_>> {
        self.grid().rows(self.indexes())
    }

    /// The indexes of those rows.
    fn indexes(&self) -> Range<usize> {
        let first = if self.made.is_some() { 0 } else { self.table.header + 1 };
        first..self.grid().len()
    }

    /// How many sources, facts, parts and items of lists the rows may state: at most as many as their bytes.
    pub(crate) fn entries(&self) -> usize {
        let url = Evidence::KEYS.iter().position(|key| *key == "url");
        let counted = |column: usize, target: &Destination| match target {
            Destination::Source(_, at) if Some(*at) == url => Some((column, false)),
            Destination::Map(_) | Destination::List(_) => Some((column, true)),
            _ => None,
        };
        let columns = self.targets.iter().enumerate();
        let columns: Vec<_> = columns.filter_map(|(column, target)| counted(column, target)).collect();
        let entries = |cell: grid::Cell<'_>, is_list: bool| match is_list {
            true => memchr::memchr3_iter(b';', b',', b'\n', cell.text.as_bytes()).count() + 1,
            false => 1,
        };
        let rows = self.indexes().into_par_iter().map(|index| self.grid().row(index));
        rows.map(|row| {
            let cells = columns.iter().filter_map(|(column, is_list)| {
                Some((row.cell(*column).filter(|cell| !cell.text.is_empty())?, *is_list))
            });
            cells.map(|(cell, is_list)| entries(cell, is_list)).sum::<usize>()
        })
        .sum()
    }

    /// The indexes of those rows, so many at a time.
    pub(crate) fn shares(&self, most: usize) -> Vec<Range<usize>> {
        let Range { start, end } = self.indexes();
        (start..end).step_by(most).map(|start| start..end.min(start + most)).collect()
    }

    /// What a row states in the columns of the registry. Text in a column without a header states nothing.
    pub(crate) fn stated<'m>(&'m self, row: Row<'m>) -> impl Iterator<Item = grid::Cell<'m>> {
        let width = self.header.columns.len();
        row.cells().take_while(move |cell| cell.column < width)
    }

    /// The columns that a row has from the constants of a profile.
    pub(crate) fn constants<'m>(&'m self, row: Row<'m>) -> impl Iterator<Item = usize> {
        let made = self.made.iter();
        made.flat_map(move |made| row.cells().filter(move |cell| made.is_constant(row, cell.column)))
            .map(|cell| cell.column)
    }

    /// What a row states in a column; nothing where it is blank.
    pub(crate) fn text<'m>(&'m self, row: Row<'m>, column: Option<usize>) -> Option<grid::Cell<'m>> {
        row.cell(column?)
    }

    /// The columns of the registry that the table fills, and that are blank in a row.
    pub(crate) fn blank<'m>(&'m self, row: Row<'m>) -> impl Iterator<Item = usize> {
        let question = self.made.as_ref().and_then(|made| made.question(row));
        let is_filled =
            move |column: &usize| self.header.is_plain || self.header.source(*column, question).is_some();
        (0..self.header.own).filter(move |column| row.cell(*column).is_none()).filter(is_filled)
    }

    /// How many columns of the registry the table itself fills.
    pub(crate) fn width(&self) -> usize {
        self.header.own
    }

    /// The column of the table that fills a column of the registry: of several, the first.
    pub(crate) fn source(&self, column: usize) -> Option<usize> {
        self.header.fills.iter().position(|all| all.iter().any(|fill| fill.column == column))
    }

    /// The header of the column of the table that fills a column of the registry; empty where it has none.
    pub(crate) fn header_of(&self, column: usize) -> &str {
        self.source(column).and_then(|at| self.table.headers.get(at)).map_or("", |header| header.trim())
    }

    /// The place of a field of a row: its column, else that of the nearest thing around it, else the row.
    pub(crate) fn place(&self, row: Row<'_>, field: Option<&FieldPath>) -> TableCell {
        let steps = field.map_or(&[][..], FieldPath::steps);
        let fits = |column: &Column| match column {
            Column::Field(path) => steps.starts_with(path.steps()),
            Column::List(name) | Column::Map(name) => {
                matches!(steps.first(), Some(Step::Key(key)) if key == name)
            }
            Column::Owner => steps.is_empty(),
            Column::Dimension | Column::Whole | Column::Remark => false,
        };
        let around = |column: &Column| matches!(column, Column::Field(path) if !steps.is_empty() && path.steps().starts_with(steps));
        let columns = &self.header.columns;
        match columns.iter().position(fits).or_else(|| columns.iter().position(around)) {
            Some(column) => self.at(row, column),
            None => self.table.row(row),
        }
    }

    /// The place of a column of a row; that of the row where the table itself lacks the column.
    pub(crate) fn at(&self, row: Row<'_>, column: usize) -> TableCell {
        let Some(made) = &self.made else { return self.table.cell(row, column) };
        let source = match row.index_of(column) {
            Some(cell) => made.source(cell),
            None => self.header.source(column, made.question(row)),
        };
        match source {
            Some(source) => self.table.cell(self.table.grid.row(made.row(row)), source),
            None => self.table.row(row),
        }
    }
}
