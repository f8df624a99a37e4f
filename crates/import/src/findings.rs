//! Collects the faults of tables. Equal faults of one column are one: a thousand dates in another order have one cause and
//! one cure. No more are kept than anybody reads, so that a table at fault costs no more than a sound one.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use diagnostics::{Anchor, Finding, Severity, TableCell, count};

use crate::fault::{Fault, at_row, fault, in_rows};
use crate::limits::{MAX_EXAMINED, MAX_FAULTS, MAX_FAULTY};
use crate::rules::UNREADABLE;

/// The findings of an import.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Found>,
    /// Where those are that may be equal, by their hash.
    known: HashMap<u64, Vec<usize>>,
    /// How many errors were found, each cell and row of equal ones by itself.
    errors: usize,
    /// How many cells and faults of rows at fault were looked at at length.
    examined: usize,
    /// The cells that do not fit their columns. They are reported with their rows.
    pub(crate) refusals: Refusals,
    /// How many are not kept; how bad the worst of them is, and the file of the first.
    left_out: Option<(usize, Severity, String)>,
}

/// How many cells do not fit their columns.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    number: usize,
    /// Those of which something else is wrong.
    distinct: HashSet<u64>,
}

impl Refusals {
    /// Counts a cell of a column, with what is wrong.
    pub(crate) fn add(&mut self, column: usize, message: &str) {
        let mut hasher = DefaultHasher::new();
        (column, message).hash(&mut hasher);
        self.number += 1;
        self.distinct.insert(hasher.finish());
    }

    /// Returns whether there are so many that no further cells are looked at.
    pub(crate) fn is_full(&self) -> bool {
        self.distinct.len() > MAX_FAULTS || self.number >= MAX_FAULTY
    }
}

/// Equal faults of one column.
#[derive(Debug)]
struct Found {
    /// The first of them.
    finding: Finding,
    /// The rows that have it; none for what is about no row.
    rows: Vec<u64>,
    /// Whether it is reported at the header, for all rows.
    is_of_table: bool,
}

impl Findings {
    /// Adds what is wrong.
    pub(crate) fn push(&mut self, fault: impl Into<Fault>) {
        let Fault { finding, row } = fault.into();
        let is_of_table = row.is_some();
        let rows = row.or_else(|| own_row(&finding)).into_iter().collect();
        self.add(Found { finding, rows, is_of_table });
    }

    fn add(&mut self, Found { finding, mut rows, is_of_table }: Found) {
        let number = rows.len().max(1);
        if finding.severity == Severity::Error {
            self.errors += number;
        }
        let key = hash(&finding);
        if !rows.is_empty() {
            let mut same = self.known.get(&key).into_iter().flatten().copied();
            let same = same.find(|at| is_same(&self.found[*at].finding, &finding));
            if let Some(first) = same.and_then(|at| self.found.get_mut(at)) {
                if !is_of_table && rows.first() < first.rows.first() {
                    first.finding = finding;
                    std::mem::swap(&mut first.rows, &mut rows);
                }
                first.rows.append(&mut rows);
                return;
            }
        }
        if self.found.len() >= MAX_FAULTS {
            let file = cell(&finding).map_or("", |cell| &cell.file);
            return self.leave_out(number, finding.severity, file);
        }
        if !rows.is_empty() {
            self.known.entry(key).or_default().push(self.found.len());
        }
        self.found.push(Found { finding, rows, is_of_table });
    }

    /// Counts faults that are not kept.
    pub(crate) fn leave_out(&mut self, number: usize, severity: Severity, file: &str) {
        let (known, worst, _) = self.left_out.get_or_insert_with(|| (0, severity, file.to_owned()));
        *known += number;
        *worst = severity.min(*worst);
    }

    /// Adds what was found elsewhere, which began with [`Self::fork`].
    pub(crate) fn join(&mut self, other: Self) {
        self.examined += other.examined;
        other.found.into_iter().for_each(|found| self.add(found));
        if let Some((number, severity, file)) = other.left_out {
            self.leave_out(number, severity, &file);
        }
    }

    /// How many errors there are, each cell and row of equal ones by itself.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// How many there are, equal ones as one.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Returns whether so much is wrong that nothing needs to be checked any further. What refuses nothing never is too
    /// much.
    pub(crate) fn is_full(&self) -> bool {
        let is_refused = self.left_out.as_ref().is_some_and(|(_, worst, _)| *worst == Severity::Error);
        is_refused || self.errors >= MAX_FAULTY || self.refusals.is_full() && self.errors >= MAX_FAULTS
    }

    /// Returns whether a row at fault is to be looked at at length, beside so many others.
    pub(crate) fn may_examine(&self, others: usize) -> bool {
        self.examined + others < MAX_EXAMINED && !self.is_full()
    }

    /// Notes that so many cells or faults of a row were looked at at length.
    pub(crate) fn examined(&mut self, number: usize) {
        self.examined += number;
    }

