use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/wrong-value", Severity::Error, include_str!("wrong_value.md"));
