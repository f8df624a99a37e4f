use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule = Rule::table("table/wrong-mapping", Severity::Error, include_str!("wrong_mapping.md"));
