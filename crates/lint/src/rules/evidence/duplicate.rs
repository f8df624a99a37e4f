use std::collections::HashMap;

use diagnostics::{Edit, Applicability, Severity, quoted};
use model::{Evidence, FieldPath, Optional, Record as _, Url};

use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/duplicate", Severity::Error, include_str!("duplicate.md"), check)
        .fixable(Applicability::Safe);

/// Up to this many items, looking at each pair is cheaper than a table of them.
const FEW: usize = 16;

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    let items = cell.cell.evidence.items();
    if items.len() < 2 {
        return;
    }
    let pages: Vec<_> = items.iter().map(|item| item.url.known().map(Url::identity)).collect();
    let url = |at: usize| pages[at].as_deref();
    if items.len() <= FEW {
        for later in 1..items.len() {
            let same = |earlier: &usize| url(later).is_some() && url(*earlier) == url(later);
            if let Some(earlier) = (0..later).find(same) {
                judge(cell, earlier, later, raise);
            }
        }
    } else {
        let mut seen = HashMap::new();
        for (later, url) in (0..items.len()).filter_map(|at| Some((at, url(at)?))) {
            let earlier = *seen.entry(url).or_insert(later);
            if earlier != later {
                judge(cell, earlier, later, raise);
            }
        }
    }
}

fn judge(cell: &CellContext<'_>, earlier: usize, later: usize, raise: &mut Raise<'_>) {
    let items = cell.cell.evidence.items();
    let url = items[later].url.text();
    let other = items[earlier].url.text();
    let twice = if url == other { "twice".to_owned() } else { format!("twice: {} is the same page", quoted(other)) };
    let draft = raise
        .at(cell.of_evidence(later, "url"), format!("{} cites {} {twice}", cell.name(), quoted(url)))
        .related(cell.of_evidence(earlier, "url"), "it is cited here first");
    if adds_nothing(&items[later], &items[earlier]) {
        let item = cell.at(FieldPath::of("evidence").index(later));
        draft.help("remove the second: it adds nothing").fix(
            "remove the second citation",
            Applicability::Safe,
            vec![Edit::Remove(item)],
        );
    } else {
        draft.help(
            "merge the two: cite each page once, with its newest `fetch` and all passages in one `quote`, separated by ` […] `",
        );
    }
}

fn adds_nothing(later: &Evidence, earlier: &Evidence) -> bool {
    fn within<T: PartialEq>(later: &Optional<T>, earlier: &Optional<T>) -> bool {
        later.is_absent() || later == earlier
    }
    later.is_whole()
        && within(&later.title, &earlier.title)
        && within(&later.role, &earlier.role)
        && within(&later.quote, &earlier.quote)
        && within(&later.archived_url, &earlier.archived_url)
        && within(&later.fetch, &earlier.fetch)
}
