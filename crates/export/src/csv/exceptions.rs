//! The table of exceptions: the models for which a stored answer differs.

use model::tabular::{write_facts, write_list};
use model::{Exception, Registry, Vocabulary};

use crate::stored::{Owner, Stored, owners};
use crate::tables::{Row, Table};

/// The name of the table.
pub(super) const EXCEPTIONS: &str = "exceptions";

/// The columns.
const COLUMNS: [&str; 8] = ["owner", "dimension", "n", "models", "status", "headline", "note", "facts"];

/// The exceptions of every stored cell.
pub(super) fn exceptions(registry: &Registry) -> Table<'_> {
    let rows = |owner: &Owner<'_>| owner.stored().flat_map(|stored| of_cell(&stored)).collect();
    Table::new(EXCEPTIONS, COLUMNS, owners(registry), rows)
}

fn of_cell(stored: &Stored<'_>) -> Vec<Row> {
    let row = |(n, exception): (usize, &Exception)| {
        vec![
            stored.owner.reference().unwrap_or_default(),
            stored.dimension.to_string(),
            n.to_string(),
            write_list(exception.models.known().into_iter().flatten()),
            exception.status.get().map(|status| status.id().to_owned()).unwrap_or_default(),
            exception.headline.text().to_owned(),
            exception.note.text().to_owned(),
            exception.facts.known().map(write_facts).unwrap_or_default(),
        ]
    };
    (1..).zip(stored.cell.exceptions.items()).map(row).collect()
}
