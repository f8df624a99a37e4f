//! `lint --statistics`: how many findings each rule has.

use std::collections::BTreeMap;

use diagnostics::{Report, RuleId, Severity};

use crate::commands::rules::sgr;
use crate::terminal::paint;

/// What is counted of a rule.
struct Row {
    rule: RuleId,
    severity: Severity,
    count: usize,
    fixable: usize,
}

/// A line for each rule that has findings: their number, the severity, the rule, and how many of them
/// can be fixed without a person. The most frequent come first, equal ones by id.
pub(super) fn table(color: bool, report: &Report) -> String {
    let mut by_rule: BTreeMap<RuleId, Row> = BTreeMap::new();
    for finding in &report.findings {
        let (rule, severity) = (finding.rule, finding.severity);
        let row = by_rule.entry(rule).or_insert(Row { rule, severity, count: 0, fixable: 0 });
        row.count += 1;
        row.fixable += usize::from(finding.fix.is_some());
    }
    let mut rows: Vec<_> = by_rule.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    let digits = rows.first().map_or(0, |row| row.count.to_string().len());
    let widest = rows.iter().map(|row| row.rule.as_str().len()).max().unwrap_or(0);
    let mut out: String = rows.iter().map(|row| row.line(color, digits, widest) + "\n").collect();
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

impl Row {
    fn line(&self, color: bool, digits: usize, widest: usize) -> String {
        let severity = paint(color, sgr(self.severity), &format!("{:7}", self.severity.name()));
        let fixable = match self.fixable {
            0 => String::new(),
            all if all == self.count => "fixable".to_owned(),
            some => format!("{some} fixable"),
        };
        let line = format!("{:>digits$}  {severity}  {:widest$}  {fixable}", self.count, self.rule.as_str());
        line.trim_end().to_owned()
    }
}
