//! The sheet of all answers in words: how sure each is, as of when, what was read for it, and the models
//! for which it differs.

use super::WorkbookError;
use super::sheet::Book;
use crate::names::label;
use crate::view::{CellView, ExceptionView};
use crate::{Edition, Grade};

const COLUMNS: [(&str, u32); 11] = [
    ("Offering", 36),
    ("Question", 24),
    ("Answer", 20),
    ("In a sentence", 50),
    ("Confidence", 30),
    ("As of", 14),
    ("Due again", 36),
    ("Sources", 36),
    ("Verified", 40),
    ("Check first", 44),
    ("Exceptions", 60),
];

/// Writes the sheet.
pub(super) fn write(book: &mut Book, edition: &Edition) -> Result<(), WorkbookError> {
    let mut sheet = book.sheet("Answers")?;
    let styles = sheet.styles;
    let lead = "Every answer of an offering, also inherited ones. This sheet is only for readers: the import reads answers from Cells.";
    let header = sheet.head("Answers", &[lead.to_owned()])?;
    sheet.widths(&COLUMNS.map(|(_, width)| width))?;
    for (at, (column, _)) in COLUMNS.iter().enumerate() {
        sheet.text(header, at, column, Some(&styles.header))?;
    }
    let mut row = header;
    for one in edition.offerings() {
        let name = edition.names().offering(one.id, one.offering);
        for resolved in &one.answers {
            row += 1;
            let (dimension, grade) = (resolved.dimension, Grade::of(resolved));
            sheet.text(row, 0, name, Some(&styles.name))?;
            sheet.text(row, 1, label(dimension), Some(&styles.body))?;
            sheet.text(row, 2, grade.label(), Some(styles.grade(grade)))?;
            let Some(cell) = resolved.cell() else { continue };
            let cell = CellView::new(cell, dimension, edition.generated(), edition.visits());
            let exceptions: Vec<_> = cell.exceptions.value.iter().map(ExceptionView::line).collect();
            let texts = [
                cell.headline.unwrap_or_default().to_owned(),
                cell.confidence.value.map(|confidence| confidence.words).unwrap_or_default(),
                cell.as_of,
                cell.due
                    .map(|due| format!("{}{}, {}", due.day, due.reason, due.left_when_seen()))
                    .unwrap_or_default(),
                cell.sources,
                cell.verified.value,
                cell.doubts.join("; "),
                exceptions.join("\n"),
            ];
            for (column, text) in (3..).zip(&texts) {
                sheet.text(row, column, text, Some(&styles.body))?;
            }
        }
    }
    sheet.freeze(header + 1, 2)?;
    sheet.filter(header, row, COLUMNS.len())?;
    sheet.finish()
}
