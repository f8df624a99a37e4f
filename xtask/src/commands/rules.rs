//! `rules`: the catalogue.

use diagnostics::{RuleInfo, Severity};

use crate::cli::{Global, ListFormat, RulesArguments};
use crate::terminal::{color_out, paint, print};
use crate::{Failure, Outcome};

pub(crate) fn run(global: &Global, arguments: &RulesArguments) -> Result<Outcome, Failure> {
    list(global, arguments.format)
}

/// Lists the catalogue.
pub(crate) fn list(global: &Global, format: ListFormat) -> Result<Outcome, Failure> {
    let rules: Vec<RuleInfo> = lint::catalogue().iter().map(|rule| rule.info()).collect();
    let out = match format {
        ListFormat::Json => serde_json::to_string(&rules).map_err(std::io::Error::from)? + "\n",
        ListFormat::Human => table(color_out(global), &rules),
    };
    print(out.as_bytes())?;
    Ok(Outcome::Success)
}

fn table(color: bool, rules: &[RuleInfo]) -> String {
    let widest = rules.iter().map(|rule| rule.id.as_str().len()).max().unwrap_or(0);
    let line = |rule: &RuleInfo| {
        let sgr = match rule.severity {
            Severity::Error => "31",
            Severity::Warning => "33",
            Severity::Info => "36",
        };
        let severity = paint(color, sgr, &format!("{:7}", rule.severity.name()));
        format!("{:widest$}  {severity}  {}\n", rule.id.as_str(), rule.summary)
    };
    rules.iter().map(line).collect()
}
