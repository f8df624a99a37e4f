//! Sheets for readers: the registry and its words, its questions, and how to fill in a template.

use model::{Confidence, Dimension, Vocabulary};

use super::WorkbookError;
use super::column::help;
use super::sheet::{Book, Sheet};
use super::style::{CHECK, SETTING, mark};
use super::table::name;
use crate::columns::Column;
use crate::grade::CHECK_MEANING;
use crate::names::{heading, label};
use crate::tables::Table;
use crate::{Edition, Grade, reading, words};

/// Writes what the registry is, and what its words mean.
pub(super) fn about(book: &mut Book, edition: &Edition) -> Result<(), WorkbookError> {
    let mut sheet = book.sheet("About")?;
    sheet.widths(&[24, 110])?;
    let mut row = sheet.head("About", &[])?;
    let info = &edition.registry().info;
    let coverage = reading::coverage_in_full(&edition.coverage());
    let facts = [
        ("Registry", Some(edition.names().title().to_owned())),
        ("As of", Some(edition.generated().to_string())),
        ("Disclaimer", info.disclaimer.known().map(|text| flowing(text))),
        ("Licence", info.licence.known().cloned()),
        ("Corrections", info.corrections.known().cloned()),
        ("Coverage", Some(coverage.join("; "))),
    ];
    for (what, text) in facts {
        row = pair(&mut sheet, row, what, text.as_deref())?;
    }
    for (what, url) in [("Site", info.site_url.known()), ("Repository", info.repository_url.known())] {
        if let Some(url) = url {
            let styles = sheet.styles;
            sheet.text(row, 0, what, Some(&styles.name))?;
            sheet.address(row, 1, url.as_url())?;
            row += 1;
        }
    }
    row = section(&mut sheet, row, "The answers")?;
    for grade in Grade::all() {
        let styles = sheet.styles;
        sheet.text(row, 0, &format!("{} {}", mark(grade), grade.label()), Some(styles.grade(grade)))?;
        sheet.text(row, 1, grade.meaning(), Some(&styles.body))?;
        row += 1;
    }
    let setting = "The answer holds only after the buyer has changed a setting or asked for it.";
    row = pair(&mut sheet, row, SETTING, Some(setting))?;
    row = pair(&mut sheet, row, CHECK, Some(CHECK_MEANING))?;
    row = section(&mut sheet, row, "Confidence")?;
    for confidence in Confidence::ALL {
        row = pair(&mut sheet, row, confidence.label(), Some(confidence.meaning()))?;
    }
    row = section(&mut sheet, row, "The sheets")?;
    for (what, text) in [
        ("Matrix", "All answers in one table; the note of a heading is the question."),
        (
            "Cells",
            "Every stored answer: of one offering, of a platform, or of a developer. Offerings inherit those of their platform and developer.",
        ),
        (
            "Offerings, Platforms, Organizations",
            "The owners of the answers. You can edit and import these three and Cells.",
        ),
        (
            "Answers",
            "Every answer of every offering: its as-of date, what was read for it, and its exceptions.",
        ),
        ("Evidence", "The sources of the answers, with links."),
        ("Questions", "The questions, and how they are graded."),
    ] {
        row = pair(&mut sheet, row, what, Some(text))?;
    }
    sheet.finish()
}

/// Writes the questions, and how each is graded.
pub(super) fn questions(book: &mut Book, edition: &Edition) -> Result<(), WorkbookError> {
    let mut sheet = book.sheet("Questions")?;
    let styles = sheet.styles;
    let header = sheet.head("Questions", &[])?;
    sheet.widths(&[30, 24, 18, 40, 90, 24, 70])?;
    for (at, column) in
        ["Dimension", "Label", "Group", "Question", "How to grade it", "Parts", "Declared facts"]
            .iter()
            .enumerate()
    {
        sheet.text(header, at, column, Some(&styles.header))?;
    }
    let mut row = header;
    for dimension in edition.registry().dimensions.iter() {
        row += 1;
        let parts: Vec<_> = dimension.parts.items().iter().map(|part| part.as_str()).collect();
        let texts = [
            label(dimension).to_owned(),
            heading(dimension.group.text()).to_owned(),
            dimension.question.text().to_owned(),
            flowing(dimension.guidance.text()),
            parts.join("\n"),
            facts(dimension),
        ];
        sheet.text(row, 0, dimension.id.text(), Some(&styles.name))?;
        for (at, text) in (1..).zip(&texts) {
            sheet.text(row, at, text, Some(&styles.body))?;
        }
    }
    sheet.freeze(header + 1, 1)?;
    sheet.finish()
}

