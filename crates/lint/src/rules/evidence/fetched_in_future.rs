use diagnostics::Severity;

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/fetched-in-future", Severity::Error, include_str!("fetched_in_future.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(on) = evidence.fetch.known().and_then(|fetch| fetch.on.get()) else { continue };
        if !cell.is_to_come(on) {
            continue;
        }
        raise
            .at(
                cell.of_fetch(at, "on"),
                format!("{} cites a page as fetched on {on}, but today is {}", cell.name(), cell.today),
            )
            .help("write the day on which the page was fetched, as YYYY-MM-DD");
    }
}
