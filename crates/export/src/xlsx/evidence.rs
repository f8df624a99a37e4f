//! The sheet of the evidence, each with a link.

use super::WorkbookError;
use super::sheet::Book;
use crate::names::label;
use crate::stored::stored_cells;
use crate::{Edition, reading, words};

const COLUMNS: [(&str, u32); 9] = [
    ("Whose answer", 28),
    ("Question", 26),
    ("Answer", 18),
    ("Title", 40),
    ("Address", 75),
    ("Whose page", 20),
    ("How it was read", 34),
    ("Words that settle it", 60),
    ("Archived copy", 50),
];

/// Writes the sheet.
pub(super) fn write(book: &mut Book, edition: &Edition) -> Result<(), WorkbookError> {
    let mut sheet = book.sheet("Evidence")?;
    let styles = sheet.styles;
    let lead = "The sources of the answers, and the pages that were searched. This sheet is only for readers: the import reads evidence from Cells.";
    let header = sheet.head("Evidence", &[lead.to_owned()])?;
    sheet.widths(&COLUMNS.map(|(_, width)| width))?;
    for (at, (column, _)) in COLUMNS.iter().enumerate() {
        sheet.text(header, at, column, Some(&styles.header))?;
    }
    let (registry, names) = (edition.registry(), edition.names());
    let mut row = header;
    for stored in stored_cells(registry) {
        let id = stored.dimension.as_str();
        let question = registry.dimensions.get(id).map_or(id, label);
        let grade = crate::Grade::of_status(stored.cell.status.get());
        for evidence in stored.cell.evidence.items() {
            row += 1;
            let texts = [
                (0, names.owner(&stored.owner).to_owned()),
                (1, question.to_owned()),
                (3, evidence.title.text().to_owned()),
                (5, words::role(evidence).to_owned()),
                (6, reading::attempt_and_visits(evidence, edition.visits())),
                (7, evidence.quote.text().to_owned()),
            ];
            for (column, text) in texts {
                sheet.text(row, column, &text, Some(&styles.body))?;
            }
            sheet.text(row, 2, grade.label(), Some(styles.grade(grade)))?;
            match evidence.url.known() {
                Some(url) => sheet.address(row, 4, url)?,
                None => sheet.text(row, 4, words::UNREAD, Some(&styles.body))?,
            }
            match evidence.archived_url.known() {
                Some(url) => sheet.address(row, 8, url)?,
                None => sheet.text(row, 8, "", Some(&styles.body))?,
            }
        }
    }
    sheet.freeze(header + 1, 0)?;
    sheet.filter(header, row, COLUMNS.len())?;
    sheet.finish()
}