/// Prose with each paragraph on one line.
fn flowing(text: &str) -> String {
    words::paragraphs(text).join("\n\n")
}

fn facts(dimension: &Dimension) -> String {
    let fact = |spec: &model::FactSpec| {
        let kind = spec.kind.get().map_or(words::UNREAD, Vocabulary::id);
        format!("{} ({kind}): {}", spec.key.text(), spec.meaning.text())
    };
    dimension.facts.items().iter().map(fact).collect::<Vec<_>>().join("\n")
}

/// Writes how the template is filled in, and what each column holds.
pub(super) fn read_me(
    book: &mut Book,
    edition: &Edition,
    tables: &[(Table<'_>, Vec<Column>)],
) -> Result<(), WorkbookError> {
    let mut sheet = book.sheet("Read me")?;
    let styles = sheet.styles;
    sheet.widths(&[24, 26, 100])?;
    let lead = [
        format!("A template for {}. Fill in the sheets below and send the file back; `{} import FILE` shows what it would change.", edition.names().title(), diagnostics::program()),
        "Cells: one row for each answer. An answer that holds for every offering on a platform belongs to the platform, one about the developer to its organization.".to_owned(),
        "Offerings, Platforms and Organizations: only what the registry does not have yet, or has otherwise. Sheets and columns may stay empty; an empty cell changes nothing.".to_owned(),
        "Columns may be moved or deleted, but not renamed; a column whose heading begins with # is a remark. Write dates as YYYY-MM-DD.".to_owned(),
    ];
    let mut row = sheet.head("Read me", &lead)? + 1;
    let header = row;
    for (at, column) in ["Sheet", "Column", "Content"].iter().enumerate() {
        sheet.text(row, at, column, Some(&styles.header))?;
    }
    for (table, columns) in tables.iter().rev() {
        // The columns of further evidence hold what those of the first hold.
        for column in columns.iter().filter(|column| !is_further(column)) {
            row += 1;
            sheet.text(row, 0, name(table), Some(&styles.body))?;
            sheet.text(
                row,
                1,
                &column.name,
                Some(if column.required { &styles.name } else { &styles.body }),
            )?;
            sheet.text(row, 2, &help(column, &edition.registry().dimensions), Some(&styles.body))?;
        }
    }
    sheet.freeze(header + 1, 0)?;
    sheet.finish()
}

fn is_further(column: &Column) -> bool {
    model::tabular::evidence_of_column(&column.name).is_some_and(|(n, _)| n > 1)
}

/// Writes a name and its value, if there is one. Gives the next row.
fn pair(sheet: &mut Sheet<'_>, row: usize, what: &str, text: Option<&str>) -> Result<usize, WorkbookError> {
    let styles = sheet.styles;
    let Some(text) = text else { return Ok(row) };
    sheet.text(row, 0, what, Some(&styles.name))?;
    sheet.text(row, 1, text, Some(&styles.body))?;
    Ok(row + 1)
}

/// Writes a heading below an empty row. Gives the next row.
fn section(sheet: &mut Sheet<'_>, row: usize, heading: &str) -> Result<usize, WorkbookError> {
    let styles = sheet.styles;
    for (column, text) in [heading, ""].into_iter().enumerate() {
        sheet.text(row + 1, column, text, Some(&styles.header))?;
    }
    Ok(row + 2)
}
