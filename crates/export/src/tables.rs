//! The registry as tables of texts: what every spreadsheet format holds.

use model::tabular::{
    CELL_COLUMNS, EVIDENCE_VIEW_COLUMNS, EvidenceField, OFFERING_COLUMNS, ORGANIZATION_COLUMNS,
    PLATFORM_COLUMNS, WHOLE_MARK, cell_columns, whole_digest, write_facts, write_list, write_parts,
};
use model::{Cell, Evidence, Offering, Organization, Platform, Registry, Vocabulary};

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

/// The tables of the registry: those that are imported again, and the evidence as a view of its own.
pub(crate) fn tables(registry: &Registry) -> Vec<Table> {
    let evidence = stored_cells(registry).iter().flat_map(evidence_rows).collect();
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
            organizations.map(|(id, one)| organization_row(id, one)).collect(),
        ),
        Table::new(
            "platforms",
            &PLATFORM_COLUMNS,
            platforms.map(|(id, one)| platform_row(id, one)).collect(),
        ),
        Table::new(
            "offerings",
            &OFFERING_COLUMNS,
            offerings.map(|(id, one)| offering_row(id, one)).collect(),
        ),
        cells_table(&stored_cells(registry)),
    ]
}

fn organization_row(id: &str, organization: &Organization) -> Vec<String> {
    vec![
        id.to_owned(),
        organization.name.text().to_owned(),
        organization.homepage.text().to_owned(),
        write_list(organization.domains.items()),
    ]
}

fn platform_row(id: &str, platform: &Platform) -> Vec<String> {
    vec![id.to_owned(), platform.name.text().to_owned(), platform.operator.text().to_owned()]
}

fn offering_row(id: &str, offering: &Offering) -> Vec<String> {
    vec![
        id.to_owned(),
        offering.name.text().to_owned(),
        offering.developer.text().to_owned(),
        offering.platform.text().to_owned(),
        term(offering.category.get()),
        offering.model_family.text().to_owned(),
        offering.summary.text().to_owned(),
    ]
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
            row.extend(EvidenceField::ALL.map(|field| evidence_text(evidence, field)));
        }
        row
    });
    Table { name: "cells", rows: rows.collect(), header }
}

/// The sources of a cell that a row can state: those whose address could be read.
fn sources(cell: &Cell) -> impl Iterator<Item = &Evidence> {
    cell.evidence.items().iter().filter(|one| one.url.known().is_some())
}

/// What stands in a column of a cell; in those of evidence, that of the first.
fn cell_text(cell: &Cell, column: &str) -> String {
    match column {
        "status" => term(cell.status.get()),
        "confidence" => term(cell.confidence.get()),
        "confidence_reasons" => write_list(cell.confidence_reasons.items().iter().map(|reason| reason.id())),
        "headline" => cell.headline.text().to_owned(),
        "note" => cell.note.text().to_owned(),
        "tier" => term(cell.tier.get()),
        "route" => term(cell.route.get()),
        "default" => term(cell.default.get()),
        "geography" => write_list(cell.geography.items().iter().map(|geography| geography.code())),
        "geography_note" => cell.geography_note.text().to_owned(),
        "facts" => cell.facts.known().map(write_facts).unwrap_or_default(),
        "parts" => cell.parts.known().map(write_parts).unwrap_or_default(),
        "override_reason" => cell.override_reason.text().to_owned(),
        "verified_on" => shown(cell.verified_on.get()),
        evidence => {
            let field = model::tabular::evidence_of_column(evidence).map(|(_, field)| field);
            let first = sources(cell).next();
            first.zip(field).map(|(evidence, field)| evidence_text(evidence, field)).unwrap_or_default()
        }
    }
}

fn evidence_rows(stored: &Stored<'_>) -> Vec<Vec<String>> {
    let row = |(at, evidence): (usize, &Evidence)| {
        let mut row = vec![owner(stored), stored.dimension.to_string(), (at + 1).to_string()];
        row.extend(EvidenceField::ALL.map(|field| evidence_text(evidence, field)));
        row
    };
    stored.cell.evidence.items().iter().enumerate().map(row).collect()
}

fn evidence_text(evidence: &Evidence, field: EvidenceField) -> String {
    let fetch = evidence.fetch.known();
    match field {
        EvidenceField::Url => evidence.url.text().to_owned(),
        EvidenceField::Title => evidence.title.text().to_owned(),
        EvidenceField::Role => term(evidence.role.get()),
        EvidenceField::Quote => evidence.quote.text().to_owned(),
        EvidenceField::FetchOutcome => term(fetch.and_then(|fetch| fetch.outcome.get())),
        EvidenceField::FetchedOn => shown(fetch.and_then(|fetch| fetch.on.get())),
        EvidenceField::HttpStatus => shown(fetch.and_then(|fetch| fetch.http_status.get())),
        EvidenceField::FetchVia => term(fetch.and_then(|fetch| fetch.via.get())),
        EvidenceField::ReportedBy => {
            fetch.map(|fetch| fetch.reported_by.text().to_owned()).unwrap_or_default()
        }
        EvidenceField::ArchivedUrl => evidence.archived_url.text().to_owned(),
    }
}

fn owner(stored: &Stored<'_>) -> String {
    stored.owner.reference().unwrap_or_default()
}

fn term<V: Vocabulary>(value: Option<V>) -> String {
    value.map(|value| value.id().to_owned()).unwrap_or_default()
}

fn shown(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
