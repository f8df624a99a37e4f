//! The first sheet: all answers at a glance.

use std::collections::HashMap;

use model::{Answer, Date, Dimension, Registry, Resolved, Vocabulary};

use super::WorkbookError;
use super::sheet::{Book, Sheet};
use super::style::{CHECK, SETTING, mark};
use super::table::CELLS;
use crate::names::{heading, label};
use crate::stored::stored_cells;
use crate::{Edition, Grade, ResolvedOffering, reading};

/// The columns before the answers, with their widths.
const COLUMNS: [(&str, u32); 4] = [("Offering", 40), ("Developer", 20), ("Platform", 24), ("Category", 20)];
/// The row of the legend.
const LEGEND: usize = 2;
/// The row of the groups; that of the questions follows.
const GROUPS: usize = 3;

/// The rows of the importable cells, by owner and dimension.
type Rows<'r> = HashMap<(Option<String>, &'r str), usize>;

/// Writes the sheet. Each answer leads to its row among the cells of the registry.
pub(super) fn write(book: &mut Book, edition: &Edition, registry: &Registry) -> Result<(), WorkbookError> {
    let cells = (1..).zip(stored_cells(registry));
    let rows: Rows<'_> =
        cells.map(|(row, one)| ((one.owner.reference(), one.dimension.as_str()), row)).collect();

    let mut sheet = book.sheet("Matrix")?;
    let styles = sheet.styles;
    sheet.head(edition.names().title(), &[state(edition)])?;
    sheet.widths(&COLUMNS.map(|(_, width)| width))?;
    for (at, (column, _)) in COLUMNS.iter().enumerate() {
        sheet.text(GROUPS + 1, at, column, Some(&styles.required))?;
    }
    let mut shown = Vec::new();
    for (group, dimensions) in edition.groups() {
        let column = COLUMNS.len() + shown.len();
        let (row, first) = sheet.place(GROUPS, column)?;
        let (_, last) = sheet.place(GROUPS, column + dimensions.len() - 1)?;
        if first < last {
            sheet.inner.merge_range(row, first, row, last, "", &styles.group)?;
        }
        sheet.line(GROUPS, column, heading(group), &styles.group)?;
        shown.extend(dimensions);
    }
    let columns = (COLUMNS.len()..).zip(&shown);
    for (column, dimension) in columns {
        sheet.width(column, 16)?;
        sheet.text(GROUPS + 1, column, label(dimension), Some(&styles.header))?;
        sheet.note(GROUPS + 1, column, &question(dimension))?;
    }
    legend(&mut sheet)?;
    let mut last = GROUPS + 1;
    for one in edition.offerings() {
        last += 1;
        row(&mut sheet, last, edition, &one)?;
        for (column, dimension) in (COLUMNS.len()..).zip(&shown) {
            let Some(resolved) = one.answers.iter().find(|one| one.dimension.id == dimension.id) else {
                continue;
            };
            answer(
                &mut sheet,
                (last, column),
                resolved,
                edition.generated(),
                stands_in(resolved, &rows).map(|row| (CELLS, row)),
            )?;
        }
    }
    sheet.freeze(GROUPS + 2, 1)?;
    sheet.filter(GROUPS + 1, last, COLUMNS.len() + shown.len())?;
    sheet.finish()
}

/// "As of 2026-07-05: 352 answers, 251 with a source that was read, …"
fn state(edition: &Edition) -> String {
    format!(
        "As of {}: {}. Each answer links to its row in Cells. This sheet is only for readers: the import skips it.",
        edition.generated(),
        reading::coverage_in_full(&edition.coverage()).join("; "),
    )
}

fn legend(sheet: &mut Sheet<'_>) -> Result<(), WorkbookError> {
    let styles = sheet.styles;
    sheet.line(LEGEND, 0, "Legend (meanings in About)", &styles.lead)?;
    let mut column = 1;
    for grade in Grade::all() {
        sheet.text(LEGEND, column, &signed(grade), Some(styles.grade(grade)))?;
        sheet.note(LEGEND, column, grade.meaning())?;
        column += 1;
    }
    let marks = format!("{SETTING} needs a setting or approval; {CHECK} check first");
    sheet.line(LEGEND, column, &marks, &styles.lead)
}

/// A grade as the matrix shows it: "✓ Yes".
fn signed(grade: Grade) -> String {
    format!("{} {}", mark(grade), grade.short())
}

fn question(dimension: &Dimension) -> String {
    let level = dimension.level.get().map(|level| format!("\n\n{}", level.meaning())).unwrap_or_default();
    format!("{}{level}", dimension.question.text())
}

fn row(
    sheet: &mut Sheet<'_>,
    at: usize,
    edition: &Edition,
    one: &ResolvedOffering<'_>,
) -> Result<(), WorkbookError> {
    let (styles, names) = (sheet.styles, edition.names());
    let texts = [
        (names.offering(one.id, one.offering), &styles.name),
        (names.developer(one.offering), &styles.body),
        (names.platform_of_offering(one.offering), &styles.body),
        (one.offering.category.get().map_or("", Vocabulary::label), &styles.body),
    ];
    for (column, (text, format)) in texts.into_iter().enumerate() {
        sheet.text(at, column, text, Some(format))?;
    }
    Ok(())
}

/// Writes an answer, which links to its row of another sheet if it has one.
fn answer(
    sheet: &mut Sheet<'_>,
    at: (usize, usize),
    resolved: &Resolved<'_>,
    day: Date,
    to: Option<(&str, usize)>,
) -> Result<(), WorkbookError> {
    let grade = Grade::of(resolved);
    let setting = if resolved.is_setting_to_make() { format!(" {SETTING}") } else { String::new() };
    let check =
        if reading::doubts_of(resolved, day).is_empty() { String::new() } else { format!(" {CHECK}") };
    let (text, format) = (signed(grade) + &setting + &check, sheet.styles.grade(grade));
    match to {
        Some(to) => sheet.reference(at, &text, to, format),
        None => sheet.text(at.0, at.1, &text, Some(format)),
    }
}

/// The row among the cells that an answer comes from.
fn stands_in<'r>(resolved: &Resolved<'r>, rows: &Rows<'r>) -> Option<usize> {
    let Answer::Cell(owner, _) = &resolved.answer else { return None };
    rows.get(&(owner.reference(), resolved.dimension.id.text())).copied()
}
