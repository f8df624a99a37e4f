//! Looks at pages, and judges each as it was seen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use evidence::{Change, Flag, Found, Known, Seen, Sha256, Source, Tally, Visit, is_current, judge};
use model::{Date, FetchOutcome, PageVisits, Registry, Url};
use rayon::ThreadPoolBuilder;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelBridge, ParallelIterator};

use super::RecheckError;
use super::pages::CitedPage;
use super::sources::Sources;
use super::texts::Evidence;

/// A page after the look.
#[derive(Debug, Clone)]
pub(super) struct Looked {
    /// Its place among the pages of the run.
    pub(super) page: usize,
    pub(super) url: Url,
    /// Nothing where the sources have no copy of it.
    pub(super) judgement: Option<Judged>,
}

/// How a page was judged.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) visit: Visit,
    pub(super) change: Change,
    pub(super) quotes: Counted,
    /// Flags to raise, each with the quotes that it is about; none where it is about the page.
    pub(super) flags: Vec<(Flag, Vec<String>)>,
    /// Why there is no text, or no answer.
    pub(super) reason: Option<String>,
}

/// How the passages of the quotes of a page were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) exact: usize,
    pub(super) folded: usize,
    pub(super) near: usize,
    pub(super) missing: usize,
}

impl Counted {
    pub(super) fn all(self) -> usize {
        self.exact + self.folded + self.near + self.missing
    }

    pub(super) fn add(&mut self, other: Self) {
        self.exact += other.exact;
        self.folded += other.folded;
        self.near += other.near;
        self.missing += other.missing;
    }
}

/// How many days a look that was not recorded counts as one of a run.
const LOOK_DAYS: i64 = 1;

/// Looks at all pages, and counts those that are done. The result is in their order.
pub(super) fn look_at(
    registry: &Registry,
    pages: &[CitedPage<'_>],
    sources: Sources,
    kept: &Evidence,
    today: Date,
    done: Arc<AtomicUsize>,
) -> Result<Vec<Looked>, RecheckError> {
    let visits = PageVisits::new(&registry.visits);
    let mut hosts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        hosts.entry(page.url.host().to_ascii_lowercase()).or_default().push(at);
    }
    let run = Run {
        pages,
        visits: &visits,
        kept,
        tally: Mutex::new(Tally::new(hosts.len(), pages.len())),
        done,
        today,
    };
    let mut seen = match sources {
        Sources::Archives(mut archives) => {
            let looks = pages.iter().map(|page| archives.look(&page.wanted(None)));
            // Texts are made and searched at the same time, while the archives are read one page after the other.
            looks
                .zip(0..)
                .par_bridge()
                .map(|(seen, at)| run.judge(at, seen?))
                .collect::<Result<Vec<_>, _>>()?
        }
        Sources::Live { source, at_a_time } => {
            let hosts: Vec<&[usize]> = hosts.values().map(Vec::as_slice).collect();
            let of_host = |pages: &&[usize]| {
                let mut source = source();
                pages
                    .iter()
                    .map(|at| run.judge(*at, run.look(*at, &mut *source)?))
                    .collect::<Result<Vec<_>, _>>()
            };
            let pool =
                ThreadPoolBuilder::new().num_threads(at_a_time).build().map_err(RecheckError::Threads)?;
            let seen =
                pool.install(|| hosts.par_iter().with_max_len(1).map(of_host).collect::<Result<Vec<_>, _>>());
            seen?.into_iter().flatten().collect()
        }
    };
    seen.sort_by_key(|one: &Looked| one.page);
    Ok(seen)
}

/// What is common to the looks of a run.
struct Run<'r> {
    pages: &'r [CitedPage<'r>],
    visits: &'r PageVisits,
    kept: &'r Evidence,
    tally: Mutex<Tally>,
    done: Arc<AtomicUsize>,
    today: Date,
}

impl Run<'_> {
    /// The last visit of a page, and the last that read it.
    fn last(&self, page: &CitedPage<'_>) -> (Option<Visit>, Option<Visit>) {
        let visits: Vec<Visit> = self.visits.of(page.url).iter().filter_map(Visit::of).collect();
        (visits.last().cloned(), visits.into_iter().rfind(Visit::is_read))
    }

    /// What is seen of a page: by a run before this one that did not record it, or now.
    fn look(&self, at: usize, source: &mut dyn Source) -> Result<Option<Seen>, RecheckError> {
        let known = self.kept.looks.get(self.pages[at].url, self.today.plus_days(-LOOK_DAYS))?;
        // What got no answer is tried again.
        if let Some(seen) = known.filter(|seen| seen.outcome != FetchOutcome::Failed) {
            return Ok(Some(seen));
        }
        let page = &self.pages[at];
        let seen = source.look(&page.wanted(self.comparable(page).as_ref()))?;
        if let Some(seen) = &seen {
            self.kept.looks.put(seen, self.today)?;
        }
        Ok(seen)
    }

    /// The last visit that read a page, if its text is here to be compared with: a source that is asked whether the page
    /// has changed since may not send it.
    fn comparable(&self, page: &CitedPage<'_>) -> Option<Visit> {
        let visit = self.last(page).1?;
        let is_kept = |hash: Sha256| matches!(self.kept.texts.get(&hash), Ok(Some(_)));
        let is_made_today = visit.extractor.as_deref().is_some_and(is_current);
        (is_made_today && visit.sha256.is_some_and(is_kept)).then_some(visit)
    }

    /// Judges what was seen of a page, and keeps its text.
    fn judge(&self, at: usize, seen: Option<Seen>) -> Result<Looked, RecheckError> {
        let page = &self.pages[at];
        let judgement = seen.map(|seen| self.judged(page, seen)).transpose()?;
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(Looked { page: at, url: page.url.clone(), judgement })
    }

    fn judged(&self, page: &CitedPage<'_>, seen: Seen) -> Result<Judged, RecheckError> {
        let (last, last_read) = self.last(page);
        let hash = last_read.as_ref().and_then(|visit| visit.sha256);
        let needs_text = seen.body == evidence::Body::Unchanged;
        let last_text = match hash.filter(|_| needs_text) {
            Some(hash) => self.kept.texts.get(&hash)?,
            None => None,
        };
        let known = Known {
            last: last.as_ref(),
            last_read: last_read.as_ref(),
            read_on: page.read_on,
            last_text: last_text.as_deref(),
            quotes: &page.quotes,
        };
        let judgement = judge(seen, &known);
        if let Some(text) = &judgement.text {
            self.kept.texts.put(text)?;
        }
        let is_worse = judgement.is_worse(&known);
        self.tally.lock().unwrap_or_else(PoisonError::into_inner).add(page.url.host(), is_worse)?;
        let mut quotes = Counted::default();
        for (_, found) in judgement.quotes.iter().flat_map(|quote| &quote.passages) {
            *match found {
                Found::Exact => &mut quotes.exact,
                Found::Folded => &mut quotes.folded,
                Found::Near { .. } => &mut quotes.near,
                Found::Missing => &mut quotes.missing,
            } += 1;
        }
        let about = |flag: Flag| {
            let quotes = flag.quotes.iter().filter_map(|at| Some((*page.quotes.get(*at)?).to_owned()));
            (flag.clone(), quotes.collect::<Vec<String>>())
        };
        Ok(Judged {
            flags: judgement
                .flags
                .into_iter()
                .map(about)
                .filter(|(flag, quotes)| page.asks(flag, quotes))
                .collect(),
            visit: judgement.visit,
            change: judgement.change,
            quotes,
            reason: judgement.reason,
        })
    }
}

#[cfg(test)]
mod tests;
