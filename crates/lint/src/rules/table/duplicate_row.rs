use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/duplicate-row", Severity::Error, include_str!("duplicate_row.md"));
