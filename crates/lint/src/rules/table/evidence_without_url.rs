use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::table("table/evidence-without-url", Severity::Error, include_str!("evidence_without_url.md"));
