use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/unreadable", Severity::Error, include_str!("unreadable.md"));
