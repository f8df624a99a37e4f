use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/passed-over", Severity::Warning, include_str!("passed_over.md"));
