//! Maps each column of a table to one of the registry, by its headers and a mapping. A faulty column is left
//! out, so that the others are judged all the same.

use std::collections::BTreeSet;

use diagnostics::{Finding, closest, one_of, quoted};
use model::tabular::MATRIX_VIEW_COLUMNS;
use model::{Dimensions, Document};

use crate::fault::{fault, letter, warning};
use crate::findings::Findings;
use crate::limits::{MAX_COLUMNS, MAX_HEADER_BYTES};
use crate::map::guess;
use crate::map::header::{Column, Kind, column, columns_of, is_evidence_view, is_known, name_of, targets};
use crate::map::header::{OWNERS, SERVICE};
use crate::map::look_alikes::odd_characters;
use crate::map::mapping::Mapping;
use crate::map::target::Target;
use crate::read::table::Table;
use crate::rules::{MISSING_COLUMN, PASSED_OVER, REPEATED_COLUMN, UNKNOWN_COLUMN, UNREADABLE, WRONG_MAPPING};

/// What a table is about, and what its columns fill.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) kind: Kind,
    /// The columns of the registry: those that the table fills, and after them those that a mapping adds.
    pub(crate) columns: Vec<Column>,
    /// Their names.
    pub(crate) names: Vec<String>,
    /// How many of them the table fills.
    pub(crate) own: usize,
    /// What each column of the table fills.
    pub(crate) fills: Vec<Vec<Fill>>,
    /// The questions that have their own columns, by their ids.
    pub(crate) questions: Vec<String>,
    /// Whether the rows say what they state as they are: each column fills the one at its place, and no more.
    pub(crate) is_plain: bool,
}

/// What a column of a table fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fill {
    /// The column of the registry, by its index.
    pub(crate) column: usize,
    /// The question for which it does so; for all, where there is none.
    pub(crate) question: Option<usize>,
}

impl Layout {
    /// The column with this content.
    pub(crate) fn position(&self, wanted: &Column) -> Option<usize> {
        self.columns.iter().position(|column| column == wanted)
    }

    /// The column of this name.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The column of the table that fills a column of the registry for a question.
    pub(crate) fn source(&self, column: usize, question: Option<usize>) -> Option<usize> {
        let fills =
            |fill: &Fill| fill.column == column && fill.question.is_none_or(|one| question == Some(one));
        self.fills.iter().position(|all| all.iter().any(fills))
    }
}

/// Says what the columns of a table fill, and what is wrong with them. Nothing where its rows could not be read.
pub(crate) fn read(
    table: &Table,
    mapping: &Mapping,
    dimensions: &Dimensions,
    findings: &mut Findings,
) -> Option<Layout> {
    if let Some(column) = table.headers.iter().position(|header| header.len() > MAX_HEADER_BYTES) {
        let message = format!("the header has more than {MAX_HEADER_BYTES} bytes");
        findings.push(fault(UNREADABLE, table.header_cell(column), message, "shorten it"));
        return None;
    }
    if let Some((what, help)) = view(table) {
        findings.push(fault(
            UNREADABLE,
            table.whole(),
            format!("this is {what}, which is only a view for readers"),
            help,
        ));
        return None;
    }
    let wanted: Vec<Vec<Target>> = table.headers.iter().map(|header| mapping.targets(header)).collect();
    let named =
        |name: &str| wanted.iter().flatten().any(|target| target.question.is_none() && target.column == name);
    let is_wide = wanted.iter().flatten().any(|target| target.question.is_some());
    let has = |name: &str| {
        mapping.constant(name).is_some()
            || named(name)
            || name == "owner" && (named(SERVICE) || mapping.constant(SERVICE).is_some())
            || name == "dimension" && is_wide
    };
    let kind = kind(table, &has, findings)?;
    let mut accepted: Vec<Vec<Target>> = Vec::new();
    for (at, wanted) in wanted.iter().enumerate() {
        let mut own = Vec::new();
        let is_read = |target: &&Target| {
            !target.column.is_empty() && column(kind, &target.column) != Some(Column::Remark)
        };
        for target in wanted.iter().filter(is_read) {
            let before = |known: &Vec<Target>| known.contains(target);
            if kind != Kind::Cells && target.question.is_some() || column(kind, &target.column).is_none() {
                let is_index = target.column.starts_with("unnamed:") && is_index(table, at);
                findings.push(if is_index {
                    index(table, at)
                } else {
                    unknown(table, kind, at, &target.column, dimensions)
                });
            } else if let Some(finding) = refused(table, mapping, at, target, is_wide) {
                findings.push(finding);
            } else if let Some(first) = accepted.iter().position(before).or(before(&own).then_some(at)) {
                let message = format!(
                    "the columns {} and {} both fill {}",
                    letter(first),
                    letter(at),
                    quoted(&target.to_string())
                );
                findings.push(fault(REPEATED_COLUMN, table.header_cell(at), message, "remove one of them"));
            } else {
                own.push(target.clone());
            }
        }
        accepted.push(own);
    }
    stray(table, &wanted, findings);
    if lacks_a_key(table, kind, &has, findings) {
        return None;
    }
    let layout = laid_out(kind, accepted, mapping);
    if layout.columns.len() > MAX_COLUMNS {
        let message = format!("with this mapping the table fills more than {MAX_COLUMNS} columns");
        findings.push(fault(UNREADABLE, table.whole(), message, "map fewer columns"));
        return None;
    }
    Some(layout)
}

