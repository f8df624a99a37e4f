use diagnostics::{Severity, count};
use model::{Cell, Evidence};

use crate::{EntityContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::entity("evidence/via-unsaid", Severity::Warning, include_str!("via_unsaid.md"), check);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    // If another page was opened, or read in an archived copy, the way of this reading does not matter.
    let leans = |cell: &&Cell| !cell.evidence.items().iter().any(Evidence::has_traceable_reading);
    let unsaid = |evidence: &&Evidence| {
        evidence.is_read() && evidence.fetch.known().is_some_and(|fetch| fetch.via.is_absent())
    };
    let mut found = Vec::new();
    for (id, cell) in entity.cells().filter(|(_, cell)| cell.knows_readings() && leans(cell)) {
        let items = cell.evidence.items().iter().enumerate();
        found.extend(items.filter(|(_, evidence)| unsaid(evidence)).map(|(at, _)| (id, at)));
    }
    let Some((id, at)) = found.first() else { return };
    raise
        .at(
            entity.subject(),
            format!("{} does not say how {} read", entity.title(), were(found.len())),
        )
        .help("add `via` to each `fetch`: \"direct\" if the page was opened, \"archive\" or \"stored_copy\" if a copy was read; if it was not opened, write only `outcome = \"not_attempted\"`")
        .related(entity.fetch_of(id, *at), if found.len() == 1 { "this one" } else { "the first of them" });
}

fn were(number: usize) -> String {
    format!("{} of its evidence {}", count(number, "page"), if number == 1 { "was" } else { "were" })
}
