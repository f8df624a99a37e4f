//! The registry as tables of texts: what every spreadsheet format holds.

use model::tabular::{
    CELL_COLUMNS, EVIDENCE_VIEW_COLUMNS, EvidenceField, OFFERING_COLUMNS, ORGANIZATION_COLUMNS,
    PLATFORM_COLUMNS, WHOLE_MARK, cell_columns, evidence_of_column, whole_digest,
};
use model::{Cell, Evidence, PageVisits, Record, Registry, Slot};

use crate::stored::{Stored, stored_cells};

/// What the column of digests says to people.
pub(crate) const WHOLE_MEANING: &str = "The digest of the cell as it was exported. Leave it as it is: it lets an import remove \
     the facts, parts and evidence that the row no longer names, and notice that the cell has changed since.";

/// A table of texts. What is absent or could not be read is the empty text.
pub(crate) struct Table {
    /// Its name: the file without its ending, or the sheet.
    pub(crate) name: &'static str,
    /// The columns.
    pub(crate) header: Vec<String>,
    /// The rows. One that is shorter than the header has nothing in the columns behind its end, so that the
    /// row with the most columns does not set the size of all others.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    fn new(name: &'static str, columns: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { name, header: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
    }
}

/// The tables of the registry: those that are imported again, and the evidence as a separate view.
pub(crate) fn tables(registry: &Registry) -> Vec<Table> {
    let visits = PageVisits::new(&registry.visits);
    let evidence = stored_cells(registry).iter().flat_map(|stored| evidence_rows(stored, &visits)).collect();
    let mut tables = importable(registry);
    tables.push(Table::new("evidence", &EVIDENCE_VIEW_COLUMNS, evidence));
    tables
}

/// The tables that are imported again. Entities of which nothing could be read have no row.
pub(crate) fn importable(registry: &Registry) -> Vec<Table> {
    let organizations = registry.organizations.iter().filter(|(_, one)| !one.is_unread());
    let platforms = registry.platforms.iter().filter(|(_, one)| !one.is_unread());
    let offerings = registry.offerings.iter().filter(|(_, one)| !one.is_unread());
    vec![
        Table::new(
            "organizations",
            &ORGANIZATION_COLUMNS,
            organizations.map(|(id, one)| entity_row(id, one, &ORGANIZATION_COLUMNS)).collect(),
        ),
        Table::new(
            "platforms",
            &PLATFORM_COLUMNS,
            platforms.map(|(id, one)| entity_row(id, one, &PLATFORM_COLUMNS)).collect(),
        ),
        Table::new(
            "offerings",
            &OFFERING_COLUMNS,
            offerings.map(|(id, one)| entity_row(id, one, &OFFERING_COLUMNS)).collect(),
        ),
        cells_table(&stored_cells(registry)),
    ]
}

/// The row of an entity, which is known by the name of its file.
fn entity_row(id: &str, record: &impl Record, columns: &[&str]) -> Vec<String> {
    let text = |column: &&str| match *column {
        "id" => id.to_owned(),
        column => record.slot(column).map(Slot::column).unwrap_or_default(),
    };
    columns.iter().map(text).collect()
}

fn cells_table(cells: &[Stored<'_>]) -> Table {
    let most = cells.iter().map(|stored| sources(stored.cell).count()).max().unwrap_or(0);
    let mut header = cell_columns(most);
    // Before the columns that only some rows have.
    header.insert(CELL_COLUMNS.len(), WHOLE_MARK.to_owned());
    let rows = cells.iter().map(|stored| {
        let mut row = vec![owner(stored), stored.dimension.to_string()];
        let own = &CELL_COLUMNS[row.len()..];
        row.extend(own.iter().map(|column| cell_text(stored.cell, column)));
        row.push(whole_digest(stored.cell));
        for evidence in sources(stored.cell).skip(1) {
            row.extend(EvidenceField::ALL.map(|field| field.text(evidence)));
        }
        row
    });
    Table { name: "cells", rows: rows.collect(), header }
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

fn evidence_rows(stored: &Stored<'_>, visits: &PageVisits) -> Vec<Vec<String>> {
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
