//! All findings of a run, in order, with what was counted.

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    Anchor, Diagnostic, Edit, Finding, Found, Location, Locator, Place, Severity, Splice, count, fingerprints,
};

/// All findings of a run, ordered by file, position and rule.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The findings, each with its place.
    pub findings: Vec<Diagnostic>,
    /// What was counted.
    pub summary: Summary,
}

/// What a run looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Data files read.
    pub files: usize,
    /// Organizations, platforms and offerings.
    pub entities: usize,
    /// Stored cells.
    pub cells: usize,
    /// Files of which something could not be read, so that rules were silent about it.
    pub partial: usize,
}

/// What a run looked at and what came of it; true whatever is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Data files read.
    pub files: usize,
    /// Organizations, platforms and offerings.
    pub entities: usize,
    /// Stored cells.
    pub cells: usize,
    /// Findings at error level.
    pub errors: usize,
    /// Findings at warning level.
    pub warnings: usize,
    /// Findings at info level.
    pub infos: usize,
    /// Findings that an allowance or a baseline holds back.
    pub suppressed: usize,
    /// Files of which something could not be read.
    pub partial: usize,
    /// Findings that are counted and not shown, because only so many were asked for.
    pub left_out: usize,
}

impl Report {
    /// Locates, orders and numbers findings.
    pub fn new(findings: Vec<Finding>, counts: Counts, locator: &dyn Locator) -> Self {
        let located = locate(findings, locator, true);
        let prints = fingerprints(located.iter().map(|one| &one.finding));
        let findings = located.into_par_iter().zip(prints).map(|(one, fingerprint)| {
            let Located { finding, location, related, splices } = one;
            Diagnostic::new(finding, location, related, splices, fingerprint)
        });
        let findings = findings.collect();
        let Counts { files, entities, cells, partial } = counts;
        let summary = Summary { files, entities, cells, partial, ..Summary::default() };
        let mut report = Self { findings, summary };
        report.count();
        report
    }

    /// Keeps the findings that are wanted.
    pub fn keep(&mut self, wanted: impl Fn(&Diagnostic) -> bool) {
        self.findings.retain(wanted);
        self.count();
    }

    /// The same with at most `max` findings: errors stay longest, infos go first. The counts stay those of
    /// all.
    #[must_use]
    pub fn capped(mut self, max: usize) -> Self {
        let all = self.findings.len();
        let mut kept: Vec<_> = std::mem::take(&mut self.findings).into_iter().enumerate().collect();
        kept.sort_by_key(|(_, finding)| finding.severity);
        kept.truncate(max);
        kept.sort_by_key(|(at, _)| *at);
        self.findings = kept.into_iter().map(|(_, finding)| finding).collect();
        self.summary.left_out += all - self.findings.len();
        self
    }

    /// The same with at most `max` findings of one cell of a table, the worst of them: the last says how many more
    /// there are. The counts stay those of all.
    #[must_use]
    pub fn capped_by_cell(mut self, max: usize) -> Self {
        let mut kept = Vec::with_capacity(self.findings.len());
        let mut rest = std::mem::take(&mut self.findings).into_iter().peekable();
        while let Some(first) = rest.next() {
            let place = first.location.clone();
            let mut same = vec![first];
            let is_cell =
                matches!(&place, Some(Location::Table(cell)) if cell.row.is_some() && cell.column.is_some());
            while let Some(next) = rest.next_if(|next| is_cell && next.location == place) {
                same.push(next);
            }
            let more = same.len().saturating_sub(max);
            if more > 0 {
                same.sort_by_key(|finding| finding.severity);
                same.truncate(max);
                self.summary.left_out += more;
            }
            if let Some(last) = same.last_mut().filter(|_| more > 0) {
                let more = count(more, "more finding");
                last.message = format!("{} (and {more} of this cell)", last.message);
            }
            kept.append(&mut same);
        }
        self.findings = kept;
        self
    }

    /// The same with another beginning of the paths that begin with `from`.
    #[must_use]
    pub fn moved(self, from: &str, to: &str) -> Self {
        self.renamed(|file| file.strip_prefix(from).map(|rest| format!("{to}{rest}")))
    }

    /// The same with other paths, where there is another for a path.
    #[must_use]
    pub fn renamed(mut self, other: impl Fn(&str) -> Option<String>) -> Self {
        let moved = |file: &mut String| {
            if let Some(other) = other(file) {
                *file = other;
            }
        };
        for finding in &mut self.findings {
            let related = finding.related.iter_mut().filter_map(|one| one.location.as_mut());
            related.chain(&mut finding.location).for_each(|place| moved(place.file_mut()));
            let splices = finding.fix.iter_mut().flat_map(|fix| &mut fix.splices);
            splices.for_each(|(file, _)| moved(file));
        }
        self
    }

    fn count(&mut self) {
        let of = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        self.summary.errors = of(Severity::Error);
        self.summary.warnings = of(Severity::Warning);
        self.summary.infos = of(Severity::Info);
    }
}

/// Findings in the order of a report: by file, position, rule and message.
pub fn in_order(findings: Vec<Finding>, locator: &dyn Locator) -> Vec<Finding> {
    locate(findings, locator, false).into_iter().map(|one| one.finding).collect()
}

