//! The columns that tables of the registry have.

use model::tabular::{
    EVIDENCE_VIEW_COLUMNS, OFFERING_COLUMNS, ORGANIZATION_COLUMNS, PLATFORM_COLUMNS, WHOLE_MARK,
    cell_columns, evidence_of_column,
};
use model::{
    Cell, Document, Evidence, Fetch, Field, FieldPath, Offering, Organization, Platform, Record as _, Shape,
    Step,
};

use crate::map::typed::Wanted;
use crate::read::table::Table;

/// The column of an owner that is found through an offering, by the level of the question.
pub(crate) const SERVICE: &str = "service";

/// The columns that name whom a row is about.
pub(crate) const OWNERS: [&str; 3] = ["owner", "offering", SERVICE];

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
    /// A remark, which is not read.
    Remark,
}

impl Column {
    /// What its cells are to hold.
    pub(crate) fn wanted(&self) -> Wanted {
        let Self::Field(path) = self else { return Wanted::Text };
        match field_at(path).map(|field| field.shape) {
            Some(Shape::Date) => Wanted::Date,
            Some(Shape::Integer) => Wanted::Integer,
            Some(Shape::Address) => Wanted::Address,
            _ => Wanted::Text,
        }
    }
}

/// What the model states of the field at a path that a column fills.
pub(crate) fn field_at(path: &FieldPath) -> Option<&'static Field> {
    match path.steps() {
        [Step::Key(name)] => {
            [Cell::field(name), Organization::field(name), Platform::field(name), Offering::field(name)]
                .into_iter()
                .flatten()
                .next()
        }
        [_, _, Step::Key(name)] => Evidence::field(name),
        [_, _, _, Step::Key(name)] => Fetch::field(name),
        _ => None,
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

/// Returns whether any table has a column of this name.
pub(crate) fn is_known(name: &str) -> bool {
    let cells = || cell_columns(1).iter().any(|column| column == name) || evidence_of_column(name).is_some();
    name == "offering"
        || entity_columns().any(|column| column == name)
        || EVIDENCE_VIEW_COLUMNS.contains(&name)
        || cells()
}

/// Returns whether a mapping may name this column.
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

/// Returns whether these are the headers of the evidence that an export shows to readers.
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
    let (field, columns) = match kind {
        Kind::Cells => match name {
            "owner" | "offering" | SERVICE => return Some(Column::Owner),
            "dimension" => return Some(Column::Dimension),
            name => match evidence_of_column(name) {
                Some((n, field)) => return Some(Column::Field(field.path(n))),
                None => (Cell::field(name)?, cell_columns(0)),
            },
        },
        Kind::Entities(document) => {
            let field = match document {
                Document::Organization => Organization::field(name)?,
                Document::Platform => Platform::field(name)?,
                _ => Offering::field(name)?,
            };
            (field, columns_of(kind))
        }
    };
    columns.iter().any(|column| column == name).then(|| match field.shape {
        Shape::List => Column::List(field.key),
        Shape::Map => Column::Map(field.key),
        _ => Column::Field(FieldPath::of(field.key)),
    })
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
