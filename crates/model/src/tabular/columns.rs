//! The columns of each table.

use crate::{Evidence, FieldPath, Record as _, Slot};

/// The columns of the table of organizations.
pub const ORGANIZATION_COLUMNS: [&str; 4] = ["id", "name", "homepage", "domains"];

/// The columns of the table of platforms.
pub const PLATFORM_COLUMNS: [&str; 3] = ["id", "name", "operator"];

/// The columns of the table of offerings.
pub const OFFERING_COLUMNS: [&str; 7] =
    ["id", "name", "developer", "platform", "category", "model_family", "summary"];

/// The columns of the table of cells, with those of the first evidence. The columns of further
/// evidence follow them; [`cell_columns`] gives all.
pub const CELL_COLUMNS: &[&str] = &[
    "owner",
    "dimension",
    "status",
    "confidence",
    "confidence_reasons",
    "headline",
    "note",
    "tier",
    "route",
    "default",
    "geography",
    "geography_note",
    "facts",
    "parts",
    "override_reason",
    "source_url",
    "source_title",
    "source_role",
    "source_quote",
    "fetch_outcome",
    "fetched_on",
    "http_status",
    "fetch_via",
    "reported_by",
    "archived_url",
    "verified_on",
];

/// The columns of the table of evidence. It is a view for readers: its content is also in the table
/// of cells too, and only that one is read back.
pub const EVIDENCE_VIEW_COLUMNS: [&str; 15] = [
    "owner",
    "dimension",
    "n",
    "url",
    "title",
    "role",
    "quote",
    "fetch_outcome",
    "fetched_on",
    "http_status",
    "fetch_via",
    "reported_by",
    "archived_url",
    "seen",
    "seen_on",
];

/// The columns with which the matrix begins; one for each dimension follows. It is a view for readers
/// as well.
pub const MATRIX_VIEW_COLUMNS: [&str; 4] = ["offering", "name", "developer", "platform"];

/// The columns of the table of cells where no cell has more than `evidence` evidence.
pub fn cell_columns(evidence: usize) -> Vec<String> {
    let further = (2..=evidence).flat_map(|n| EvidenceField::ALL.map(|field| evidence_column(n, field)));
    CELL_COLUMNS.iter().map(|column| (*column).to_owned()).chain(further).collect()
}

/// A column of one evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceField {
    /// The address.
    Url,
    /// The title.
    Title,
    /// Whose page it is.
    Role,
    /// The words that settle the question.
    Quote,
    /// What came of the last attempt to read it.
    FetchOutcome,
    /// The day of that attempt.
    FetchedOn,
    /// The HTTP status of the answer.
    HttpStatus,
    /// How it was read.
    FetchVia,
    /// Who reports the reading.
    ReportedBy,
    /// The address of an archived copy.
    ArchivedUrl,
}

impl EvidenceField {
    /// All, in the order of their columns.
    pub const ALL: [Self; 10] = [
        Self::Url,
        Self::Title,
        Self::Role,
        Self::Quote,
        Self::FetchOutcome,
        Self::FetchedOn,
        Self::HttpStatus,
        Self::FetchVia,
        Self::ReportedBy,
        Self::ArchivedUrl,
    ];

    /// Its name, to which the column adds which evidence is meant.
    pub fn name(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Title => "title",
            Self::Role => "role",
            Self::Quote => "quote",
            Self::FetchOutcome => "fetch_outcome",
            Self::FetchedOn => "fetched_on",
            Self::HttpStatus => "http_status",
            Self::FetchVia => "fetch_via",
            Self::ReportedBy => "reported_by",
            Self::ArchivedUrl => "archived_url",
        }
    }

    /// The column of the first evidence, which has no number.
    pub fn first_column(self) -> &'static str {
        match self {
            Self::Url => "source_url",
            Self::Title => "source_title",
            Self::Role => "source_role",
            Self::Quote => "source_quote",
            Self::FetchOutcome
            | Self::FetchedOn
            | Self::HttpStatus
            | Self::FetchVia
            | Self::ReportedBy
            | Self::ArchivedUrl => self.name(),
        }
    }

    /// Its key, and whether that is one of the attempt to read the evidence.
    pub fn key(self) -> (&'static str, bool) {
        match self {
            Self::FetchOutcome => ("outcome", true),
            Self::FetchedOn => ("on", true),
            Self::FetchVia => ("via", true),
            Self::HttpStatus | Self::ReportedBy => (self.name(), true),
            Self::Url | Self::Title | Self::Role | Self::Quote | Self::ArchivedUrl => (self.name(), false),
        }
    }

    /// The field that has a key, in the evidence or in the attempt to read it.
    pub fn of_key(key: &str, is_of_fetch: bool) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == (key, is_of_fetch))
    }

    /// Where the cell holds the field of its `n`-th evidence, from 1: `evidence[0].fetch.outcome`.
    pub fn path(self, n: usize) -> FieldPath {
        let item = FieldPath::of("evidence").index(n.saturating_sub(1));
        match self.key() {
            (key, true) => item.key("fetch").key(key),
            (key, false) => item.key(key),
        }
    }

    /// What an evidence states in it, as the text of a table cell.
    pub fn text(self, evidence: &Evidence) -> String {
        let slot = match self.key() {
            (key, true) => evidence.fetch.known().and_then(|fetch| fetch.slot(key)),
            (key, false) => evidence.slot(key),
        };
        slot.map(Slot::column).unwrap_or_default()
    }
}

