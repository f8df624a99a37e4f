use diagnostics::{Severity, cut, printable};
use model::{FieldPath, Flag, Review};

use super::unknown_flag::{meant, unknown};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/open-flag", Severity::Warning, include_str!("open_flag.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, flag) in cell.flags.items().iter().enumerate() {
        let Some(id) = flag.id.known() else { continue };
        // A review that names it wrongly is unknown-flag's.
        let is_meant =
            |review: &Review| unknown(cell, review).and_then(|wrong| meant(cell, wrong)) == Some(id.as_str());
        let reviews = cell.reviews.items();
        if cell.reviews.is_unread() || reviews.iter().any(|review| closes(review, flag) || is_meant(review)) {
            continue;
        }
        let raised = flag.raised_on.get().map(|day| format!(", raised on {day},")).unwrap_or_default();
        let what = cut(flag.what.text(), 120);
        let what = printable(what.trim_end_matches('.'));
        let colon = if what.is_empty() { "" } else { ": " };
        raise
            .at(
                cell.at(FieldPath::of("flags").index(at).key("id")),
                format!("the flag `{id}` on {}{raised} is open{colon}{what}", cell.name()),
            )
            .help(format!(
                "look into it, then add a review with `flag = \"{id}\"` that says what came of it"
            ));
    }
}

/// Whether a review closes a flag: it names it, and is no older. What could not be read may close it.
fn closes(review: &Review, flag: &Flag) -> bool {
    let names = review.flag.is_unread() || review.flag.known().is_some_and(|id| flag.id.known() == Some(id));
    let older = review.on.get().zip(flag.raised_on.get()).is_some_and(|(on, raised)| on < raised);
    names && !older
}
