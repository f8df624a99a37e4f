//! Equal faults of one column are one: a thousand dates in another order have one cause and one cure.

use std::collections::HashMap;

use diagnostics::{Finding, Location, TableCell};

use crate::plan::faults::in_rows;

/// The findings with those of one column that say the same brought together, at the first of their cells.
pub(crate) fn together(findings: Vec<Finding>) -> Vec<Finding> {
    let mut found: Vec<(Finding, Vec<u64>)> = Vec::with_capacity(findings.len());
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for finding in findings {
        let Some(row) = row(&finding) else {
            found.push((finding, Vec::new()));
            continue;
        };
        let same = known.entry(hash(&finding)).or_default();
        match same.iter().find(|at| is_same(&found[**at].0, &finding)) {
            Some(at) => {
                let (first, rows) = &mut found[*at];
                if rows.first().is_none_or(|first| row < *first) {
                    *first = finding;
                    rows.insert(0, row);
                } else {
                    rows.push(row);
                }
            }
            None => {
                same.push(found.len());
                found.push((finding, vec![row]));
            }
        }
    }
    found.into_iter().map(|(finding, rows)| told(finding, rows)).collect()
}

/// The row of a fault of a single cell that stands for nothing else.
fn row(finding: &Finding) -> Option<u64> {
    match cell(finding)? {
        TableCell { row, column: Some(_), .. } if finding.related.is_empty() => *row,
        _ => None,
    }
}

fn cell(finding: &Finding) -> Option<&TableCell> {
    match &finding.location {
        Some(Location::Table(cell)) => Some(cell),
        _ => None,
    }
}

fn hash(finding: &Finding) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (&finding.message, &finding.help).hash(&mut hasher);
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

fn told(finding: Finding, mut rows: Vec<u64>) -> Finding {
    if rows.len() < 2 {
        return finding;
    }
    rows.sort_unstable();
    Finding { message: format!("{} ({})", finding.message, in_rows(&rows)), ..finding }
}
