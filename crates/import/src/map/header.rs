//! What a table is about, told by its headers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use diagnostics::{Finding, closest, one_of, quoted};
use model::tabular::{
    EVIDENCE_VIEW_COLUMNS, EvidenceField, MATRIX_VIEW_COLUMNS, OFFERING_COLUMNS, ORGANIZATION_COLUMNS,
    PLATFORM_COLUMNS, WHOLE_MARK, cell_columns, evidence_of_column,
};
use model::{Document, FieldPath, Step};

use crate::limits::MAX_COLUMNS;
use crate::map::mapping::Mapping;
use crate::map::typed::Wanted;
use crate::read::grid::{Grid, Row};
use crate::read::table::{Table, fault, letter, odd_characters};
use crate::rules::{MISSING_COLUMN, REPEATED_COLUMN, UNKNOWN_COLUMN, UNREADABLE};

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

/// The header of a table: what it is about, and what each column holds.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) kind: Kind,
    /// The columns of the table, and after them those that a mapping adds.
    pub(crate) columns: Vec<Column>,
    /// What the words of a column stand for, where they stand for anything.
    pub(crate) words: BTreeMap<usize, BTreeMap<String, String>>,
    /// What every row says in the columns that a mapping adds.
    pub(crate) constants: Vec<String>,
}

impl Header {
    /// The column with this content.
    pub(crate) fn position(&self, wanted: &Column) -> Option<usize> {
        self.columns.iter().position(|column| column == wanted)
    }
}

/// A header as columns are named: case, blanks (also non-breaking) and hyphens make no difference.
pub(crate) fn name_of(header: &str) -> String {
    let folded = header.trim().chars().map(|c| if c.is_whitespace() || c == '-' { '_' } else { c });
    folded.flat_map(char::to_lowercase).collect()
}

/// Whether any table has a column of this name.
fn is_known(name: &str) -> bool {
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
    row.cells().filter(|cell| mapping.knows(cell.text) || is_known(&name_of(cell.text))).count()
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

/// Whether these are the headers of the matrix that an export shows to readers.
fn is_matrix_view(table: &Table) -> bool {
    let first = table.headers.iter().take(MATRIX_VIEW_COLUMNS.len()).map(|header| name_of(header));
    first.eq(MATRIX_VIEW_COLUMNS) && !table.headers.iter().any(|header| name_of(header) == "dimension")
}

/// What a table is that an export shows to readers besides evidence and matrix, and what to import instead.
fn other_view(table: &Table) -> Option<(&'static str, &'static str)> {
    let has = |name: &str| table.headers.iter().any(|header| name_of(header) == name);
    if has("own_reading") && has("dimension") {
        return Some(("all answers", "import cells.csv, which holds the answers"));
    }
    let exceptions = has("n") && has("owner") && has("models");
    exceptions.then_some(("exceptions", "edit exceptions in the data files"))
}

fn entity_columns() -> impl Iterator<Item = &'static str> {
    ORGANIZATION_COLUMNS.into_iter().chain(PLATFORM_COLUMNS).chain(OFFERING_COLUMNS)
}

/// Tells what the columns of a table are, or what is wrong with them.
pub(crate) fn read(table: &Table, mapping: &Mapping, findings: &mut Vec<Finding>) -> Option<Header> {
    let names: Vec<String> = table.headers.iter().map(|header| mapping.name(header)).collect();
    let constant = |name: &str| mapping.constants().iter().any(|(known, _)| known == name);
    let has = |name: &str| constant(name) || names.iter().any(|known| known == name);
    if is_evidence_view(table) {
        let message = "this is the table of evidence, which is a view for readers".to_owned();
        findings.push(fault(
            UNREADABLE,
            table.whole(),
            message,
            "import cells.csv, whose `source_…` columns hold the evidence",
        ));
        return None;
    }
    if is_matrix_view(table) {
        let message = "this is the matrix of all answers, which is a view for readers".to_owned();
        findings.push(fault(UNREADABLE, table.whole(), message, "import cells.csv, which holds the answers"));
        return None;
    }
    if let Some((what, help)) = other_view(table) {
        let message = format!("this is the table of {what}, which is a view for readers");
        findings.push(fault(UNREADABLE, table.whole(), message, help));
        return None;
    }
    let kind = kind(table, &names, &has, findings)?;
    let before = findings.len();
    let mut columns = Vec::new();
    for (at, name) in names.iter().enumerate() {
        if let Some(first) =
            names[..at].iter().position(|known| known == name && !name.is_empty() && !name.starts_with('#'))
        {
            let message =
                format!("the column {} stands twice, in {} and {}", quoted(name), letter(first), letter(at));
            findings.push(fault(REPEATED_COLUMN, table.header_cell(at), message, "take one of them out"));
        }
        if constant(name) {
            let message = format!("the column {} is a constant of the profile too", quoted(name));
            findings.push(fault(
                REPEATED_COLUMN,
                table.header_cell(at),
                message,
                "skip the column, or take the constant out",
            ));
        }
        columns.push(column(kind, name).unwrap_or_else(|| {
            if !name.is_empty() {
                unknown(table, kind, at, name, findings);
            }
            Column::Remark
        }));
    }
    stray(table, &names, findings);
    for required in required(kind) {
        if !required.iter().any(|name| has(name)) {
            let found = one_of(names.iter().map(String::as_str).filter(|name| !name.is_empty()));
            let message = format!("the column `{}` is missing; found {found}", required[0]);
            findings.push(fault(MISSING_COLUMN, table.whole(), message, "add the column"));
        }
    }
    let words = names.iter().enumerate().filter_map(|(at, name)| Some((at, mapping.words(name)?.clone())));
    let words = words.collect();
    let mut constants = Vec::new();
    for (name, text) in mapping.constants() {
        if let Some(column) = column(kind, name) {
            columns.push(column);
            constants.push(text.clone());
        }
    }
    (findings.len() == before).then_some(Header { kind, columns, words, constants })
}

