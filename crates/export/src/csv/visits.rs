//! The table of visits: what machines saw when they looked at the pages that cells cite.

use model::{PageVisit, Record, Registry, Slot};

use crate::tables::Table;

/// The name of the table.
pub(super) const VISITS: &str = "visits";

/// The visits of all hosts. Each row has the host and the position of the visit in its file, then the fields of the visit.
pub(super) fn visits(registry: &Registry) -> Table {
    let mut rows = Vec::new();
    for (host, visits) in &registry.visits {
        for (n, visit) in (1..).zip(visits.visits.items()) {
            let mut row = vec![host.clone(), n.to_string()];
            row.extend(
                PageVisit::KEYS.iter().map(|key| visit.slot(key).map(Slot::column).unwrap_or_default()),
            );
            rows.push(row);
        }
    }
    let header = ["host", "n"].iter().chain(PageVisit::KEYS).map(|column| (*column).to_owned()).collect();
    Table { name: VISITS, rows, header }
}