    /// How many cells and faults were looked at at length.
    pub(crate) fn spent(&self) -> usize {
        self.examined
    }

    /// Changes each finding of single cells before it is reported.
    pub(crate) fn amend(&mut self, mut change: impl FnMut(&mut Finding)) {
        self.found.iter_mut().for_each(|found| change(&mut found.finding));
    }

    /// The findings, those that are equal as one, with their count and rows.
    pub(crate) fn into_vec(self) -> Vec<Finding> {
        let stopped = self.is_full();
        let mut findings: Vec<_> = self.found.into_iter().map(Found::reported).collect();
        if let Some((number, severity, file)) = self.left_out {
            let message = format!("there are {} that are not listed", count(number, "more fault"));
            let more = fault(UNREADABLE, at_row(&file, None), message, REST);
            findings.push(Finding { severity, ..more });
        } else if stopped {
            let file = findings.iter().find_map(cell).map(|cell| cell.file.as_str());
            let message = format!("more than {MAX_FAULTY} cells or rows have faults");
            findings.push(fault(UNREADABLE, at_row(file.unwrap_or_default(), None), message, REST));
        }
        findings
    }
}

/// What to do where not all faults are listed.
const REST: &str = "fix the listed faults and import again: the tables were not checked any further";

impl<F: Into<Fault>> Extend<F> for Findings {
    fn extend<I: IntoIterator<Item = F>>(&mut self, faults: I) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }
}

impl Found {
    fn reported(self) -> Finding {
        let Self { finding, mut rows, is_of_table } = self;
        if rows.len() < 2 && !is_of_table {
            return finding;
        }
        rows.sort_unstable();
        rows.dedup();
        Finding { message: format!("{} ({})", finding.message, in_rows(&rows)), ..finding }
    }
}

/// The row of a fault of a single cell, if it is nothing more.
fn own_row(finding: &Finding) -> Option<u64> {
    match cell(finding)? {
        TableCell { row, column: Some(_), .. } if finding.related.is_empty() => *row,
        _ => None,
    }
}

fn cell(finding: &Finding) -> Option<&TableCell> {
    match &finding.place.anchor {
        Anchor::Cell(cell) => Some(cell),
        _ => None,
    }
}

fn hash(finding: &Finding) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&finding.message, &finding.help, cell(finding).map(|cell| &cell.column)).hash(&mut hasher);
    hasher.finish()
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    let column = |finding| cell(finding).map(|cell| (&cell.file, &cell.sheet, &cell.column));
    one.rule == other.rule
        && one.severity == other.severity
        && one.message == other.message
        && one.help == other.help
        && column(one) == column(other)
}

/// The line of a finding of a table, with its line end.
#[cfg(test)]
pub(crate) fn line(finding: &Finding) -> String {
    let place = cell(finding).map(diagnostics::concise::table).unwrap_or_default();
    format!("{place}: {}[{}] {}\n", finding.severity.name(), finding.rule, finding.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(number: usize) -> Findings {
        let mut findings = Findings::default();
        for row in 1..=number as u64 {
            let place = TableCell { column: Some("C".to_owned()), ..at_row("t.csv", Some(row)) };
            findings.push(fault(UNREADABLE, place, "is no status".to_owned(), "write one"));
        }
        findings
    }

    #[test]
    fn so_many_cells_may_be_at_fault_until_the_rest_is_not_checked() {
        let most = faults(MAX_FAULTY - 1);
        assert!(!most.is_full());
        assert_eq!(most.into_vec().len(), 1);
        let more = faults(MAX_FAULTY);
        assert!(more.is_full());
        let told = more.into_vec();
        assert_eq!(told.last().and_then(|rest| rest.help.as_deref()), Some(REST));
        let told: Vec<_> = told.iter().map(line).collect();
        let [same, rest] = told.as_slice() else { panic!("{told:?}") };
        assert!(same.contains("C1") && same.contains("(100000 rows: 1-100000)"), "{same}");
        assert!(
            rest.contains("t.csv") && rest.contains("more than 100000 cells or rows have faults"),
            "{rest}"
        );
    }

    #[test]
    fn so_many_cells_at_fault_are_looked_at_at_length() {
        let mut findings = Findings::default();
        findings.examined(MAX_EXAMINED - 1);
        assert!(findings.may_examine(0) && !findings.may_examine(1));
        findings.examined(1);
        assert!(!findings.may_examine(0));
        findings.leave_out(3, Severity::Error, "t.csv");
        assert!(findings.is_full());
        let told: Vec<_> = findings.into_vec().iter().map(line).collect();
        let [rest] = told.as_slice() else { panic!("{told:?}") };
        assert!(
            rest.contains("t.csv") && rest.contains("there are 3 more faults that are not listed"),
            "{rest}"
        );
    }
}
