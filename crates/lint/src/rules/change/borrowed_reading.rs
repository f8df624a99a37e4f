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
        for (at, page) in new.iter().enumerate().filter(|(_, page)| page.url.is_some()) {
            let own: Vec<&PageDigest> = known.iter().copied().filter(|one| one.url == page.url).collect();
            let others = old.iter().enumerate().filter(|(_, was)| was.url.is_some() && was.url != page.url);
            let taken = others.filter_map(|(was_at, was)| Some((was_at, taken(was, page, &own, new)?))).next();
            if let Some((was_at, (what, fate))) = taken {
                let message = format!(
                    "{} in {} has the {what} and the reading of {}, which {fate}",
                    quoted(address(answer.new, at)),
                    answer.name(),
                    quoted(address(answer.old, was_at))
                );
                report(&answer, at, address(answer.new, at), message, raise);
            }
        }
    }
}

/// Returns what a page has from another page that no longer has it, and what happened to that page. `own` is the page as it was.
fn taken(
    was: &PageDigest,
    page: &PageDigest,
    own: &[&PageDigest],
    new: &[PageDigest],
) -> Option<(&'static str, &'static str)> {
    let what = lent(was, page)?;
    let mut still = new.iter().filter(|one| one.url == was.url).peekable();
    let is_gone = still.peek().is_none();
    if own.is_empty() {
        return is_gone.then_some((what, "was removed"));
    }
    let is_moved = !own.iter().any(|one| keeps(one, page, what)) && !still.any(|one| keeps(was, one, what));
    is_moved.then_some((what, if is_gone { "was removed" } else { "no longer has it" }))
}

/// Returns whether a page still has what it had itself. If its words or its copy are the same, and its reading, only its title was
/// corrected.
fn keeps(was: &PageDigest, page: &PageDigest, what: &str) -> bool {
    let has_quote = was.quote.is_some() && was.quote == page.quote;
    let has_copy = was.copy.is_some() && was.copy == page.copy;
    let has_title = was.title.is_none() || was.title == page.title;
    let has_reading = was.is_read && (was.on, was.via) == (page.on, page.via);
    match what {
        "quote" => has_quote,
        "title" => has_reading && (has_quote || has_copy || has_title),
        _ => has_quote || has_copy,
    }
}

/// The address of an evidence.
fn address(cell: &CellDigest, at: usize) -> &str {
    cell.evidence.get(at).and_then(|one| one.url.as_ref()).map_or("", Url::as_str)
}

fn report(answer: &Answer<'_>, at: usize, url: &str, message: String, raise: &mut Raise<'_>) {
    let place = answer.place(FieldPath::of("evidence").index(at).key("url"));
    let draft = raise.at(place, message).identity(format!("evidence[{url}].url")).help(
        "the reading of one page does not apply to another: open the new page, and write its own title, words and day; if it was not opened, write `fetch = { outcome = \"not_attempted\" }` and leave out the rest",
    );
    if !answer.is_own() {
        draft.related(answer.inherited(), "this cell is now inherited");
    }
}

/// Returns what a page has from another, if it has its reading too.
fn lent(was: &PageDigest, page: &PageDigest) -> Option<&'static str> {
    // Its own words or copy, read in another way, come from its own reading.
    let has_own = |is: &Option<Box<str>>, was: &Option<Box<str>>| is.is_some() && is != was;
    let is_own = was.via != page.via && (has_own(&page.quote, &was.quote) || has_own(&page.copy, &was.copy));
    if !(was.is_read && page.is_read && was.on == page.on) || is_own {
        return None;
    }
    let same = [
        (&was.quote, &page.quote, "quote"),
        (&was.copy, &page.copy, "archived copy"),
        (&was.title, &page.title, "title"),
    ];
    same.into_iter().find(|(was, is, _)| was.is_some() && was == is).map(|(.., what)| what)
}
