//! The name of a source in a baseline, in addition to its address.

use diagnostics::Diagnostic;

use crate::change::evidence_at;
use crate::{CellDigest, Digest};

/// Returns whether a finding is about an evidence of a cell.
pub(super) fn is_about_evidence(finding: &Diagnostic) -> bool {
    finding.subject.field.as_ref().is_some_and(|path| evidence_at(path).is_some())
}

/// A hash of title, role, quote and place of the evidence that a finding is about, and of the field within
/// it; nothing where it is about none, or that could not be read.
pub(super) fn print(finding: &Diagnostic, digest: &Digest) -> Option<String> {
    let subject = &finding.subject;
    let path = subject.field.as_ref()?;
    let at = evidence_at(path)?;
    let cell = digest.entities.get(&subject.entity)?.cells.get(subject.dimension.as_deref()?)?;
    let pages = cell.details.as_ref()?.pages.as_ref()?;
    let page = pages.get(at)?;
    let words = [&page.title, &page.quote];
    let role = page.role.map_or("", model::Vocabulary::id);
    Some(diagnostics::hash(&format!("{path}\n{}\n{words:?}\n{role}", pages.len())))
}

/// Returns whether a cell has an evidence under the address that a field, with list items named by their key,
/// leads into.
pub(super) fn cites(cell: &CellDigest, field: &str) -> bool {
    let mut urls = cell.evidence.iter().filter_map(|one| one.url.as_ref());
    urls.any(|url| {
        let rest = field.strip_prefix("evidence[").and_then(|rest| rest.strip_prefix(&*url.identity()));
        rest.is_some_and(|rest| rest.starts_with(']'))
    })
}
