//! Fixes of a text that cannot be read as TOML: bytes that take the place of others.

use diagnostics::{Edit, Splice};

/// The splices of a fix that is made of nothing else.
pub(crate) fn of(edits: &[Edit]) -> Option<Vec<Splice>> {
    let splice = |edit: &Edit| match edit {
        Edit::Splice(_, splice) => Some(splice.clone()),
        _ => None,
    };
    edits.iter().map(splice).collect::<Option<Vec<_>>>().filter(|splices| !splices.is_empty())
}

/// Makes the fixes, in their order, that do not meet an earlier one: the text, and which were made.
pub(crate) fn fix(text: &str, fixes: &[Option<Vec<Splice>>]) -> (String, Vec<bool>) {
    let mut made: Vec<&Splice> = Vec::new();
    let is_free = |splice: &Splice, made: &[&Splice]| {
        let is_in_text = text.get(splice.start..splice.end).is_some();
        is_in_text && made.iter().all(|other| splice.end < other.start || other.end < splice.start)
    };
    let outcomes = fixes.iter().map(|fix| {
        let Some(splices) = fix else { return false };
        let fits = splices.iter().all(|splice| is_free(splice, &made));
        if fits {
            made.extend(splices);
        }
        fits
    });
    let outcomes = outcomes.collect();
    made.sort_by_key(|splice| (splice.start, splice.end));
    let splices: Vec<_> = made
        .into_iter()
        .map(|Splice { start, end, insert }| toml_splice::Splice {
            start: *start,
            end: *end,
            insert: insert.clone(),
        })
        .collect();
    (toml_splice::splice(text, &splices), outcomes)
}
