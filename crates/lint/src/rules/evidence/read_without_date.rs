use diagnostics::{Severity, count};
use model::{Evidence, Via};

use crate::{EntityContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::entity(
    "evidence/read-without-date",
    Severity::Warning,
    include_str!("read_without_date.md"),
    check,
);

fn check(entity: &EntityContext<'_>, raise: &mut Raise<'_>) {
    let undated = |evidence: &&Evidence| {
        let is_undated = evidence.fetch.known().is_some_and(|fetch| fetch.on.is_absent());
        // A copy or an excerpt need not state its own day.
        is_undated && evidence.is_read() && !matches!(evidence.via(), Some(Via::StoredCopy | Via::Snippet))
    };
    let mut found = Vec::new();
    for (id, cell) in entity.cells() {
        let items = cell.evidence.items().iter().enumerate();
        found.extend(items.filter(|(_, evidence)| undated(evidence)).map(|(at, _)| (id, at)));
    }
    let Some((id, at)) = found.first() else { return };
    let pages = count(found.len(), "page");
    raise
        .at(entity.subject(), format!("{} cites {pages} as read without saying when", entity.title()))
        .help("write the day of each reading: `on = YYYY-MM-DD`; if it is not known, read the page again, or write `outcome = \"not_attempted\"`")
        .related(entity.fetch_of(id, *at), if found.len() == 1 { "this one" } else { "the first of them" });
}
