use diagnostics::{Severity, quoted};
use model::{Fact, FieldPath, Optional, Via};

use crate::facts::tells_of_reader;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/document-date", Severity::Warning, include_str!("document_date.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let dated = cell.stated.iter().filter(|stated| stated.spec.is_some() && !tells_of_reader(stated.key));
    let days: Vec<_> = dated
        .filter_map(|stated| match stated.fact {
            Fact::Date(day) => Some((stated.key, *day)),
            _ => None,
        })
        .collect();
    if days.is_empty() {
        return;
    }
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let Some(fetch) = evidence.fetch.known().filter(|_| evidence.is_read()) else { continue };
        // The day of a copy may be that of the document.
        if !matches!(fetch.via, Optional::Absent | Optional::Known(Via::Direct)) {
            continue;
        }
        let same = days.iter().find(|(_, day)| fetch.on.is(*day));
        let Some((key, day)) = same else { continue };
        raise
            .at(
                cell.of_fetch(at, "on"),
                format!("{} states that a page was read on {day}, which is the date of the document in the fact {}", cell.name(), quoted(key)),
            )
            .help("write the day on which the page was opened; if it is not known, leave `on` out")
            .related(cell.at(FieldPath::of("facts").key(*key)), "the date of the document");
    }
}
