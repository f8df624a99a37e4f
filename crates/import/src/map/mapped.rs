//! A table whose columns are known: what its rows state, and where that stands.

use diagnostics::TableCell;
use model::{Cell, Document, FieldPath, Offering, Organization, Platform, Step};
use store::Record as _;

use crate::map::header::{Column, Header, Kind};
use crate::map::typed::Wanted;
use crate::plan::stated::Target;
use crate::read::grid::{self, CellKind, Row};
use crate::read::table::Table;

/// A table whose columns are known.
pub(crate) struct Mapped {
    pub(crate) table: Table,
    pub(crate) header: Header,
    wanted: Vec<Wanted>,
    /// The keys of the records that the rows state.
    keys: &'static [&'static str],
    targets: Vec<Target>,
}

impl Mapped {
    pub(crate) fn new(table: Table, header: Header) -> Self {
        let wanted = header.columns.iter().map(Column::wanted).collect();
        let keys = match header.kind {
            Kind::Cells => Cell::KEYS,
            Kind::Entities(Document::Organization) => Organization::KEYS,
            Kind::Entities(Document::Platform) => Platform::KEYS,
            Kind::Entities(_) => Offering::KEYS,
        };
        let targets = header.columns.iter().map(|column| Target::of(column, keys)).collect();
        Self { table, header, wanted, keys, targets }
    }

    /// What the cells of a column are to hold.
    pub(crate) fn wanted(&self, column: usize) -> Wanted {
        self.wanted[column]
    }

    /// Where the texts of a column go in the records that the rows state.
    pub(crate) fn target(&self, column: usize) -> Target {
        self.targets[column]
    }

    /// The keys of the records that the rows state.
    pub(crate) fn keys(&self) -> &'static [&'static str] {
        self.keys
    }

    /// What a row states: its cells, each word for what it stands for, then what every row says.
    pub(crate) fn stated<'m>(&'m self, row: Row<'m>) -> impl Iterator<Item = grid::Cell<'m>> {
        let constants = self.width()..self.header.columns.len();
        row.cells().map(|cell| self.translated(cell)).chain(constants.filter_map(|at| self.constant(at)))
    }

    /// What a row states in a column; nothing where it is blank.
    pub(crate) fn text<'m>(&'m self, row: Row<'m>, column: Option<usize>) -> Option<grid::Cell<'m>> {
        let column = column?;
        self.constant(column).or_else(|| row.cell(column).map(|cell| self.translated(cell)))
    }

    /// What every row says in a column that the table itself does not have.
    fn constant(&self, column: usize) -> Option<grid::Cell<'_>> {
        let text = self.header.constants.get(column.checked_sub(self.width())?)?;
        Some(grid::Cell { column, kind: CellKind::Text, text, detail: None, is_formula: false })
    }

    #[inline]
    fn translated<'m>(&'m self, cell: grid::Cell<'m>) -> grid::Cell<'m> {
        if self.header.words.is_empty() {
            return cell;
        }
        let words = self.header.words.get(&cell.column);
        match words.and_then(|words| words.get(cell.text.trim())) {
            Some(text) => grid::Cell { kind: CellKind::Text, text, detail: None, ..cell },
            None => cell,
        }
    }

    /// The columns that the table itself has and that are blank in a row.
    pub(crate) fn blank<'m>(&'m self, row: Row<'m>) -> impl Iterator<Item = usize> {
        (0..self.width()).filter(move |column| row.cell(*column).is_none())
    }

    /// How many columns the table itself has.
    pub(crate) fn width(&self) -> usize {
        self.header.columns.len() - self.header.constants.len()
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
        if column < self.width() { self.table.cell(row, column) } else { self.table.row(row) }
    }
}
