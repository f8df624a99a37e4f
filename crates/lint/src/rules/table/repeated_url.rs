use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::table("table/repeated-url", Severity::Error, include_str!("repeated_url.md"));
