//! The pages that cells cite, with what is known of them from the cells.

use std::collections::{BTreeMap, HashSet};

use diagnostics::{closest, quoted};
use evidence::{Flag, Flagged, Visit, Wanted};
use model::{Cell, Date, Evidence, Registry, Subject, Url};

use crate::Failure;
use crate::arguments::RecheckArguments;
use crate::maintenance::subjects::cells;

/// A page that cells cite.
#[derive(Debug, Clone)]
pub(super) struct CitedPage<'r> {
    pub(super) url: &'r Url,
    /// The permanent address of a copy, where a cell states one.
    pub(super) archived_url: Option<&'r Url>,
    /// The day of the newest reading by a person.
    pub(super) read_on: Option<Date>,
    /// The quotes that cells take from it, each once.
    pub(super) quotes: Vec<&'r str>,
    pub(super) cells: Vec<(Subject, &'r Cell)>,
}

impl<'r> CitedPage<'r> {
    fn new(url: &'r Url) -> Self {
        Self { url, archived_url: None, read_on: None, quotes: Vec::new(), cells: Vec::new() }
    }

    fn add(&mut self, subject: &Subject, cell: &'r Cell, evidence: &'r Evidence) {
        self.archived_url = self.archived_url.or(evidence.archived_url.known());
        self.read_on = self.read_on.max(evidence.own_reading_on());
        if let Some(quote) = evidence.quote.known().filter(|quote| !self.quotes.contains(&quote.as_str())) {
            self.quotes.push(quote);
        }
        if self.cells.last().is_none_or(|(last, _)| last != subject) {
            self.cells.push((subject.clone(), cell));
        }
    }

    /// What a source is asked.
    pub(super) fn wanted<'w>(&'w self, last_read: Option<&'w Visit>) -> Wanted<'w> {
        Wanted { url: self.url, archived_url: self.archived_url, last_read }
    }

    /// Whether any of its cells is to be asked something that it was not asked yet.
    pub(super) fn asks(&self, flag: &Flag, quotes: &[String]) -> bool {
        self.cells.iter().any(|(_, cell)| is_asked(cell, self.url, flag, quotes))
    }
}

/// Whether a flag about a page is to be raised in a cell: the cell cites the page, and one of the quotes if the flag is
/// about quotes; and it was not asked the same, nor is asked something of the kind.
pub(super) fn is_asked(cell: &Cell, page: &Url, flag: &Flag, quotes: &[String]) -> bool {
    let is_of_page = |one: &&Evidence| one.url.known().is_some_and(|url| url.identity() == page.identity());
    let is_quoted = |one: &Evidence| one.quote.known().is_some_and(|quote| quotes.contains(quote));
    let mut cited = cell.evidence.items().iter().filter(is_of_page);
    if !cited.any(|one| quotes.is_empty() || is_quoted(one)) {
        return false;
    }
    let open: Vec<&str> = cell.open_flags().map(|flag| flag.id.text()).collect();
    let flags = cell.flags.items().iter().map(|flag| flag.id.text());
    let raised: Vec<_> = flags.map(|id| Flagged { id, is_open: open.contains(&id) }).collect();
    flag.is_new_to(page, &raised)
}

/// All pages on the web that cells cite, by host and address.
pub(super) fn cited(registry: &Registry) -> Vec<CitedPage<'_>> {
    let mut pages: BTreeMap<(String, String), CitedPage<'_>> = BTreeMap::new();
    for (entity, dimension, cell) in registry.stored_cells() {
        let subject = Subject::cell(entity, dimension.id.text());
        for evidence in cell.evidence.items() {
            let Some(url) = evidence.url.known().filter(|url| url.is_web()) else { continue };
            let key = (url.host().to_ascii_lowercase(), url.identity().into_owned());
            pages.entry(key).or_insert_with(|| CitedPage::new(url)).add(&subject, cell, evidence);
        }
    }
    pages.into_values().collect()
}

/// The pages that the arguments choose.
pub(super) fn selected<'r>(
    registry: &'r Registry,
    arguments: &RecheckArguments,
    today: Date,
) -> Result<Vec<CitedPage<'r>>, Failure> {
    let mut pages = cited(registry);
    if !arguments.subjects.is_empty() {
        let named: HashSet<Subject> =
            cells(registry, &arguments.subjects)?.into_iter().map(|one| one.subject).collect();
        pages.retain(|page| page.cells.iter().any(|(subject, _)| named.contains(subject)));
    }
    for host in &arguments.host {
        let is_it = |page: &CitedPage<'_>| page.url.host().eq_ignore_ascii_case(host);
        if !pages.iter().any(is_it) {
            let help = match closest(host, pages.iter().map(|page| page.url.host())) {
                Some(meant) => format!("did you mean {}?", quoted(meant)),
                None => "recheck --all --list shows the addresses".to_owned(),
            };
            return Err(Failure::Usage(format!("no answer cites a page of {}: {help}", quoted(host))));
        }
    }
    if !arguments.host.is_empty() {
        let is_named = |page: &CitedPage<'_>| {
            arguments.host.iter().any(|host| page.url.host().eq_ignore_ascii_case(host))
        };
        pages.retain(is_named);
    }
    if let Some(days) = arguments.due {
        let wanted =
            registry::Wanted { until: today.plus_days(i64::from(days)), flagged: true, undated: false };
        let list = registry::Worklist::of(registry, wanted);
        let due: HashSet<&Subject> = list.cells().map(|one| &one.subject).collect();
        pages.retain(|page| page.cells.iter().any(|(subject, _)| due.contains(subject)));
    }
    Ok(pages)
}
