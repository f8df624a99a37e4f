//! The columns that tables of the registry have, and which row of a table holds their headers.

use std::cmp::Reverse;

use model::tabular::{
    EVIDENCE_VIEW_COLUMNS, EvidenceField, OFFERING_COLUMNS, ORGANIZATION_COLUMNS, PLATFORM_COLUMNS,
    WHOLE_MARK, cell_columns, evidence_of_column,
};
use model::{Document, FieldPath, Step};

use crate::map::mapping::Mapping;
use crate::map::target::SERVICE;
use crate::map::typed::Wanted;
use crate::read::grid::{Grid, Row};
use crate::read::table::Table;

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One entity a row.
    Entities(Document),
    /// One cell a row.
    Cells,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    /// The owner of a cell.
    Owner,
    /// The dimension of a cell.
    Dimension,
    /// A field, as one value.
    Field(FieldPath),
    /// A field, as a comma list.
    List(&'static str),
    /// Facts or parts, as `key=value; key=value`.
    Map(&'static str),
    /// The digest of a cell as it was exported.
    Whole,
    /// A remark that nobody reads.
    Remark,
}

impl Column {
    /// What its cells are to hold.
    pub(crate) fn wanted(&self) -> Wanted {
        let Self::Field(path) = self else { return Wanted::Text };
        match path.steps().last() {
            Some(Step::Key(name)) => match name.as_str() {
                "verified_on" | "on" => Wanted::Date,
                "http_status" => Wanted::Integer,
                "url" | "archived_url" | "reported_by" | "homepage" => Wanted::Address,
                _ => Wanted::Text,
            },
            _ => Wanted::Text,
        }
    }
}

/// A header as columns are named: case, blanks (also non-breaking) and hyphens make no difference.
pub(crate) fn name_of(header: &str) -> String {
    let folded = header.trim().chars().map(|c| if c.is_whitespace() || c == '-' { '_' } else { c });
    folded.flat_map(char::to_lowercase).collect()
}

/// The header without the marks that people add to a name: `Verified on (YYYY-MM-DD)`, `Owner*`, `Owner:`.
pub(crate) fn bare(header: &str) -> &str {
    const MARKS: [char; 3] = [':', '*', '\u{ff1a}'];
    let header = header.trim().trim_end_matches(MARKS).trim_end();
    let without = header.strip_suffix(')').and_then(|header| header.rsplit_once('(')).map(|(name, _)| name);
    without.map_or(header, |name| name.trim_end().trim_end_matches(MARKS).trim_end())
}

/// Whether any table has a column of this name.
pub(crate) fn is_known(name: &str) -> bool {
    let cells = || cell_columns(1).iter().any(|column| column == name) || evidence_of_column(name).is_some();
    name == "offering"
        || entity_columns().any(|column| column == name)
        || EVIDENCE_VIEW_COLUMNS.contains(&name)
        || cells()
}

/// How many rows are looked at for the one that holds the headers.
pub(crate) const SOUGHT: usize = 30;

/// Whether a mapping may name this column.
pub(crate) fn is_target(name: &str) -> bool {
    evidence_of_column(name).is_some() || targets().iter().any(|target| target == name)
}

/// The columns that a mapping may name, but for those of further evidence.
pub(crate) fn targets() -> Vec<String> {
    let mut targets = cell_columns(1);
    for column in entity_columns() {
        if !targets.iter().any(|target| target == column) {
            targets.push(column.to_owned());
        }
    }
    targets
}

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

/// Whether these are the headers of the evidence that an export shows to readers.
pub(crate) fn is_evidence_view(table: &Table) -> bool {
    let has = |name: &str| table.headers.iter().any(|header| name_of(header) == name);
    has("n") && has("owner") && has("url")
}

fn entity_columns() -> impl Iterator<Item = &'static str> {
    ORGANIZATION_COLUMNS.into_iter().chain(PLATFORM_COLUMNS).chain(OFFERING_COLUMNS)
}

/// The columns that a table of a kind may have.
pub(crate) fn columns_of(kind: Kind) -> Vec<String> {
    let owned = |columns: &[&str]| columns.iter().map(|column| (*column).to_owned()).collect();
    match kind {
        Kind::Cells => cell_columns(1),
        Kind::Entities(Document::Organization) => owned(&ORGANIZATION_COLUMNS),
        Kind::Entities(Document::Platform) => owned(&PLATFORM_COLUMNS),
        Kind::Entities(_) => owned(&OFFERING_COLUMNS),
    }
}

/// What the column of this name holds in tables of a kind, if they may have one.
pub(crate) fn column(kind: Kind, name: &str) -> Option<Column> {
    if name == WHOLE_MARK && kind == Kind::Cells {
        return Some(Column::Whole);
    }
    if name.starts_with('#') {
        return Some(Column::Remark);
    }
    match kind {
        Kind::Entities(_) => {
            let known = columns_of(kind).iter().any(|column| column == name);
            match name {
                "domains" if known => Some(Column::List("domains")),
                _ => known.then(|| Column::Field(FieldPath::of(name))),
            }
        }
        Kind::Cells => match name {
            "owner" | "offering" | SERVICE => Some(Column::Owner),
            "dimension" => Some(Column::Dimension),
            "confidence_reasons" => Some(Column::List("confidence_reasons")),
            "geography" => Some(Column::List("geography")),
            "facts" => Some(Column::Map("facts")),
            "parts" => Some(Column::Map("parts")),
            name => match evidence_of_column(name) {
                Some((n, field)) => Some(Column::Field(EvidenceField::path(field, n))),
                None => cell_columns(0)
                    .iter()
                    .any(|column| column == name)
                    .then(|| Column::Field(FieldPath::of(name))),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_add_to_a_header_is_not_its_name() {
        for header in ["Owner:", "Owner *", " owner", "Owner (service)", "Owner* (required):", "OWNER (id):"]
        {
            assert_eq!(name_of(bare(header)), "owner", "{header}");
        }
        for header in ["(owner)", "own:er"] {
            assert_ne!(name_of(bare(header)), "owner", "{header}");
        }
    }
}