/// Tells of the first cell of each column that has no header.
fn stray(table: &Table, names: &[String], findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    let has_gaps = names.iter().any(String::is_empty);
    for row in table.rows() {
        let columns = row.columns().rev().take_while(|column| has_gaps || *column >= names.len());
        let headless = columns.filter(|column| names.get(*column).is_none_or(String::is_empty));
        for column in headless.filter(|column| !row.text(*column).is_empty()) {
            if told.len() < MAX_COLUMNS && told.insert(column) {
                let message = format!("column {} has no header", letter(column));
                findings.push(fault(
                    UNKNOWN_COLUMN,
                    table.cell(row, column),
                    message,
                    "give it one, or one that begins with `#` for remarks, or clear the cells",
                ));
            }
        }
    }
}

/// What else can become of a column that is unknown.
const OTHERWISE: &str =
    "Name another column for what it is with `--map`; one whose header begins with `#` is a remark";

fn unknown(table: &Table, kind: Kind, at: usize, name: &str, findings: &mut Vec<Finding>) {
    let known = columns_of(kind);
    let header = &table.headers[at];
    let message = format!("{}{} is no column of this table", quoted(header), odd_characters(header));
    let help = match closest(name, known.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`? {OTHERWISE}"),
        None => format!("it may have {}. {OTHERWISE}", one_of(known.iter().map(String::as_str))),
    };
    findings.push(fault(UNKNOWN_COLUMN, table.header_cell(at), message, &help));
}

fn columns_of(kind: Kind) -> Vec<String> {
    let owned = |columns: &[&str]| columns.iter().map(|column| (*column).to_owned()).collect();
    match kind {
        Kind::Cells => cell_columns(1),
        Kind::Entities(Document::Organization) => owned(&ORGANIZATION_COLUMNS),
        Kind::Entities(Document::Platform) => owned(&PLATFORM_COLUMNS),
        Kind::Entities(_) => owned(&OFFERING_COLUMNS),
    }
}

fn required(kind: Kind) -> &'static [&'static [&'static str]] {
    match kind {
        Kind::Cells => &[&["owner", "offering"], &["dimension"]],
        Kind::Entities(_) => &[&["id"]],
    }
}

/// The kind that the headers tell, the name of the sheet or file deciding a tie.
fn kind(
    table: &Table,
    names: &[String],
    has: &impl Fn(&str) -> bool,
    findings: &mut Vec<Finding>,
) -> Option<Kind> {
    let told = [
        (Kind::Cells, (has("owner") || has("offering")) && has("dimension"), "cells"),
        (Kind::Entities(Document::Platform), has("operator"), "platforms"),
        (Kind::Entities(Document::Offering), has("platform") && has("category"), "offerings"),
        (Kind::Entities(Document::Organization), has("homepage") || has("domains"), "organizations"),
    ];
    let file = table.file.rsplit(['/', '\\']).next().unwrap_or("").split('.').next().unwrap_or("");
    let stem = table.sheet.as_deref().unwrap_or(file).trim().to_lowercase();
    let fits: Vec<_> = told.iter().filter(|(_, fits, _)| *fits).collect();
    let named = |(_, _, name): &&&(Kind, bool, &str)| stem == *name;
    match fits.as_slice() {
        [(kind, ..)] => return Some(*kind),
        [] => {
            if let Some((kind, ..)) = told.iter().find(|(_, _, name)| stem == *name) {
                return Some(*kind);
            }
        }
        several => {
            if let Some((kind, ..)) = several.iter().find(named) {
                return Some(*kind);
            }
        }
    }
    if misspelt(table, names, findings) {
        return None;
    }
    let message =
        "the headers do not tell whether these are cells, platforms, offerings or organizations".to_owned();
    let help = "cells have `owner` and `dimension`, platforms `operator`, offerings `platform` and `category`, organizations `homepage` or `domains`";
    findings.push(fault(MISSING_COLUMN, table.whole(), message, help));
    None
}

/// Tells the headers that are nearly those of a table; false where there are none.
fn misspelt(table: &Table, names: &[String], findings: &mut Vec<Finding>) -> bool {
    let before = findings.len();
    let known = targets();
    for (at, (header, name)) in table.headers.iter().zip(names).enumerate() {
        if name.is_empty() || name.starts_with('#') || is_known(name) {
            continue;
        }
        if let Some(meant) = closest(name, known.iter().map(String::as_str)) {
            let message = format!("{}{} is no column of any table", quoted(header), odd_characters(header));
            let help = format!("did you mean `{meant}`?");
            findings.push(fault(UNKNOWN_COLUMN, table.header_cell(at), message, &help));
        }
    }
    findings.len() > before
}

fn column(kind: Kind, name: &str) -> Option<Column> {
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
            "owner" | "offering" => Some(Column::Owner),
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
