use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/reviewed-cell", Severity::Error, include_str!("reviewed_cell.md"));
