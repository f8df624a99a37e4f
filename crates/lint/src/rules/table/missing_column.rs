use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/missing-column", Severity::Error, include_str!("missing_column.md"));
