use diagnostics::Severity;
use model::FieldPath;

use crate::facts::Stated;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/reader-fact", Severity::Warning, include_str!("reader_fact.md"), check);

/// What a reader does with a page, as the last word of a key.
const DOINGS: &[&str] = &[
    "checked",
    "confirmed",
    "fetched",
    "found",
    "looked",
    "opened",
    "read",
    "searched",
    "seen",
    "verified",
    "viewed",
];

/// Keys that tell of a search, whatever their last word.
const SEARCHES: &[&str] = &[
    "conflict",
    "conflicting_sources",
    "conflicts",
    "search",
    "search_result",
    "search_results",
    "searches",
];

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for stated in cell.stated.iter().filter(|stated| is_reader_fact(cell, stated)) {
        let key = stated.key;
        raise
            .at(
                cell.key(FieldPath::of("facts").key(key)),
                format!("the fact `{key}` of {} tells of its reader, not of the offering", cell.name()),
            )
            .help("say it in `confidence_reasons`, in the `fetch` of the evidence or in `note`, and remove the fact");
    }
}

/// Whether a fact is no property of what is graded. What the dimension declares is one.
pub(in crate::rules) fn is_reader_fact(cell: &CellContext<'_>, stated: &Stated<'_>) -> bool {
    let is_known = stated.spec.is_some() || stated.synonym.is_some();
    !is_known && tells_of_reader(stated.key) && cell.dictionary().is_some()
}

pub(in crate::rules) fn tells_of_reader(key: &str) -> bool {
    let key = key.strip_suffix("_on").unwrap_or(key);
    let last = key.rsplit('_').next().unwrap_or(key);
    DOINGS.contains(&last) || SEARCHES.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_readers_do() {
        for key in
            ["list_read", "certificate_seen", "searched", "search_result", "list_checked_on", "conflict"]
        {
            assert!(tells_of_reader(key), "{key}");
        }
        for key in ["read_only", "web_search_days", "spread", "seen_by_default", "conflict_resolution"] {
            assert!(!tells_of_reader(key), "{key}");
        }
    }
}
