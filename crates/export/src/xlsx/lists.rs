//! The hidden sheet that holds what drop-downs offer. Values written into a drop-down itself may not
//! have commas, nor more than 255 characters together.

use model::Registry;

use super::WorkbookError;
use super::column::{DIMENSIONS, ORGANIZATIONS, OWNERS, PLATFORMS};
use super::sheet::Book;
use crate::columns::{Column, Form, Vocabulary};

const SHEET: &str = "Lists";
/// The row of the first value: below the sign of the sheet and the name of the list.
const FIRST: usize = 2;

/// The lists, each a column of the sheet.
pub(super) struct Lists {
    lists: Vec<(String, Vec<String>)>,
}

impl Lists {
    /// The ids of the registry, and the vocabularies of the columns.
    pub(super) fn new<'c>(registry: &Registry, columns: impl Iterator<Item = &'c Column>) -> Self {
        let dimensions = registry.dimensions.iter().map(|one| one.id.text().to_owned());
        let kinds = [
            ("offering", registry.offerings.keys().collect::<Vec<_>>()),
            ("platform", registry.platforms.keys().collect()),
            ("organization", registry.organizations.keys().collect()),
        ];
        let owners = kinds.iter().flat_map(|(kind, ids)| ids.iter().map(move |id| format!("{kind}:{id}")));
        let mut lists = vec![
            (DIMENSIONS.to_owned(), dimensions.collect()),
            (OWNERS.to_owned(), owners.collect()),
            (PLATFORMS.to_owned(), registry.platforms.keys().cloned().collect()),
            (ORGANIZATIONS.to_owned(), registry.organizations.keys().cloned().collect::<Vec<_>>()),
        ];
        for column in columns {
            if let Form::Term(Vocabulary { name, values }) | Form::List(Some(Vocabulary { name, values }), _) =
                &column.form
                && lists.iter().all(|(known, _)| known != name)
            {
                lists.push((name.clone(), values.iter().map(|(id, _)| id.clone()).collect()));
            }
        }
        Self { lists }
    }

    /// The cells that hold a list, as a formula names them; nothing where it is empty.
    pub(super) fn range(&self, name: &str) -> Option<String> {
        let at = self.lists.iter().position(|(known, _)| known == name)?;
        let values = self.lists[at].1.len();
        let letter = rust_xlsxwriter::column_number_to_name(u16::try_from(at).ok()?);
        (values > 0).then(|| format!("={SHEET}!${letter}${}:${letter}${}", FIRST + 1, FIRST + values))
    }

    /// Writes the sheet.
    pub(super) fn write(&self, book: &mut Book) -> Result<(), WorkbookError> {
        let mut sheet = book.sheet(SHEET)?;
        sheet.head("Lists", &[])?;
        let styles = sheet.styles;
        for (column, (name, values)) in self.lists.iter().enumerate() {
            sheet.text(FIRST - 1, column, name, Some(&styles.header))?;
            for (at, value) in values.iter().enumerate() {
                sheet.text(FIRST + at, column, value, None)?;
            }
        }
        sheet.inner.set_hidden(true);
        sheet.finish()
    }
}
