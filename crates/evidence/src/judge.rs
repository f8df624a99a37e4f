//! Compares what was seen with what was known: a pure function. It says which visit to record and which flags to raise.
//! A flag is a question to a person; nothing here grades.
//!
//! A page that refuses, fails or cannot be read is not gone. A text that another extractor made is not compared. A
//! changed page that still holds its quotes raises nothing. One flag of a kind is open for a page at a time, and one
//! that was closed is raised again only by something new: its id is made of what was seen.

use model::{Date, FetchOutcome, Url, Via, turns_direction, unseen};

use crate::quote::{Found, QuoteFound};
use crate::{Body, Extraction, Page, Seen, Sha256, Visit, extract};

/// What was known of a page before the look.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Its last visit, whatever came of it.
    pub last: Option<&'a Visit>,
    /// Its last visit that read it.
    pub last_read: Option<&'a Visit>,
    /// The day of the newest reading by a person.
    pub read_on: Option<Date>,
    /// The text of that visit, where it is kept, to look for quotes in when the source says that nothing changed.
    pub last_text: Option<&'a str>,
    /// The quotes of the cells that cite it.
    pub quotes: &'a [&'a str],
}

/// A flag of a cell, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flagged<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whether no review has closed it.
    pub is_open: bool,
}

/// What a flag asks a person to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlagKind {
    /// The page is not there any more.
    PageGone,
    /// A passage of a stored quote is not in the page.
    QuoteGone,
    /// The page is at another address.
    Moved,
}

impl FlagKind {
    /// The word that ids of flags begin with.
    pub fn id(self) -> &'static str {
        match self {
            Self::PageGone => "page-gone",
            Self::QuoteGone => "quote-gone",
            Self::Moved => "moved",
        }
    }
}

/// A flag to raise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// What it is about.
    pub kind: FlagKind,
    /// The id: kind, page and what was seen, so that the same is not raised twice.
    pub id: String,
    /// The question, with what was seen.
    pub what: String,
    /// Which of the quotes it is about, by their place in [`Known::quotes`]; none where it is about the page.
    pub quotes: Vec<usize>,
}

/// How the text of a page compares with that of the last visit that read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was not read this time.
    NotRead,
    /// It was never read before.
    First,
    /// It is a copy that is older than the last visit, or than what a person has read: it says nothing of today.
    Older,
    /// It is the same, at least since this day.
    Unchanged {
        /// The day of the last visit that read it.
        since: Date,
    },
    /// It is another.
    Changed,
    /// The last visit used another extractor or another kind of copy, so that nothing can be said.
    NotComparable,
}

/// What comes of a look.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The visit to record.
    pub visit: Visit,
    /// How the text compares.
    pub change: Change,
    /// How each quote was found, where the page was read.
    pub quotes: Vec<QuoteFound>,
    /// What to ask people. A flag is raised in each cell to which it is new ([`Flag::is_new_to`]).
    pub flags: Vec<Flag>,
    /// The text, where one was read, for the store of texts.
    pub text: Option<String>,
    /// Why the source could not read it, or no text could be made of it.
    pub reason: Option<String>,
}

impl Judgement {
    /// Whether the page was readable before and is not now, or lost a quote. Many of these at once are a failure of the
    /// run, not of the pages. Of a page that no visit knows, only no answer at all, or none of the page, counts: many
    /// sites refuse machines.
    pub fn is_worse(&self, known: &Known<'_>) -> bool {
        let is_worse = match known.last {
            Some(last) => last.is_read() && !self.visit.is_read(),
            None => matches!(self.visit.outcome, FetchOutcome::Failed | FetchOutcome::NotFound),
        };
        is_worse || self.flags.iter().any(|flag| flag.kind == FlagKind::QuoteGone)
    }
}

/// Judges what was seen of a page.
pub fn judge(seen: Seen, known: &Known<'_>) -> Judgement {
    let mut visit = Visit {
        url: seen.url,
        on: seen.on,
        outcome: seen.outcome,
        // Some crawlers and sites make up codes beyond those of HTTP (RFC 9110).
        http_status: seen.http_status.filter(|status| (100..600).contains(status)),
        via: seen.via,
        final_url: seen.final_url,
        archived_url: seen.archived_url,
        sha256: None,
        extractor: None,
        bytes: None,
    };
    let (mut text, mut quotes, mut reason) = (None, Vec::new(), seen.reason);
    match (visit.outcome, seen.body) {
        (FetchOutcome::Ok, Body::Bytes(body)) => {
            visit.bytes = Some(body.len() as u64);
            match extract(&body, seen.content_type.as_deref()) {
                Extraction::Text(page) => {
                    visit.sha256 = Some(page.sha256());
                    visit.extractor = Some(page.extractor.to_owned());
                    let searched = Page::of(&page);
                    quotes = known.quotes.iter().map(|quote| searched.find(quote)).collect();
                    text = Some(page.text);
                }
                Extraction::Login => visit.outcome = FetchOutcome::Gated,
                Extraction::Unreadable(why) => {
                    visit.outcome = FetchOutcome::Unreadable;
                    reason = Some(why.to_owned());
                }
            }
        }
        // The source has compared it; what the last visit read is what is there.
        (FetchOutcome::Ok, Body::Unchanged) => match known.last_read {
            Some(last) => {
                visit.sha256 = last.sha256;
                visit.extractor.clone_from(&last.extractor);
                visit.bytes = last.bytes;
                if let Some(text) = known.last_text {
                    let searched = Page::new(text);
                    quotes = known.quotes.iter().map(|quote| searched.find(quote)).collect();
                    // The text that is kept lacks the frame of the page, in which a quote may be.
                    quotes.retain(QuoteFound::is_there);
                }
            }
            None => visit.outcome = FetchOutcome::Failed,
        },
        (FetchOutcome::Ok, Body::Absent) => visit.outcome = FetchOutcome::Failed,
        _ => {}
    }
    let newest = known.last.filter(|last| last.is_conclusive()).map(|last| last.on);
    let newest = newest.max(known.last_read.map(|last| last.on)).max(known.read_on);
    let is_older = newest.is_some_and(|newest| visit.on < newest);
    let change = if is_older && visit.is_read() { Change::Older } else { change(&visit, known.last_read) };
    let mut flags = Vec::new();
    if !is_older {
        flags.extend(page_gone(&visit, known));
        flags.extend(moved(&visit));
        flags.extend(quote_gone(&visit, &quotes));
    }
    Judgement { visit, change, quotes, flags, text, reason }
}