/// The view for readers that a table is, and what to import instead.
fn view(table: &Table) -> Option<(&'static str, &'static str)> {
    let has = |name: &str| table.headers.iter().any(|header| name_of(header) == name);
    let first = table.headers.iter().take(MATRIX_VIEW_COLUMNS.len()).map(|header| name_of(header));
    let answers = "import cells.csv, which has the answers";
    let views = [
        (
            is_evidence_view(table),
            "the table of evidence",
            "import cells.csv, which has the evidence in its `source_…` columns",
        ),
        (first.eq(MATRIX_VIEW_COLUMNS) && !has("dimension"), "the matrix of all answers", answers),
        (has("own_reading") && has("dimension"), "the table of all answers", answers),
        (
            has("n") && has("owner") && has("models"),
            "the table of exceptions",
            "edit exceptions in the data files",
        ),
    ];
    views.into_iter().find(|(is_it, ..)| *is_it).map(|(_, what, help)| (what, help))
}

/// Why a column cannot fill what it should, if it cannot.
fn refused(table: &Table, mapping: &Mapping, at: usize, target: &Target, is_wide: bool) -> Option<Finding> {
    let refuse = |rule, message: String, help: &str| Some(fault(rule, table.header_cell(at), message, help));
    let name = &target.column;
    if is_wide && name == "dimension" {
        let message = "the table has a column of questions, and columns of single questions".to_owned();
        return refuse(
            WRONG_MAPPING,
            message,
            "map either the column `dimension` or those of single questions",
        );
    }
    if mapping.constant(name).is_some() {
        let message = format!("the column {} is also a constant of the profile", quoted(name));
        return refuse(REPEATED_COLUMN, message, "skip the column, or remove the constant");
    }
    None
}

fn unknown(table: &Table, kind: Kind, at: usize, name: &str, dimensions: &Dimensions) -> Finding {
    let known = columns_of(kind);
    let header = &table.headers[at];
    let message = format!("{}{} is not a column of this table", quoted(header), odd_characters(header));
    let guess = || guess::meant(header, dimensions).map(|target| target.to_string());
    let map = |column: &str| quoted(&format!("--map '{header}={column}'"));
    let help = match (closest(name, known.iter().map(String::as_str)), guess()) {
        (Some(meant), _) => format!("did you mean `{meant}`? Otherwise name its column with `--map`"),
        (None, Some(meant)) => format!("if it is `{meant}`, give {}", map(&meant)),
        (None, None) => {
            format!("it may have {}; name one with `--map`", one_of(known.iter().map(String::as_str)))
        }
    };
    let help = format!("{help}, or skip it with {}", map("#"));
    fault(UNKNOWN_COLUMN, table.header_cell(at), message, &help)
}

/// Reports columns that hold something and have no header.
fn stray(table: &Table, wanted: &[Vec<Target>], findings: &mut Findings) {
    let is_headless = |column: usize| {
        wanted.get(column).is_none_or(|own| own.iter().all(|target| target.column.is_empty()))
    };
    let has_gaps = (0..wanted.len()).any(is_headless);
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        let columns = row.columns().rev().take_while(|column| has_gaps || *column >= wanted.len());
        for column in columns.filter(|column| is_headless(*column)) {
            if seen.len() >= MAX_COLUMNS || row.text(column).is_empty() || !seen.insert(column) {
                continue;
            }
            if is_index(table, column) {
                findings.push(index(table, column));
                continue;
            }
            let message =
                format!("column {} has no header, but text in row {}", letter(column), row.number());
            let help = "write a header, or one that begins with `#` to skip the column, or clear the cells";
            findings.push(fault(UNKNOWN_COLUMN, table.header_cell(column), message, help));
        }
    }
}

fn index(table: &Table, column: usize) -> Finding {
    let message = format!("column {} has no name, and only counts the rows", letter(column));
    warning(fault(PASSED_OVER, table.header_cell(column), message, "it was skipped"))
}

/// Returns whether a column counts the rows from 0 or 1, as programs write their index.
fn is_index(table: &Table, column: usize) -> bool {
    let mut rows = table.rows().filter(|row| !row.is_blank()).map(|row| row.text(column));
    let Some(first) = rows.next().and_then(|text| text.parse::<u64>().ok()).filter(|first| *first < 2) else {
        return false;
    };
    rows.zip(first + 1..).all(|(text, count)| text == count.to_string())
}

