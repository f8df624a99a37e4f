use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/repeated-column", Severity::Error, include_str!("repeated_column.md"));