fn change(visit: &Visit, last: Option<&Visit>) -> Change {
    let Some(sha256) = visit.sha256 else { return Change::NotRead };
    let Some(last) = last else { return Change::First };
    if last.extractor != visit.extractor || archive_of(last) != archive_of(visit) {
        return Change::NotComparable;
    }
    if last.sha256 == Some(sha256) { Change::Unchanged { since: last.on } } else { Change::Changed }
}

/// The archive that keeps the copy of a visit: its host, and on hosts of many repositories the repository. Two archives
/// take different parts of a page. Nothing where the page itself was opened.
fn archive_of(visit: &Visit) -> Option<(&str, Vec<&str>)> {
    let url = visit.archived_url.as_ref()?;
    // The day of a copy in a web archive is no part of where that is.
    let is_day = |part: &&str| part.bytes().take(8).filter(u8::is_ascii_digit).count() == 8;
    let parts = url.rest().split('/').filter(|part| !part.is_empty()).take(2);
    Some((url.host(), parts.filter(|part| !is_day(part)).collect()))
}

fn page_gone(visit: &Visit, known: &Known<'_>) -> Option<Flag> {
    if visit.outcome != FetchOutcome::NotFound {
        return None;
    }
    let status = visit.http_status.map_or_else(String::new, |status| format!(" (HTTP {status})"));
    let last_read = known.last_read.map(|last| last.on).max(known.read_on);
    let before = last_read
        .map_or_else(|| "it was not read before".to_owned(), |on| format!("it was last read on {on}"));
    let what = format!("{} is not there any more{status}; {before}.", visit.url);
    let state =
        known.last_read.and_then(|last| last.sha256).map_or_else(|| "never".to_owned(), |hash| hash.short());
    Some(flag(FlagKind::PageGone, visit, &state, what, Vec::new()))
}

fn moved(visit: &Visit) -> Option<Flag> {
    let to =
        visit.final_url.as_ref().filter(|to| visit.is_read() && visit.url.page_key() != to.page_key())?;
    // What follows the path may be a token of a session.
    let shown = to.as_str().split(['?', '#']).next().unwrap_or_default();
    let what = format!("{} leads to {} now.", visit.url, plain(shown));
    Some(flag(FlagKind::Moved, visit, &Sha256::of(to.identity().as_bytes()).short(), what, Vec::new()))
}

/// One flag for all quotes of the page. It names the first passage that is missing, and what is near it.
fn quote_gone(visit: &Visit, quotes: &[QuoteFound]) -> Option<Flag> {
    let gone: Vec<usize> = (0..quotes.len()).filter(|at| !quotes[*at].is_there()).collect();
    let (passage, found) = quotes.iter().flat_map(QuoteFound::gone).next()?;
    let hash = visit.sha256?;
    let more = match quotes.iter().flat_map(QuoteFound::gone).count() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    let near = match found {
        Found::Near { passage, .. } => format!(" Nearest: \"{}\".", cut(passage)),
        _ => String::new(),
    };
    let copy =
        if visit.via == Via::Archive { format!("The copy of {} of ", visit.on) } else { String::new() };
    let what = format!("{copy}{} does not hold \"{}\"{more} any more.{near}", visit.url, cut(passage));
    Some(flag(FlagKind::QuoteGone, visit, &hash.short(), what, gone))
}

fn flag(kind: FlagKind, visit: &Visit, state: &str, what: String, quotes: Vec<usize>) -> Flag {
    Flag { kind, id: format!("{}-{state}", stem(kind, &visit.url)), what, quotes }
}

/// What the ids of all flags of a kind about a page begin with.
fn stem(kind: FlagKind, url: &Url) -> String {
    format!("{}-{}", kind.id(), Sha256::of(url.identity().as_bytes()).short())
}

impl Flag {
    /// Whether the flag has to be raised in a cell with these flags: none of its kind is open there about the page, and
    /// none was closed that saw the same.
    pub fn is_new_to(&self, url: &Url, raised: &[Flagged<'_>]) -> bool {
        let stem = stem(self.kind, url);
        !raised.iter().any(|old| old.id == self.id || (old.is_open && old.id.starts_with(&stem)))
    }
}

/// A text of a page without invisible characters, and without those that change the direction of text: a flag is text of the
/// registry.
fn plain(text: &str) -> String {
    let mut kept = text.to_owned();
    unseen(text).into_iter().rev().for_each(|range| kept.replace_range(range, ""));
    kept.retain(|c| !c.is_control() && !turns_direction(c));
    kept
}

/// A passage, cut to what is read at a glance.
fn cut(passage: &str) -> String {
    const GLANCE: usize = 300;
    let passage = &plain(passage);
    if passage.chars().count() <= GLANCE {
        return passage.to_owned();
    }
    let start: String = passage.chars().take(GLANCE).collect();
    format!("{} …", start.rsplit_once(' ').map_or(&*start, |(words, _)| words))
}

#[cfg(test)]
mod tests;
