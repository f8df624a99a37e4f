use std::collections::HashMap;

use diagnostics::{Severity, quoted};
use model::{FetchOutcome, FieldPath, Subject, Url};

use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("evidence/partly-read", Severity::Warning, include_str!("partly_read.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    // The pages that are cited as not opened, each with its first reading. Most pages were read.
    let mut read = HashMap::new();
    for (_, _, cell) in registry.cells() {
        let open = cell.evidence.iter().filter(|one| one.outcome == Some(FetchOutcome::NotAttempted));
        read.extend(open.filter_map(|one| Some((one.url.as_ref()?.identity(), None))));
    }
    if read.is_empty() {
        return;
    }
    for (entity, dimension, cell) in registry.cells() {
        for (at, evidence) in cell.evidence.iter().enumerate().filter(|(_, one)| one.has_own_reading) {
            if let Some(first) = evidence.url.as_ref().and_then(|url| read.get_mut(&url.identity())) {
                first.get_or_insert((entity, dimension, at));
            }
        }
    }
    let path = |at: usize, key: &str| FieldPath::of("evidence").index(at).key(key);
    for (entity, dimension, cell) in registry.cells() {
        for (at, evidence) in cell.evidence.iter().enumerate() {
            let is_open = evidence.outcome == Some(FetchOutcome::NotAttempted);
            let Some(url) = evidence.url.as_ref().filter(|_| is_open) else { continue };
            let page = url.identity();
            let Some((owner, question, first)) = read.get(&page).copied().flatten() else { continue };
            // The rule evidence/duplicate reports two in one cell.
            let is_page = |other: &Url| other.identity() == page;
            if cell.evidence.iter().any(|one| one.has_own_reading && one.url.as_ref().is_some_and(is_page)) {
                continue;
            }
            raise
                .at(
                    Subject::cell(entity.clone(), dimension).with(path(at, "url")),
                    format!(
                        "{} cites {} as not opened, but it was read for {}",
                        registry.cell_name(entity, dimension),
                        quoted(url.as_str()),
                        registry.cell_name(owner, question)
                    ),
                )
                .help("copy the `fetch` of that reading, if it covers what this cell states")
                .related(Subject::cell(owner.clone(), question).with(path(first, "fetch")), "the reading");
        }
    }
}
