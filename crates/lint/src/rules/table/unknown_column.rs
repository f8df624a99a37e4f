use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/unknown-column", Severity::Error, include_str!("unknown_column.md"));