/// A finding with its place, the places related to it and the splices of its fix.
struct Located {
    finding: Finding,
    location: Option<Location>,
    related: Vec<Option<Location>>,
    splices: Vec<(String, Splice)>,
}

/// Finds the places of findings, with those of their fixes if they are wanted, and orders them by these.
fn locate(findings: Vec<Finding>, locator: &dyn Locator, with_fixes: bool) -> Vec<Located> {
    let places = || {
        findings.iter().flat_map(|finding| {
            std::iter::once(&finding.place).chain(finding.related.iter().map(|one| &one.place))
        })
    };
    // A place in a table that its reader has found needs no locator.
    let asked: Vec<&Place> = places().filter(|place| !matches!(place.anchor, Anchor::Cell(_))).collect();
    let fixes = findings.iter().filter(|_| with_fixes).filter_map(|finding| finding.fix.as_ref());
    let edits: Vec<&[Edit]> = fixes.map(|fix| fix.edits.as_slice()).collect();
    let Found { locations, splices } = locator.find(&asked, &edits);
    let (mut found, mut splices) = (locations.into_iter(), splices.into_iter());
    let locations = places().map(|place| match &place.anchor {
        Anchor::Cell(cell) => Some(Location::Table((**cell).clone())),
        _ => found.next().flatten(),
    });
    let mut locations = locations.collect::<Vec<_>>().into_iter();
    let located = findings.into_iter().map(|finding| {
        let location = locations.next().flatten();
        let related = locations.by_ref().take(finding.related.len()).collect();
        let splices = finding.fix.as_ref().and_then(|_| splices.next()).unwrap_or_default();
        Located { finding, location, related, splices }
    });
    ordered(located.collect())
}

/// Orders findings: first their places are compared, then each is moved once.
fn ordered(mut located: Vec<Located>) -> Vec<Located> {
    let mut order: Vec<usize> = (0..located.len()).collect();
    order.par_sort_by(|a, b| located[*a].order().cmp(&located[*b].order()));
    let mut places = vec![0; order.len()];
    order.into_iter().enumerate().for_each(|(nth, at)| places[at] = nth);
    for at in 0..places.len() {
        while places[at] != at {
            let to = places[at];
            located.swap(at, to);
            places.swap(at, to);
        }
    }
    located
}

impl Located {
    /// File, position, rule, message: a total order, so that output is the same for any number of
    /// threads.
    fn order(&self) -> impl Ord + '_ {
        let place = match &self.location {
            None => (0, "", "", 0, 0, ""),
            Some(Location::File(range)) => {
                (1, range.file.as_str(), "", range.start.byte as u64, range.end.byte, "")
            }
            Some(Location::Table(cell)) => {
                let column = cell.column.as_deref().unwrap_or("");
                let sheet = cell.sheet.as_deref().unwrap_or("");
                (1, cell.file.as_str(), sheet, cell.row.unwrap_or(0), column.len(), column)
            }
        };
        (place, self.finding.rule, self.finding.message.as_str())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use model::{Entity, Subject};

    use super::*;
    use crate::{RuleId, SourceText, TableCell};

    /// A locator that finds no place.
    pub(crate) struct Nowhere;

    impl Locator for Nowhere {
        fn locate(&self, places: &[&Place]) -> Vec<Option<Location>> {
            vec![None; places.len()]
        }

        fn source(&self, _: &str) -> Option<Arc<SourceText>> {
            None
        }
    }

    #[test]
    fn findings_of_one_cell_are_listed_up_to_a_limit_and_counted() {
        let finding = |row: u64, at: usize| {
            let severity = if at == 4 { Severity::Error } else { Severity::Warning };
            let subject = Subject::entity(Entity::Registry);
            let (file, column) = ("t.csv".to_owned(), Some("A".to_owned()));
            let cell = TableCell { file, sheet: None, row: Some(row), column, header: None, text: None };
            Finding::new(RuleId("a/b"), severity, Place::cell(subject, cell), format!("fault {at}"))
        };
        let findings = (0..5).map(|at| finding(2, at)).chain([finding(3, 0)]).collect();
        let report = Report::new(findings, Counts::default(), &Nowhere).capped_by_cell(2);
        let messages: Vec<_> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["fault 4", "fault 0 (and 3 more findings of this cell)", "fault 0"]);
        let Summary { errors, warnings, left_out, .. } = report.summary;
        assert_eq!((errors, warnings, left_out), (1, 5, 3));
    }

    #[test]
    fn findings_are_in_order_however_they_come() {
        let subject = || Subject::entity(Entity::Registry);
        let finding =
            |nth: usize| Finding::new(RuleId("a/b"), Severity::Error, subject(), format!("{nth:02}"));
        let orders: [Vec<usize>; 4] = [
            (0..10).collect(),
            (0..10).rev().collect(),
            (0..10).map(|nth| (nth + 9) % 10).collect(),
            (0..10).map(|nth| nth * 7 % 10).collect(),
        ];
        for order in orders {
            let report =
                Report::new(order.iter().map(|nth| finding(*nth)).collect(), Counts::default(), &Nowhere);
            assert!(report.findings.is_sorted_by_key(|finding| finding.message.clone()), "{order:?}");
            assert_eq!(report.findings.len(), 10);
        }
    }
}
