use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::table("table/stray-row", Severity::Error, include_str!("stray_row.md"));