/// The column of a field of the `n`-th evidence, from 1.
pub fn evidence_column(n: usize, field: EvidenceField) -> String {
    match n {
        0 | 1 => field.first_column().to_owned(),
        n => format!("source_{n}_{}", field.name()),
    }
}

/// The evidence, from 1, and the field of it that a column holds; nothing for other columns.
pub fn evidence_of_column(column: &str) -> Option<(usize, EvidenceField)> {
    let fields = EvidenceField::ALL.into_iter();
    if let Some(field) = fields.clone().find(|field| field.first_column() == column) {
        return Some((1, field));
    }
    let (n, name) = column.strip_prefix("source_")?.split_once('_')?;
    let n: usize = n.parse().ok().filter(|n| *n > 1)?;
    let field = fields.clone().find(|field| field.name() == name)?;
    // Otherwise `source_02_url` would be a second name of one column.
    (evidence_column(n, field) == column).then_some((n, field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Fetch, Field, Offering, Organization, Platform, Shape};

    /// A field that no table holds is lost when its export is imported.
    #[test]
    fn every_field_has_a_column() {
        let is_tabled = |field: &&Field| field.shape != Shape::Record;
        let missing = |fields: &'static [Field], columns: &[&str]| {
            let fields = fields.iter().filter(is_tabled).map(|field| field.key);
            fields.filter(|key| !columns.contains(key)).collect::<Vec<_>>()
        };
        let nothing: [&str; 0] = [];
        assert_eq!(missing(Cell::FIELDS, CELL_COLUMNS), nothing);
        let of_evidence = |is_of_fetch: bool| {
            let keys = EvidenceField::ALL.into_iter().map(EvidenceField::key);
            keys.filter(|(_, of_fetch)| *of_fetch == is_of_fetch).map(|(key, _)| key).collect::<Vec<_>>()
        };
        assert_eq!(missing(Evidence::FIELDS, &of_evidence(false)), nothing);
        assert_eq!(missing(Fetch::FIELDS, &of_evidence(true)), nothing);
        for (fields, columns) in [
            (Organization::FIELDS, &ORGANIZATION_COLUMNS[..]),
            (Platform::FIELDS, &PLATFORM_COLUMNS),
            (Offering::FIELDS, &OFFERING_COLUMNS),
        ] {
            assert_eq!(missing(fields, columns), ["former_ids"], "which is kept in files alone");
        }
    }

    #[test]
    fn evidence_columns_name_their_evidence() {
        let columns = cell_columns(2);
        assert_eq!(columns.len(), CELL_COLUMNS.len() + EvidenceField::ALL.len());
        assert_eq!(columns[CELL_COLUMNS.len()], "source_2_url");
        assert_eq!(cell_columns(0), cell_columns(1));
        for n in 1..4 {
            for field in EvidenceField::ALL {
                assert_eq!(evidence_of_column(&evidence_column(n, field)), Some((n, field)));
            }
        }
        for other in ["note", "source_1_url", "source_02_url", "source_2_", "source__url", "url"] {
            assert_eq!(evidence_of_column(other), None, "{other}");
        }
        assert_eq!(EvidenceField::FetchedOn.path(2).to_string(), "evidence[1].fetch.on");
        assert!(EvidenceField::ALL.iter().all(|field| CELL_COLUMNS.contains(&field.first_column())));
    }
}
