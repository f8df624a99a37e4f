use diagnostics::FixKind;

use crate::Rule;

pub(crate) static RULE: Rule =
    Rule::file("schema/unknown-value", include_str!("unknown_value.md")).fixable(FixKind::Safe);
