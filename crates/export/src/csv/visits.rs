//! The table of visits: what machines saw when they looked at the pages that cells cite.

use model::{PageVisit, Record, Registry, Slot};

use crate::tables::Table;

/// The name of the table.
pub(super) const VISITS: &str = "visits";

/// The visits of all hosts. Each row has the host and the position of the visit in its file, then the fields of the visit.
pub(super) fn visits(registry: &Registry) -> Table<'_> {
    let header = ["host", "n"].iter().chain(PageVisit::KEYS).copied();
    Table::new(VISITS, header, registry.visits.iter().collect(), |(host, visits)| {
        let row = |(n, visit): (usize, &PageVisit)| {
            let fields =
                PageVisit::KEYS.iter().map(|key| visit.slot(key).map(Slot::column).unwrap_or_default());
            [host.to_string(), n.to_string()].into_iter().chain(fields).collect()
        };
        (1..).zip(visits.visits.items()).map(row).collect()
    })
}
