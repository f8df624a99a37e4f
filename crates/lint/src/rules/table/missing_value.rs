use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/missing-value", Severity::Error, include_str!("missing_value.md"));
