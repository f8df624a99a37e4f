use std::collections::{HashMap, HashSet};

use diagnostics::{Severity, cut, printable};
use model::{Date, FieldPath, Flag};

use crate::flags::Flags;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("review/open-flag", Severity::Warning, include_str!("open_flag.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    if cell.flags.items().is_empty() || cell.reviews.is_unread() {
        return;
    }
    let answered = Answered::of(cell, raise);
    for (at, flag) in cell.flags.items().iter().enumerate() {
        let Some(id) = flag.id.known().filter(|_| !answered.holds(flag)) else { continue };
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
                "check it, then add a review with `flag = \"{id}\"` that states the result"
            ));
    }
}

/// The flags that reviews close, or mean to close.
#[derive(Default)]
struct Answered<'a> {
    /// The day of the newest review that names a flag, by the flag. One whose day could not be read may be
    /// newer than any.
    by_id: HashMap<&'a str, Date>,
    /// The day of the newest review whose flag could not be read: it may name any.
    by_any: Option<Date>,
    /// Flags that a review names wrongly: that is unknown-flag's.
    meant: HashSet<String>,
}

impl<'a> Answered<'a> {
    fn of(cell: &CellContext<'a>, raise: &mut Raise<'_>) -> Self {
        let flags = Flags::of(cell);
        let mut answered = Self::default();
        for review in cell.cell.reviews.items() {
            let on = review.on.get().unwrap_or(cell.today.plus_days(i64::MAX));
            if review.flag.is_unread() {
                answered.by_any = answered.by_any.max(Some(on));
            } else if let Some(id) = review.flag.known() {
                let newest = answered.by_id.entry(id.as_str()).or_insert(on);
                *newest = on.max(*newest);
            }
            if let Some(wrong) = flags.unknown(review) {
                answered.meant.extend(raise.suggest(|| flags.meant(wrong)).map(ToOwned::to_owned));
            }
        }
        answered
    }

    /// Returns whether a review closes a flag: it names it, and is no older. What could not be read may close it.
    fn holds(&self, flag: &Flag) -> bool {
        let id = flag.id.text();
        let newest = self.by_id.get(id).copied().max(self.by_any);
        let is_closed = newest.is_some_and(|on| flag.raised_on.get().is_none_or(|raised| on >= raised));
        is_closed || self.meant.contains(id)
    }
}
