use diagnostics::{Severity, quoted};
use model::{FetchOutcome, FieldPath, Subject};

use crate::digest::hash::ByHash;
use crate::{Raise, RegistryContext, Rule};

pub(crate) static RULE: Rule =
    Rule::registry("evidence/partly-read", Severity::Warning, include_str!("partly_read.md"), check);

fn check(registry: &RegistryContext<'_>, raise: &mut Raise<'_>) {
    let mut read = ByHash::default();
    for (entity, dimension, cell) in registry.cells() {
        for (at, evidence) in cell.evidence.iter().enumerate().filter(|(_, one)| one.has_own_reading) {
            if let Some(page) = evidence.page {
                read.entry(page).or_insert((entity, dimension, at));
            }
        }
    }
    let path = |at: usize, key: &str| FieldPath::of("evidence").index(at).key(key);
    for (entity, dimension, cell) in registry.cells() {
        for (at, evidence) in cell.evidence.iter().enumerate() {
            let (Some(page), Some(url)) = (evidence.page, &evidence.url) else { continue };
            let is_open = evidence.outcome == Some(FetchOutcome::NotAttempted);
            let Some((owner, question, first)) = read.get(&page).copied().filter(|_| is_open) else { continue };
            // Twice in one cell is a duplicate.
            if cell.evidence.iter().any(|other| other.page == Some(page) && other.has_own_reading) {
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
                .help("copy the `fetch` of that reading, if the page says there what this cell rests on")
                .related(Subject::cell(owner.clone(), question).with(path(first, "fetch")), "the reading");
        }
    }
}
