use diagnostics::Applicability;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::file("schema/unknown-value", include_str!("unknown_value.md")).fixable(Applicability::Safe);
