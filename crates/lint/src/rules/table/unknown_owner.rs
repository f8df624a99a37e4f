use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/unknown-owner", Severity::Error, include_str!("unknown_owner.md"));
