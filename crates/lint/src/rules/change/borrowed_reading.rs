use std::num::NonZeroU64;

use diagnostics::{Severity, quoted};
use model::{FieldPath, Url};

use crate::change::Answer;
use crate::digest::details::PageDigest;
use crate::{CellDigest, ChangeContext, Raise, Rule};

pub(crate) static RULE: Rule = Rule::change(
    "change/borrowed-reading",
    Severity::Error,
    include_str!("borrowed_reading.md"),
    check,
);

fn check(change: &ChangeContext<'_>, raise: &mut Raise<'_>) {
    for answer in change.answers() {
        let Some(((old, new), known)) = answer.pages().zip(answer.known_pages()) else { continue };
        let has = |pages: &[PageDigest], page: &PageDigest| pages.iter().any(|one| one.url == page.url);
        for (at, page) in new.iter().enumerate() {
            if page.url.is_none() || known.iter().any(|one| one.url == page.url) {
                continue;
            }
            let gone = old.iter().enumerate().filter(|(_, was)| was.url.is_some() && !has(new, was));
            let lent = gone.filter_map(|(was_at, was)| Some((was_at, lent(was, page)?))).next();
            if let Some((was_at, what)) = lent {
                let message = format!(
                    "{} in {} has the {what} and the reading of {}, which is gone",
                    quoted(address(answer.new, at)),
                    answer.name(),
                    quoted(address(answer.old, was_at))
                );
                report(&answer, at, address(answer.new, at), message, raise);
            }
        }
    }
}

/// The address of an evidence.
fn address(cell: &CellDigest, at: usize) -> &str {
    cell.evidence.get(at).and_then(|one| one.url.as_ref()).map_or("", Url::as_str)
}

fn report(answer: &Answer<'_>, at: usize, url: &str, message: String, raise: &mut Raise<'_>) {
    let place = answer.place(FieldPath::of("evidence").index(at).key("url"));
    let draft = raise.at(place, message).identity(format!("evidence[{url}].url")).help(
        "what was read of one page says nothing of another: open the new page, and write its own title, words and day; if it was not opened, write `fetch = { outcome = \"not_attempted\" }` and leave the rest out",
    );
    if !answer.is_own() {
        draft.related(answer.inherited(), "this cell is inherited now");
    }
}

/// What a page has of another, if it has its reading too.
fn lent(was: &PageDigest, page: &PageDigest) -> Option<&'static str> {
    // Words or a copy of its own, read in another way, come of a reading of its own.
    let has_own = |is: Option<NonZeroU64>, was: Option<NonZeroU64>| is.is_some() && is != was;
    let is_own = was.via != page.via && (has_own(page.quote, was.quote) || has_own(page.copy, was.copy));
    if !(was.is_read && page.is_read && was.on == page.on) || is_own {
        return None;
    }
    let same = [
        (was.quote, page.quote, "quote"),
        (was.copy, page.copy, "archived copy"),
        (was.title, page.title, "title"),
    ];
    same.into_iter().find(|(was, is, _)| was.is_some() && was == is).map(|(.., what)| what)
}
