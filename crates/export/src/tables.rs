//! The registry as tables of texts: what every spreadsheet format holds.

use model::tabular::{
    CELL_COLUMNS, EVIDENCE_VIEW_COLUMNS, EvidenceField, OFFERING_COLUMNS, ORGANIZATION_COLUMNS,
    PLATFORM_COLUMNS, WHOLE_MARK, cell_columns, evidence_of_column, whole_digest,
};
use model::{Cell, Evidence, PageVisits, Record, Registry, Slot};

use crate::stored::{Owner, Stored, owners, stored_cells};

/// What the column of digests says to people.
pub(crate) const WHOLE_MEANING: &str = "The digest of the cell as it was exported. Leave it as it is: it lets an import remove \
     the facts, parts and evidence that the row no longer names, and notice that the cell has changed since.";

/// A row of a table. One that is shorter than the header has nothing in the columns behind its end, so that the row with
/// the most columns does not set the size of all others.
pub(crate) type Row = Vec<String>;

/// Makes the rows of a part of a table.
type Rows<'a> = dyn Fn(usize) -> Vec<Row> + Send + Sync + 'a;

/// A table of texts, made part by part as it is written: as a whole it may take more memory than the registry. What is
/// absent or could not be read is the empty text.
pub(crate) struct Table<'a> {
    /// Its name: the file without its ending, or the sheet.
    pub(crate) name: &'static str,
    /// The columns.
    pub(crate) header: Row,
    parts: usize,
    rows: Box<Rows<'a>>,
}

impl<'a> Table<'a> {
    /// A table of things, each of which has some rows.
    pub(crate) fn new<T: Send + Sync + 'a>(
        name: &'static str,
        header: impl IntoIterator<Item: Into<String>>,
        things: Vec<T>,
        rows: impl Fn(&T) -> Vec<Row> + Send + Sync + 'a,
    ) -> Self {
        let header = header.into_iter().map(Into::into).collect();
        Self { name, header, parts: things.len(), rows: Box::new(move |part| rows(&things[part])) }
    }

    /// The same with other texts in its header and rows.
    pub(crate) fn map(self, change: impl Fn(Row) -> Row + Send + Sync + 'a) -> Self {
        let (name, header, parts) = (self.name, change(self.header), self.parts);
        let rows = move |part| (self.rows)(part).into_iter().map(&change).collect();
        Self { name, header, parts, rows: Box::new(rows) }
    }

    /// How many parts it is made of.
    pub(crate) fn parts(&self) -> usize {
        self.parts
    }

    /// The rows of a part.
    pub(crate) fn part(&self, part: usize) -> Vec<Row> {
        (self.rows)(part)
    }

    /// All rows, made one part after the other.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> {
        (0..self.parts).flat_map(|part| self.part(part))
    }
}

/// The tables of the registry: those that are imported again, and the evidence as a separate view.
pub(crate) fn tables(registry: &Registry) -> Vec<Table<'_>> {
    let visits = PageVisits::new(&registry.visits);
    let evidence =
        move |owner: &Owner<'_>| owner.stored().flat_map(|stored| evidence_rows(&stored, &visits)).collect();
    let mut tables = importable(registry);
    tables.push(Table::new("evidence", EVIDENCE_VIEW_COLUMNS, owners(registry), evidence));
    tables
}

/// The tables that are imported again. Entities of which nothing could be read have no row.
pub(crate) fn importable(registry: &Registry) -> Vec<Table<'_>> {
    let organizations = registry.organizations.iter().filter(|(_, one)| !one.is_unread());
    let platforms = registry.platforms.iter().filter(|(_, one)| !one.is_unread());
    let offerings = registry.offerings.iter().filter(|(_, one)| !one.is_unread());
    vec![
        Table::new("organizations", ORGANIZATION_COLUMNS, organizations.collect(), |(id, one)| {
            vec![entity_row(id, *one, &ORGANIZATION_COLUMNS)]
        }),
        Table::new("platforms", PLATFORM_COLUMNS, platforms.collect(), |(id, one)| {
            vec![entity_row(id, *one, &PLATFORM_COLUMNS)]
        }),
        Table::new("offerings", OFFERING_COLUMNS, offerings.collect(), |(id, one)| {
            vec![entity_row(id, *one, &OFFERING_COLUMNS)]
        }),
        cells_table(registry),
    ]
}

/// The row of an entity, which is known by the name of its file.
fn entity_row(id: &str, record: &impl Record, columns: &[&str]) -> Row {
    let text = |column: &&str| match *column {
        "id" => id.to_owned(),
        column => record.slot(column).map(Slot::column).unwrap_or_default(),
    };
    columns.iter().map(text).collect()
}

fn cells_table(registry: &Registry) -> Table<'_> {
    let most = stored_cells(registry).map(|stored| sources(stored.cell).count()).max().unwrap_or(0);
    let mut header = cell_columns(most);
    // Before the columns that only some rows have.
    header.insert(CELL_COLUMNS.len(), WHOLE_MARK.to_owned());
    Table::new("cells", header, owners(registry), |owner| {
        owner.stored().map(|stored| cell_row(&stored)).collect()
    })
}

fn cell_row(stored: &Stored<'_>) -> Row {
    let mut row = vec![owner(stored), stored.dimension.to_string()];
    let own = &CELL_COLUMNS[row.len()..];
    row.extend(own.iter().map(|column| cell_text(stored.cell, column)));
    row.push(whole_digest(stored.cell));
    for evidence in sources(stored.cell).skip(1) {
        row.extend(EvidenceField::ALL.map(|field| field.text(evidence)));
    }
    row
}

/// The sources of a cell that a row can state: those whose address could be read.
fn sources(cell: &Cell) -> impl Iterator<Item = &Evidence> {
    cell.evidence.items().iter().filter(|one| one.url.known().is_some())
}

/// What a cell states in a column; in those of evidence, that of the first.
fn cell_text(cell: &Cell, column: &str) -> String {
    let of_first = || Some(evidence_of_column(column)?.1.text(sources(cell).next()?));
    cell.slot(column).map(Slot::column).or_else(of_first).unwrap_or_default()
}

fn evidence_rows(stored: &Stored<'_>, visits: &PageVisits) -> Vec<Row> {
    let row = |(at, evidence): (usize, &Evidence)| {
        let mut row = vec![owner(stored), stored.dimension.to_string(), (at + 1).to_string()];
        row.extend(EvidenceField::ALL.map(|field| field.text(evidence)));
        if let Some((sighting, on)) = visits.sighting(evidence) {
            row.extend([sighting.to_string(), on.to_string()]);
        }
        row
    };
    stored.cell.evidence.items().iter().enumerate().map(row).collect()
}

fn owner(stored: &Stored<'_>) -> String {
    stored.owner.reference().unwrap_or_default()
}
