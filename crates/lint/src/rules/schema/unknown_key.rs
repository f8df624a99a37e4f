use diagnostics::Applicability;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::file("schema/unknown-key", include_str!("unknown_key.md")).fixable(Applicability::Safe);
