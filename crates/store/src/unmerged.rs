//! Files in which a merge left conflicts, so that they are no TOML.

use std::ops::Range;

use diagnostics::Finding;
use model::first_sides;
use model::limits::MAX_SYNTAX_ERRORS;
use toml_splice::is_valid;

use crate::syntax;

/// The findings of a file in which a merge left conflicts: one a conflict, and what else is wrong whichever
/// side stays.
pub(crate) fn judge(path: &str, text: &str, conflicts: &[Range<usize>]) -> Vec<Finding> {
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let found = conflicts.iter().map(|conflict| {
        let lines = format!("lines {} to {}", line(conflict.start), line(conflict.end));
        let message = format!("an unresolved merge conflict: {lines}");
        syntax::finding(path, conflict.clone(), message).with_help(CONFLICT_HELP)
    });
    let kept = first_sides(text);
    let others = if is_valid(&kept) { Vec::new() } else { syntax::judge(path, &kept) };
    let others = others.into_iter().map(|mut other| {
        // What is to be written depends on the side that is kept.
        other.fix = None;
        other
    });
    found.chain(others).take(MAX_SYNTAX_ERRORS).collect()
}

const CONFLICT_HELP: &str =
    "keep what is right of both sides, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
