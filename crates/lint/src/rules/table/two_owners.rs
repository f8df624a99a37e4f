use diagnostics::Severity;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::table("table/two-owners", Severity::Error, include_str!("two_owners.md"));
