use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/doubtful-value", Severity::Warning, include_str!("doubtful_value.md"));
