//! The table of exceptions: the models for which a stored answer differs.

use model::tabular::{write_facts, write_list};
use model::{Registry, Vocabulary};

use crate::stored::stored_cells;
use crate::tables::Table;

/// The name of the table.
pub(super) const EXCEPTIONS: &str = "exceptions";

/// The columns.
const COLUMNS: [&str; 8] = ["owner", "dimension", "n", "models", "status", "headline", "note", "facts"];

/// The exceptions of every stored cell.
pub(super) fn exceptions(registry: &Registry) -> Table {
    let mut rows = Vec::new();
    for stored in stored_cells(registry) {
        for (n, exception) in (1..).zip(stored.cell.exceptions.items()) {
            rows.push(vec![
                stored.owner.reference().unwrap_or_default(),
                stored.dimension.to_string(),
                n.to_string(),
                write_list(exception.models.known().into_iter().flatten()),
                exception.status.get().map(|status| status.id().to_owned()).unwrap_or_default(),
                exception.headline.text().to_owned(),
                exception.note.text().to_owned(),
                exception.facts.known().map(write_facts).unwrap_or_default(),
            ]);
        }
    }
    Table { name: EXCEPTIONS, rows, header: COLUMNS.map(str::to_owned).to_vec() }
}
