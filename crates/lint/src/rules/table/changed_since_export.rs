use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::table("table/changed-since-export", Severity::Error, include_str!("changed_since_export.md"));