/// Reports the columns without which no row says what it is about.
fn lacks_a_key(table: &Table, kind: Kind, has: &impl Fn(&str) -> bool, findings: &mut Findings) -> bool {
    let required: &[&[&str]] = match kind {
        Kind::Cells => &[&OWNERS, &["dimension"]],
        Kind::Entities(_) => &[&["id"]],
    };
    let before = findings.len();
    for required in required.iter().filter(|names| !names.iter().any(|name| has(name))) {
        let found = one_of(table.headers.iter().map(String::as_str).filter(|header| !header.is_empty()));
        let message = format!("the column `{}` is missing; found {found}", required[0]);
        findings.push(fault(
            MISSING_COLUMN,
            table.whole(),
            message,
            "add the column, or name it with `--map`",
        ));
    }
    findings.len() > before
}

/// The kind of table by its headers; the name of the sheet or file decides a tie.
fn kind(table: &Table, has: &impl Fn(&str) -> bool, findings: &mut Findings) -> Option<Kind> {
    let told = [
        (Kind::Cells, (has("owner") || has("offering")) && has("dimension"), "cells"),
        (Kind::Entities(Document::Platform), has("operator"), "platforms"),
        (Kind::Entities(Document::Offering), has("platform") && has("category"), "offerings"),
        (Kind::Entities(Document::Organization), has("homepage") || has("domains"), "organizations"),
    ];
    let file = table.file.rsplit(['/', '\\']).next().unwrap_or("").split('.').next().unwrap_or("");
    let stem = table.sheet.as_deref().unwrap_or(file).trim().to_lowercase();
    let fits: Vec<_> = told.iter().filter(|(_, fits, _)| *fits).collect();
    let named = told.iter().find(|(_, _, name)| stem == *name);
    let kind = match (fits.as_slice(), named) {
        ([(kind, ..)], _) => Some(*kind),
        ([], Some((kind, ..))) => Some(*kind),
        (several, Some((_, _, name))) => {
            several.iter().find(|(_, _, one)| one == name).map(|(kind, ..)| *kind)
        }
        _ => None,
    };
    if kind.is_none() && !misspelt(table, findings) {
        let message =
            "the headers do not show whether these are cells, platforms, offerings or organizations";
        let help = "cells have `owner` and `dimension`, platforms `operator`, offerings `platform` and `category`, organizations `homepage` or `domains`; name other headers with `--map`";
        findings.push(fault(MISSING_COLUMN, table.whole(), message.to_owned(), help));
    }
    kind
}

/// Reports the headers that are nearly those of a table; false where there are none.
fn misspelt(table: &Table, findings: &mut Findings) -> bool {
    let before = findings.len();
    let known = targets();
    for (at, header) in table.headers.iter().enumerate() {
        let name = name_of(header);
        if name.is_empty() || name.starts_with('#') || is_known(&name) {
            continue;
        }
        if let Some(meant) = closest(&name, known.iter().map(String::as_str)) {
            let message =
                format!("{}{} is not a column of any table", quoted(header), odd_characters(header));
            let help = format!("did you mean `{meant}`?");
            findings.push(fault(UNKNOWN_COLUMN, table.header_cell(at), message, &help));
        }
    }
    findings.len() > before
}

/// The columns of the registry that a table and a mapping fill.
fn laid_out(kind: Kind, accepted: Vec<Vec<Target>>, mapping: &Mapping) -> Layout {
    let is_single = |own: &Vec<Target>| {
        own.len() < 2 && own.iter().all(|target| target.question.is_none() && target.column != SERVICE)
    };
    let is_plain = mapping.is_plain() && accepted.iter().all(is_single);
    let mut layout = Layout {
        kind,
        columns: Vec::new(),
        names: Vec::new(),
        own: 0,
        fills: Vec::new(),
        questions: Vec::new(),
        is_plain,
    };
    let add = |layout: &mut Layout, name: &str| {
        layout.named(name).filter(|_| !is_plain).unwrap_or_else(|| {
            layout.columns.push(column(kind, name).unwrap_or(Column::Remark));
            layout.names.push(name.to_owned());
            layout.names.len() - 1
        })
    };
    if accepted.iter().flatten().any(|target| target.question.is_some()) {
        add(&mut layout, "dimension");
    }
    for own in accepted {
        if is_plain && own.is_empty() {
            add(&mut layout, "#");
        }
        let fills = own.iter().map(|Target { question, column }| {
            let question = question.as_ref().map(|question| {
                let at = layout.questions.iter().position(|known| known == question);
                at.unwrap_or_else(|| {
                    layout.questions.push(question.clone());
                    layout.questions.len() - 1
                })
            });
            Fill { column: add(&mut layout, column), question }
        });
        let fills = fills.collect();
        layout.fills.push(fills);
    }
    layout.own = layout.columns.len();
    if !is_plain {
        for name in mapping.added().filter(|name| column(kind, name).is_some()) {
            add(&mut layout, name);
        }
    }
    layout
}
